"""Two versions of a plan, compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from actionplan.normalise.compare.entries import Entry, Paper, plan_paper
from actionplan.normalise.compare.fields import row_changes, title
from actionplan.normalise.compare.match import in_order
from actionplan.normalise.compare.model import Change, Item, PlanDiff, RecordDiff, Ref, Side
from actionplan.normalise.compare.records import (
    likeness_of,
    looks,
    moved,
    pair_records,
    pair_sections,
    section_name,
)

if TYPE_CHECKING:
    from actionplan.schemas.plan import Plan

_DIGITS = 4  # of a likeness: more would be a show of exactness
_NOTHING = Entry({}, dict.fromkeys(("agencies", "leads", "actions", "updates", "themes"), ()))


def compare_plans(old: Plan, new: Plan) -> PlanDiff:
    """Return what differs between two versions of a plan.

    Raises:
        ValueError: a recommendation names a section that is not there.
    """
    return compare_papers(plan_paper(old), plan_paper(new))


def compare_papers(old: Paper, new: Paper) -> PlanDiff:
    """Return what differs between two documents."""
    both = _Both(old, new)
    found = [both.record(one, other) for one, other in both.places()]
    return PlanDiff(
        side(old),
        side(new),
        both.same_file,
        tuple(row_changes("documents", old.facts, new.facts, reading=both.same_file)),
        tuple(both.section_items()),
        tuple(record for record in found if record.changes),
        tuple(_keys(record) for record in found if not record.changes),
    )


def side(paper: Paper) -> Side:
    """Return what tells a document apart."""
    facts = paper.facts
    return Side(
        paper.id,
        facts.text("document"),
        facts.text("title") or None,
        facts.text("date_edtf") or facts.text("date_text") or None,
        len(paper.records),
    )


class _Both:
    """Two documents, with what belongs together in them.

    Attributes:
        pairs: places of recommendations in the new by places in the old.
        sections: ids of sections in the new by ids in the old.
        away: places in the old of what stands in another order in the new.
    """

    def __init__(self, old: Paper, new: Paper) -> None:
        self.old, self.new = old, new
        self.same_file = old.id == new.id
        self.looks = looks(old), looks(new)
        self.pairs = pair_records(*self.looks)
        self.sections = pair_sections(old, new, self.pairs)
        self.away = moved(self.pairs)

    def places(self) -> Iterator[tuple[int | None, int | None]]:
        """Yield the places of all recommendations, as `in_order` does."""
        return in_order(self.pairs, len(self.old.records), len(self.new.records))

    def record(self, one: int | None, other: int | None) -> RecordDiff:
        """Return how the recommendations at two places differ; None stands for none."""
        refs = _ref(self.old, one), _ref(self.new, other)
        entries = _entry(self.old, one), _entry(self.new, other)
        changes = tuple(row_changes("recommendations", *entries, reading=self.same_file))
        if one is None:
            return RecordDiff("added", *refs, 0.0, changes)
        if other is None:
            return RecordDiff("dropped", *refs, 0.0, changes)
        alike = round(likeness_of(self.looks[0][one], self.looks[1][other]), _DIGITS)
        return RecordDiff("changed", *refs, alike, (*self._moves(one, other), *changes))

    def _moves(self, one: int, other: int) -> Iterator[Change]:
        """Another section, another place among those that stayed in order."""
        ids = [_entry(self.old, one).text("section_id"), _entry(self.new, other).text("section_id")]
        if self.sections.get(ids[0]) != ids[1]:
            names = [ref.section for ref in (_ref(self.old, one), _ref(self.new, other)) if ref]
            yield Change("section", *(names if names[0] != names[1] else ids))
        if one in self.away:
            yield Change("order", f"place {one + 1}", f"place {other + 1}")

    def section_items(self) -> Iterator[Item]:
        """Yield the sections that were added, dropped or renamed."""
        back = {other: one for one, other in self.sections.items()}
        for id_, section in self.old.sections.items():
            if id_ not in self.sections:
                yield Item("dropped", title("sections", section) or id_, None)
        for id_, section in self.new.sections.items():
            if id_ not in back:
                yield Item("added", None, title("sections", section) or id_)
                continue
            before = self.old.sections[back[id_]]
            changes = tuple(row_changes("sections", before, section, reading=self.same_file))
            if changes:
                names = title("sections", before) or back[id_], title("sections", section) or id_
                yield Item("changed", *names, changes)


def _entry(paper: Paper, place: int | None) -> Entry:
    return _NOTHING if place is None else paper.records[place]


def _ref(paper: Paper, place: int | None) -> Ref | None:
    if place is None:
        return None
    record = paper.records[place]
    page = record.row.get("page")
    return Ref(
        record.text("record_key"),
        record.text("record_id"),
        record.text("number") or None,
        section_name(paper.sections, record) or None,
        record.text("text"),
        page if isinstance(page, int) else None,
    )


def _keys(record: RecordDiff) -> tuple[str, str]:
    return (record.old.key if record.old else "", record.new.key if record.new else "")
