"""Which recommendations become rows, and the key of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from actionplan.normalise.dataset.digest import plan_digest, signatures
from actionplan.normalise.dataset.links import find_links
from actionplan.schemas.plan import Action, Plan, Recommendation

_HASH = slice(7, 15)  # first digits of a document's fingerprint, behind "sha256:"
_NO_DAY = "9999"  # documents without a date come after those with one


class Item(NamedTuple):
    """What becomes a row: an action, or a recommendation without actions.

    Attributes:
        place: of the action in its recommendation, from 1; 1 also where there is none.
        key: of the row.
    """

    plan: Plan
    record: Recommendation
    action: Action | None
    place: int
    key: str


class Selection(NamedTuple):
    """What an export is about.

    Attributes:
        plans: the documents that rows are from, each once.
        repeated: recommendations left out, as a later document has them, too.
        records: document id and key of each recommendation that is in.
    """

    plans: list[Plan]
    items: list[Item]
    repeated: int
    records: set[tuple[str, str]]


def select(plans: Sequence[Plan], *, repeated: bool = False) -> Selection:
    """Return the rows of `plans`: one for each action, or recommendation without one.

    A document that is there twice counts once. Of a plan published twice the later one counts, as
    in a dataset, unless `repeated`. A row's key is the record key and the place of the action.
    Where two plans have a recommendation in the same words, the key in the later document carries
    the document's fingerprint, too.
    """
    once = list({plan.document.id: plan for plan in reversed(plans)}.values())[::-1]
    out = set() if repeated else _repeated(once)
    keys = _keys(once, out)
    items = [
        Item(plan, record, action, place, f"{keys[plan.document.id, record.key]}-a{place}")
        for plan in once
        for record in plan.recommendations
        if (plan.document.id, record.key) in keys
        for place, action in enumerate(record.actions or [None], 1)
    ]
    held = {document for document, _ in keys}
    plans = [plan for plan in once if plan.document.id in held]
    return Selection(plans, items, len(out), set(keys))


def replaced(selection: Selection, plans: Sequence[Plan]) -> Selection:
    """Return the same rows of other forms of the same plans, in the order of ``plans``."""
    by_id = {plan.document.id: plan for plan in plans}
    records = {
        (plan.document.id, record.key): record for plan in plans for record in plan.recommendations
    }
    items = []
    for item in selection.items:
        document = item.plan.document.id
        record = records[document, item.record.key]
        action = record.actions[item.place - 1] if item.action else None
        items.append(item._replace(plan=by_id[document], record=record, action=action))
    return selection._replace(plans=list(plans), items=items)


def _repeated(plans: Sequence[Plan]) -> set[tuple[str, str]]:
    """Document id and key of the recommendations that a later version of their plan has, too."""
    if len(plans) < 2:
        return set()
    digests = [plan_digest(plan) for plan in plans]
    hashes = [signatures(record.words for record in one.records) for one in digests]
    return set(find_links(digests, hashes).records)


def _keys(plans: Sequence[Plan], out: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The key of each recommendation that is in, by document id and record key."""
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for document, key in _by_age(plans):
        if (document, key) not in out:
            found[document, key] = f"{key}-{document[_HASH]}" if key in taken else key
            taken.add(key)
    return found


def _by_age(plans: Sequence[Plan]) -> Iterator[tuple[str, str]]:
    def age(plan: Plan) -> tuple[str, str]:
        day = plan.document.date.end if plan.document.date else None
        return (day or _NO_DAY, plan.document.id)

    for plan in sorted(plans, key=age):
        for record in plan.recommendations:
            yield plan.document.id, record.key
