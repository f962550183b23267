"""Scores of a converted plan against its truth, field by field.

Records are aligned in order, by the similarity of their recommendation texts; then every field is
counted as (right, predicted, true), from which precision, recall and F1 follow. What counts as
right is said at each field's function. An invented record makes all its fields wrong, a missed
record loses all of its own.

Truth comes in either of two shapes: a plan (``{"recommendations": [...], "sections": [...]}``) or
plain records (``{"records": [...]}``), as the truth files of the samples are written.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from actionplan.normalise.pairing import best_pairs

Record = Mapping[str, Any]

FIELDS: tuple[str, ...] = (
    "record",
    "number",
    "recommendation",
    "agencies",
    "leads",
    "lead_names",
    "lead_posts",
    "target_text",
    "target_edtf",
    "target_kind",
    "actions",
    "action_leads",
    "action_target",
    "update_count",
    "update_dates",
    "update_texts",
    "status",
    "section_agency",
)
# The status is often a matter of reading, and names and posts are counted within `leads`.
SOFT_FIELDS = frozenset({"status", "lead_names", "lead_posts"})
HARD_FIELDS: tuple[str, ...] = tuple(name for name in FIELDS if name not in SOFT_FIELDS)

SAME_TEXT = 0.995  # similarity (0..1) from which two recommendation texts are the same
ALIGN_FROM = 0.4  # least similarity (0..1.5) of two records that may be a pair
NUMBER_BONUS = 0.3  # added where two records carry the same number
UPDATE_BONUS = 0.2  # weight of the updates' similarity where the predicted text is short
SHORT_TEXT = 20  # characters; below it the text says too little to align by
WIDE = 100_000  # record pairs from which only those near the diagonal are compared
BAND = 40  # records to either side of the diagonal that are compared then

_BULLET = re.compile(r"(?<!\S)[•●▪◦‣·\uf0b7o](?=\s)")
_NO_WORD = re.compile(r"[^\w]+")


class Count(NamedTuple):
    """Right, predicted and true values of one field."""

    right: int = 0
    predicted: int = 0
    true: int = 0

    def plus(self, other: Count) -> Count:
        """Return the sum of both counts."""
        return Count(
            self.right + other.right, self.predicted + other.predicted, self.true + other.true
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1; 1 where there was nothing to find."""
        total = self.predicted + self.true
        return 2 * self.right / total if total else 1.0


class Wrong(NamedTuple):
    """A field of an aligned record that is not wholly right; `record` counts the truth from 0."""

    record: int
    field: str


def _no_counts() -> dict[str, Count]:
    return {name: Count() for name in FIELDS}


@dataclass(slots=True)
class Score:
    """Counts by field.

    Attributes:
        counts: one `Count` for each name in `FIELDS`.
        wrong: what to look at, in the order of the truth.
        documents: how many documents were scored.
    """

    counts: dict[str, Count] = field(default_factory=_no_counts)
    wrong: list[Wrong] = field(default_factory=list)
    documents: int = 1

    def f1(self, name: str) -> float:
        """Return the F1 of one field, 0..1. Raises `KeyError` for a name not in `FIELDS`."""
        return self.counts[name].f1

    @property
    def overall(self) -> float:
        """F1 over the values of all `HARD_FIELDS` together."""
        total = Count()
        for name in HARD_FIELDS:
            total = total.plus(self.counts[name])
        return total.f1

    def add(self, counts: Mapping[str, Count]) -> None:
        """Add `counts` to the score's own."""
        for name, count in counts.items():
            self.counts[name] = self.counts[name].plus(count)


def tidy_text(value: object) -> str:
    """Return `value` as text in NFC, without soft hyphens and bullets, white space collapsed."""
    text = unicodedata.normalize("NFC", str(value or ""))
    text = text.replace("\u00ad", "").replace("\u00a0", " ")
    return " ".join(_BULLET.sub(" ", text).split())


def loose_text(value: object) -> str:
    """Return `tidy_text` in lower case with all punctuation dropped."""
    return _NO_WORD.sub(" ", tidy_text(value).casefold()).strip()


def similarity(one: object, other: object) -> float:
    """Return the normalised Levenshtein similarity of two texts, 0..1."""
    left, right = tidy_text(one), tidy_text(other)
    return 1.0 if left == right else Levenshtein.normalized_similarity(left, right)


