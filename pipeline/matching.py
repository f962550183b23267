"""Which record of one version of a plan is which of another."""

from __future__ import annotations

from typing import Any


def pair_records(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Return the key in `new` of each record of `old` that is there, too; both as JSON.

    A key that is in both says it for certain; the others are matched by their content, as
    ``actionplan diff`` does.
    """
    from actionplan.normalise.compare.entries import plan_paper
    from actionplan.normalise.compare.records import looks
    from actionplan.normalise.compare.records import pair_records as pair
    from actionplan.schemas.plan import Plan

    keys = [[record["key"] for record in plan["recommendations"]] for plan in (old, new)]
    same = set(keys[0]) & set(keys[1])
    found = {key: key for key in same}
    rest = [
        Plan.model_validate(
            {
                **plan,
                "recommendations": [r for r in plan["recommendations"] if r["key"] not in same],
            }
        )
        for plan in (old, new)
    ]
    if all(plan.recommendations for plan in rest):
        pairs = pair(*(looks(plan_paper(plan)) for plan in rest))
        left = [[record.key for record in plan.recommendations] for plan in rest]
        found |= {left[0][one]: left[1][other] for one, other in pairs.items()}
    return found
