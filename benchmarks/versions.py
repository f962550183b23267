"""How well two versions of a plan are told apart, on the samples' truth files changed at random.

    python benchmarks/versions.py [--seed 1]

A version drops one recommendation in ten, gets two of another plan, is renumbered in half of the
cases and reordered in a third; so many of its words are dropped, replaced or doubled by others.
Prints the precision and recall of the pairs of recommendations as a Markdown table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from actionplan.normalise.compare.plans import compare_plans
from actionplan.normalise.keys import record_keys
from actionplan.schemas.plan import (
    Action,
    Audit,
    Document,
    Lead,
    Plan,
    Recommendation,
    Section,
    Target,
    Update,
)

SAMPLES = Path(__file__).parent.parent / "samples"
SHARES = (0.0, 0.2, 0.4, 0.6)
_AUDIT = dict.fromkeys(Audit.model_fields, 0)


def truths() -> list[list[dict[str, Any]]]:
    """The records of each sample, each with an `origin` that no version changes."""
    found = []
    for path in sorted(SAMPLES.glob("*.truth.json")):
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
        found.append(
            [{**record, "origin": f"{path.stem} {at}"} for at, record in enumerate(records)]
        )
    return found


def plan_of(name: str, records: Sequence[dict[str, Any]]) -> Plan:
    """A plan of truth records, each agency a section; `acceptance` holds their origin."""
    agencies = list(dict.fromkeys(record["section_agency"] or "" for record in records))
    keys = record_keys([[record["recommendation"]] for record in records])
    return Plan(
        document=Document(
            id=f"sha256:{hashlib.sha256(name.encode()).hexdigest()}", name=name, bytes=0, pages=1
        ),
        sections=[
            Section(id=f"s{at}", kind="agency", agency=one, heading=one, pages=[1], columns=[])
            for at, one in enumerate(agencies)
        ],
        recommendations=[
            _recommendation(record, key, f"s{agencies.index(record['section_agency'] or '')}")
            for record, key in zip(records, keys, strict=True)
        ],
        audit=Audit(**_AUDIT),
    )


def _recommendation(record: dict[str, Any], key: str, section: str) -> Recommendation:
    leads = [" ".join(filter(None, lead.values())) for lead in record["leads"]]
    return Recommendation(
        id=key,
        section=section,
        number=record["number"],
        key=key,
        text=record["recommendation"],
        acceptance=record["origin"],
        leads=[Lead(text=text) for text in leads],
        actions=[Action(text=action["text"]) for action in record["actions"]],
        target=Target(text=record["target"]["raw"]),
        updates=[Update(text=update["text"]) for update in record["updates"]],
    )


def version(
    records: Sequence[dict[str, Any]],
    others: Sequence[dict[str, Any]],
    share: float,
    dice: random.Random,
) -> list[dict[str, Any]]:
    """A later version: see the head of this module. Its leads, dates and updates change, too."""
    found = [dict(record) for record in records if dice.random() > 0.1]
    for other in dice.sample(others, min(2, len(others))):
        new = {**other, "section_agency": records[0]["section_agency"]}
        found.insert(dice.randrange(len(found) + 1), new)
    if dice.random() < 0.3:
        dice.shuffle(found)
    renumbered = dice.random() < 0.5
    vocabulary = [word for other in others for word in other["recommendation"].split()]
    for at, record in enumerate(found, 1):
        words = _reworded(record["recommendation"].split(), vocabulary, share, dice)
        record["recommendation"] = " ".join(words)
        record["target"] = {"raw": "December 2031"}
        record["updates"] = [*record["updates"], {"text": "This is done now."}]
        if renumbered:
            record["number"] = str(at)
        if dice.random() < 0.5:
            record["leads"] = [{"post": "Manager"}]
    return found


def _reworded(
    words: Sequence[str], vocabulary: Sequence[str], share: float, dice: random.Random
) -> Iterator[str]:
    for word in words:
        chance = dice.random() / share if share else 2.0
        if chance > 1 / 3:
            yield dice.choice(vocabulary) if chance < 2 / 3 else word
        if 2 / 3 <= chance < 1:
            yield dice.choice(vocabulary)


def score(share: float, dice: random.Random) -> tuple[int, int, int]:
    """Right pairs, pairs found, pairs that there are."""
    right = found = true = 0
    plans = truths()
    for records in plans:
        others = dice.choice([one for one in plans if one is not records])
        old = plan_of("old", records)
        new = plan_of("new", version(records, others, share, dice))
        diff = compare_plans(old, new)
        pairs = [(one.old.key, one.new.key) for one in diff.records if one.old and one.new]
        origins = [{r.key: r.acceptance for r in plan.recommendations} for plan in (old, new)]
        pairs += diff.unchanged
        right += sum(origins[0][one] == origins[1][other] for one, other in pairs)
        found += len(pairs)
        true += len(set(origins[0].values()) & set(origins[1].values()))
    return right, found, true


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How well versions of a plan are told apart.")
    parser.add_argument("--seed", type=int, default=1)
    dice = random.Random(parser.parse_args().seed)
    print("| words changed | pairs | precision | recall |\n| ---: | ---: | ---: | ---: |")
    for share in SHARES:
        right, found, true = score(share, dice)
        print(f"| {share:.0%} | {true} | {right / found:.3f} | {right / true:.3f} |")


if __name__ == "__main__":
    main()