def to_records(source: Mapping[str, Any]) -> list[Record]:
    """Return the records of a plan or of a truth file, in the truth's shape."""
    if "records" in source:
        return list(source["records"])
    agencies = {section["id"]: section.get("agency") for section in source.get("sections", ())}
    return [_flat_record(item, agencies) for item in source["recommendations"]]


def _flat_record(item: Record, agencies: Mapping[str, str | None]) -> Record:
    target = item.get("target") or {}
    return {
        "section_agency": agencies.get(item.get("section", "")),
        "number": item.get("number"),
        "recommendation": item.get("text") or "",
        "agencies": [agency["name"] for agency in item.get("agencies", ())],
        "leads": [dict(lead) for lead in item.get("leads", ())],
        "target": {
            "raw": target.get("text"),
            "edtf": target.get("edtf"),
            "kind": target.get("kind", "none"),
        },
        "actions": [_flat_action(action) for action in item.get("actions", ())],
        "updates": [_flat_update(update) for update in item.get("updates", ())],
        "status": (item.get("status") or {}).get("value", "unknown"),
    }


def _flat_action(action: Record) -> Record:
    return {
        "number": action.get("number"),
        "text": action.get("text") or "",
        "leads": [
            lead.get("name") or lead.get("post") or lead.get("organisation")
            for lead in action.get("leads", ())
        ],
        "target": (action.get("target") or {}).get("text"),
    }


def _flat_update(update: Record) -> Record:
    date = update.get("date") or {}
    return {
        "label": update.get("label"),
        "date": date.get("edtf"),
        "text": update.get("text") or "",
    }


def align(predicted: Sequence[Record], truth: Sequence[Record]) -> list[tuple[int, int]]:
    """Return pairs of indices, rising in both, of the records that are the same one.

    The pairing is the one with the greatest sum of `_likeness`.
    """
    return best_pairs(_likeness_table(predicted, truth), len(truth), ALIGN_FROM)


def _likeness_table(predicted: Sequence[Record], truth: Sequence[Record]) -> list[list[float]]:
    rows, columns = len(predicted), len(truth)
    reach = max(rows, columns)
    if rows * columns > WIDE:
        reach = max(BAND, abs(rows - columns) + BAND)
    return [
        [
            _likeness(ours, theirs) if abs(row - column) <= reach else 0.0
            for column, theirs in enumerate(truth)
        ]
        for row, ours in enumerate(predicted)
    ]


def _likeness(ours: Record, theirs: Record) -> float:
    value: float = similarity(ours["recommendation"], theirs["recommendation"])
    value += NUMBER_BONUS * (ours["number"] == theirs["number"])
    if len(ours["recommendation"]) < SHORT_TEXT:
        updates = (json.dumps(ours["updates"]), json.dumps(theirs["updates"]))
        value += UPDATE_BONUS * similarity(*updates)
    return value


def _values(ours: str, theirs: str) -> Count:
    """Two single values; an empty one is none."""
    return Count(int(ours == theirs != ""), int(ours != ""), int(theirs != ""))


def _bags(ours: Iterable[str], theirs: Iterable[str]) -> Count:
    """Two lists whose order does not count."""
    left, right = Counter(ours), Counter(theirs)
    return Count((left & right).total(), left.total(), right.total())


def _flag(right: bool) -> Count:
    return Count(int(right), 1, 1)


def _lead_parts(record: Record, part: str) -> list[str]:
    return [loose_text(lead[part]) for lead in record["leads"] if lead[part]]


def _whole_leads(record: Record) -> list[str]:
    parts = ("name", "post", "organisation")
    return ["|".join(loose_text(lead.get(part)) for part in parts) for lead in record["leads"]]


def _texts(items: Iterable[Record]) -> list[str]:
    return [loose_text(item["text"]) for item in items]


def _tied_leads(record: Record) -> list[str]:
    return [
        f"{loose_text(action['text'])}>{loose_text(lead)}"
        for action in record["actions"]
        for lead in action["leads"]
    ]


def _tied_targets(record: Record) -> list[str]:
    return [
        f"{loose_text(action['text'])}>{loose_text(action['target'])}"
        for action in record["actions"]
        if action["target"]
    ]


