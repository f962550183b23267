"""Which recommendation of one version of a plan is which of the other, and which section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from actionplan.normalise.compare.entries import Entry, Paper
from actionplan.normalise.compare.match import (
    likeness,
    order_bonus,
    pair_best,
    pair_equal,
    pair_unique,
)
from actionplan.normalise.compare.settings import COMPARE
from actionplan.normalise.dataset.digest import plain_words


class Look(NamedTuple):
    """What a recommendation is known by.

    Attributes:
        print: fingerprint of its text and agency, without the ordinal of the key.
        words: its text (without one, its actions), without case and punctuation.
        section: name of its section, likewise.
        marks: what else is printed: actions, leads, target, updates.
        place: where it stands, as a share of the plan.
    """

    print: str
    number: str
    words: str
    section: str
    marks: frozenset[str]
    place: float

    @property
    def telling(self) -> str:
        """Its words if they are enough to tell which it is, else nothing."""
        return self.words if len(self.words.split()) >= COMPARE.words else ""


def looks(paper: Paper) -> list[Look]:
    """Return what each recommendation of a document is known by."""
    return [
        _look(record, paper.sections, place / len(paper.records))
        for place, record in enumerate(paper.records)
    ]


def _look(record: Entry, sections: Mapping[str, Entry], place: float) -> Look:
    actions = [one.text("text") for one in record.lists["actions"]]
    words = plain_words(record.text("text") or " ".join(actions))
    marks = [f"action {plain_words(text)}" for text in actions]
    marks += [f"lead {plain_words(one.text('text'))}" for one in record.lists["leads"]]
    marks += [f"update {plain_words(one.text('text'))}" for one in record.lists["updates"]]
    if target := record.text("target_edtf") or record.text("target_text"):
        marks.append(f"target {plain_words(target)}")
    return Look(
        record.text("record_key").rpartition("-")[0],
        record.text("number"),
        words,
        plain_words(section_name(sections, record)),
        frozenset(marks),
        place,
    )


def section_name(sections: Mapping[str, Entry], record: Entry) -> str:
    """Return what the section of `record` is called: by its agency, else by its heading."""
    section = sections.get(record.text("section_id"))
    own = record.text("section_agency")
    return own or (section.text("agency") or section.text("heading") if section else "")


def likeness_of(one: Look, other: Look) -> float:
    """Return how alike the texts of two recommendations are, 0 to 1.

    In data without texts the fingerprints in their keys are compared.
    """
    if not one.words and not other.words:
        return float(bool(one.print) and one.print == other.print)
    return likeness(one.words, other.words)


def pair_records(old: Sequence[Look], new: Sequence[Look]) -> dict[int, int]:
    """Return the place in `new` of each recommendation of `old` that is there, too."""
    rest = (set(range(len(old))), set(range(len(new))))
    pairs = dict(pair_equal([one[:5] for one in old], [one[:5] for one in new], rest))
    pairs |= dict(pair_unique([one.print for one in old], [one.print for one in new], rest))
    pairs |= dict(pair_unique([one.telling for one in old], [one.telling for one in new], rest))

    def score(one: int, other: int) -> float:
        return _score(old[one], new[other])

    return pairs | dict(pair_best(rest, score, COMPARE.record))


def _score(one: Look, other: Look) -> float:
    both, every = len(one.marks & other.marks), len(one.marks | other.marks)
    bonus = COMPARE.number * (bool(one.number) and one.number == other.number)
    bonus += COMPARE.section * (one.section == other.section)
    bonus += COMPARE.marks * (both / every if every else 0)
    return likeness_of(one, other) + bonus + order_bonus(one.place, other.place)


def pair_sections(old: Paper, new: Paper, records: Mapping[int, int]) -> dict[str, str]:
    """Return the id in `new` of each section of `old` that is there, too.

    By name, and by the recommendations that went along.
    """
    ones, others = list(old.sections), list(new.sections)
    moves = Counter(
        (old.records[one].text("section_id"), new.records[other].text("section_id"))
        for one, other in records.items()
    )
    sizes = [Counter(one.text("section_id") for one in side.records) for side in (old, new)]

    def score(one: int, other: int) -> float:
        a, b = ones[one], others[other]
        largest = max(sizes[0][a], sizes[1][b], 1)
        names = [_name(side.sections[id_]) for side, id_ in ((old, a), (new, b))]
        same = bool(names[0]) and names[0] == names[1]
        if not (same or moves[a, b]):
            return -1.0
        near = order_bonus(one / len(ones), other / len(others))
        return moves[a, b] / largest + same + near

    places = (range(len(ones)), range(len(others)))
    return {ones[one]: others[other] for one, other in pair_best(places, score, 0.0)}


def _name(section: Entry) -> str:
    return plain_words(f"{section.text('agency')} {section.text('heading')}")


def moved(pairs: Mapping[int, int]) -> set[int]:
    """Return the places in the old of what stands in another order in the new.

    All but a longest run of pairs that rise on both sides.
    """
    from bisect import bisect_left

    tops: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for one in sorted(pairs):
        at = bisect_left(tops, pairs[one])
        before[one] = last[at - 1] if at else None
        tops[at : at + 1], last[at : at + 1] = [pairs[one]], [one]
    kept, one_ = set(), last[-1] if last else None
    while one_ is not None:
        kept.add(one_)
        one_ = before[one_]
    return set(pairs) - kept