def _edtf(ours: Record, theirs: Record) -> Count:
    """The date itself; the truth may list other readings to `accept`."""
    own = tidy_text(ours["target"]["edtf"])
    others = theirs["target"].get("accept", ())
    return _values(own, own if own in others else tidy_text(theirs["target"]["edtf"]))


def _alike(read: Callable[[Record], list[str]]) -> Callable[[Record, Record], Count]:
    return lambda ours, theirs: _bags(read(ours), read(theirs))


_COUNTERS: dict[str, Callable[[Record, Record], Count]] = {
    "number": lambda a, b: _values(tidy_text(a["number"]), tidy_text(b["number"])),
    "recommendation": lambda a, b: _flag(
        similarity(a["recommendation"], b["recommendation"]) >= SAME_TEXT
    ),
    "agencies": _alike(lambda record: [loose_text(name) for name in record["agencies"]]),
    "leads": _alike(_whole_leads),
    "lead_names": _alike(lambda record: _lead_parts(record, "name")),
    "lead_posts": _alike(lambda record: _lead_parts(record, "post")),
    "target_text": lambda a, b: _values(
        tidy_text(a["target"]["raw"]), tidy_text(b["target"]["raw"])
    ),
    "target_edtf": _edtf,
    "target_kind": lambda a, b: _flag(a["target"]["kind"] == b["target"]["kind"]),
    "actions": _alike(lambda record: _texts(record["actions"])),
    "action_leads": _alike(_tied_leads),
    "action_target": _alike(_tied_targets),
    "update_count": lambda a, b: _flag(len(a["updates"]) == len(b["updates"])),
    "update_dates": _alike(lambda record: [u["date"] for u in record["updates"] if u["date"]]),
    "update_texts": _alike(lambda record: [text for text in _texts(record["updates"]) if text]),
    "status": lambda a, b: _flag(a["status"] == b["status"]),
    "section_agency": lambda a, b: _values(
        loose_text(a["section_agency"]), loose_text(b["section_agency"])
    ),
}

# Stands for the record that is not there: nothing equals it.
_NOTHING: Record = {
    "section_agency": None,
    "number": None,
    "recommendation": "",
    "agencies": [],
    "leads": [],
    "target": {"raw": None, "edtf": None, "kind": None},
    "actions": [],
    "updates": [],
    "status": None,
}


def count_fields(ours: Record, theirs: Record) -> dict[str, Count]:
    """Return the counts of one pair of records by field (all but ``record``)."""
    return {name: count(ours, theirs) for name, count in _COUNTERS.items()}


def score_plan(plan: Mapping[str, Any], truth: Mapping[str, Any]) -> Score:
    """Score one plan (``NAME.plan.json``, parsed) against its truth.

    Raises:
        KeyError: `plan` or `truth` has neither recommendations nor records, or lacks a field.
    """
    ours, theirs = to_records(plan), to_records(truth)
    pairs = align(ours, theirs)
    score = Score()
    score.add({"record": Count(len(pairs), len(ours), len(theirs))})
    for row, column in pairs:
        counts = count_fields(ours[row], theirs[column])
        score.add(counts)
        score.wrong += [
            Wrong(column, name)
            for name, count in counts.items()
            if count.right < max(count.true, count.predicted)
        ]
    _add_unpaired(score, ours, {row for row, _ in pairs}, invented=True)
    _add_unpaired(score, theirs, {column for _, column in pairs}, invented=False)
    return score


def _add_unpaired(
    score: Score, records: Sequence[Record], paired: set[int], *, invented: bool
) -> None:
    for index, record in enumerate(records):
        if index in paired:
            continue
        pair = (record, _NOTHING) if invented else (_NOTHING, record)
        for name, count in count_fields(*pair).items():
            one = Count(0, count.predicted, 0) if invented else Count(0, 0, count.true)
            score.add({name: one})


def score_pairs(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Score:
    """Score many ``(plan, truth)`` pairs together; `wrong` is left to `score_plan` of each."""
    total = Score(documents=0)
    for plan, truth in pairs:
        total.add(score_plan(plan, truth).counts)
        total.documents += 1
    return total
