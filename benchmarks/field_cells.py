"""Cells of the evaluation set, each read by the project and compared with its truth."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import and_
from pathlib import Path
from typing import Any

from actionplan.normalise.agencies import AgencyContext, make_agency, read_agencies
from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_heading import heading_agency
from actionplan.normalise.interpret import interpret
from actionplan.normalise.lead_words import phrases
from actionplan.normalise.leads import read_leads
from actionplan.normalise.privacy.find import find_names
from actionplan.normalise.privacy.known import People
from actionplan.normalise.privacy.lists import listed
from actionplan.normalise.targets import read_target
from actionplan.normalise.updates import milestone_updates, split_updates
from actionplan.schemas.plan import Agency, Date, Recommendation, Target
from actionplan.schemas.tables import Cell, Colour, join_lines
from tests.normalise.cells import make_cell
from tests.normalise.tables import cell as table_cell
from tests.normalise.tables import document, row, table

EVALUATION = Path(__file__).resolve().parent.parent / "tests" / "evaluation"
Truth = dict[str, Any]
FILLS: dict[str, Colour] = {
    "red": (255, 0, 0),
    "amber": (255, 192, 0),
    "orange": (237, 125, 49),
    "yellow": (255, 255, 0),
    "green": (0, 176, 80),
    "blue": (0, 112, 192),
    "purple": (112, 48, 160),
    "grey": (191, 191, 191),
    "white": (255, 255, 255),
}
"""Fills as word processors offer them under these names."""


@dataclass
class Tally:
    """What was found right, what was read, and what is true."""

    right: int = 0
    read: int = 0
    true: int = 0

    def add(self, right: int, read: int, true: int) -> None:
        """Count one cell."""
        self.right += right
        self.read += read
        self.true += true

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was read; 1 where nothing is true."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.read + self.true) if self.read + self.true else 1.0


@dataclass
class Compared:
    """One cell: counts (right, read, true) by measure, and what was read, to be shown."""

    counts: dict[str, tuple[int, int, int]]
    shown: Any = field(default=None)

    @property
    def is_right(self) -> bool:
        """All that was read is true, and all that is true was read."""
        return all(right == read == true for right, read, true in self.counts.values())


@cache
def cells(name: str, folder: Path = EVALUATION) -> list[Truth]:
    """The cells of one file, in order."""
    with (folder / f"{name}.toml").open("rb") as file:
        found: list[Truth] = tomllib.load(file)["cell"]
    return found


def same(text: str | None) -> str:
    """Return what counts of a text: its letters and digits, without case."""
    return " ".join(re.findall(r"[^\W_]+", (text or "").casefold()))


def printed(truth: Truth) -> Cell:
    """The cell as a reader of PDF gives it: lines, blank lines, what is bold at a line's start."""
    lines = []
    for line in truth["text"].split("\n"):
        bold = next((one for one in truth.get("bold", ()) if line.startswith(one)), "")
        lines.append(f"**{bold}**{line[len(bold) :]}" if bold else line)
    return make_cell(*lines)


def _best(
    read: Sequence[Any], truths: Iterable[Sequence[Any]]
) -> tuple[tuple[int, int, int], Sequence[Any]]:
    """Compare what was read with each defensible truth, order left aside; the best counts."""
    have = Counter(read)
    scored = [
        ((sum((have & Counter(true)).values()), len(read), len(true)), true) for true in truths
    ]
    return max(scored, key=lambda one: (one[0][0] / max(*one[0][1:], 1), -one[0][2]))


def leads(truth: Truth) -> Compared:
    """Triples of name, post and organisation, and what is no lead."""
    reading = read_leads(printed(truth).lines)
    got = [
        (same(span.lead.name), same(span.lead.post), same(span.lead.organisation))
        for span in reading.leads
    ]
    truths = [truth["leads"], *truth.get("accept", ())]
    triples, _ = _best(got, [[tuple(map(same, lead)) for lead in one] for one in truths])
    moved, wanted = same(join_lines(reading.misplaced)), same(truth.get("misplaced"))
    misplaced = (int(bool(wanted) and moved == wanted), int(bool(moved)), int(bool(wanted)))
    return Compared({"leads": triples, "leads: misplaced": misplaced}, (got, moved))


def targets(truth: Truth) -> Compared:
    """EDTF, kind, "ongoing", first and last day, and the revised target."""
    reading = read_target(printed(truth))
    target, revised = reading.target, reading.revised
    edtf = {truth["edtf"], *truth.get("accept", ())}
    counts = {
        "targets: EDTF": _one(target.edtf or "", edtf, truth["edtf"]),
        "targets: kind": _one(target.kind, {truth["kind"], *truth.get("accept_kind", ())}, "kind"),
        "targets: ongoing": _one(
            "ongoing" if target.ongoing else "", {_ongoing(truth)}, _ongoing(truth)
        ),
        "targets: revised": _one(
            (revised and revised.edtf) or "", {truth.get("revised", "")}, truth.get("revised", "")
        ),
    }
    if ("start" in truth and target.edtf == truth["edtf"]) or truth["kind"] == "relative":
        days = f"{truth.get('start', '')}/{truth.get('end', '')}"
        counts["targets: days"] = _one(f"{target.start or ''}/{target.end or ''}", {days}, days)
    invented = bool(
        _day(target) - {_day_of(one) for one in (*edtf, truth.get("start"), truth.get("end"))}
    )
    counts["targets: days invented"] = (0, int(invented), 0)
    return Compared(
        counts,
        (
            target.edtf,
            target.kind,
            target.ongoing,
            target.start,
            target.end,
            revised and revised.edtf,
        ),
    )


def _ongoing(truth: Truth) -> str:
    return "ongoing" if truth.get("ongoing") else ""


def _one(got: str, right: set[str], true: str) -> tuple[int, int, int]:
    """Count a single value; "" is none. A value counts as true where none would be wrong too."""
    hit = bool(got) and got in right
    return int(hit), int(bool(got)), int(hit or (bool(true) and "" not in right))


def _day_of(edtf: str | None) -> str:
    return edtf if edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else ""


def _day(target: Target) -> set[str]:
    """The day that a target names, if it names one."""
    return {_day_of(target.edtf)} - {""}


def updates(truth: Truth) -> Compared:
    """Labels with dates, and texts, of the updates in a progress or milestone cell."""
    header, cell = truth.get("header", ""), printed(truth)
    if "milestone" in (header + truth["shape"]).casefold():
        readings = milestone_updates(cell)
    else:
        readings = split_updates(cell, header_label=header or None)
    got = [one.update for one in readings if one.update.text or one.update.label]
    truths = [truth["updates"], *truth.get("accept", ())]
    labels = [(same(one.label), _edtf(one.date)) for one in got if one.label or one.date]
    dated, _ = _best(labels, [[(same(a), b) for a, b, _ in one if a or b] for one in truths])
    texts, _ = _best(
        [_item(one.text) for one in got], [[_item(c) for _, _, c in one] for one in truths]
    )
    return Compared(
        {"updates: label and date": dated, "updates: text": texts},
        [(one.label, _edtf(one.date), one.text) for one in got],
    )


def _item(text: str) -> str:
    """What counts of an update's text; the number or letter of its list does not."""
    return same(re.sub(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+", "", text))


def _edtf(date: Date | None) -> str:
    return (date and date.edtf) or ""


def statuses(truth: Truth) -> Compared:
    """The status of a whole record whose status column, or progress column, has the cell."""
    record = _record(truth)
    value, told = record.status.value, truth.get("acceptance", "")
    right = value in {truth["status"], *truth.get("accept", ())}
    basis = record.status.basis.replace("colour", "column")  # the set knows no colour apart
    agreed = same(record.acceptance)
    return Compared(
        {
            "statuses": (int(right), 1, 1),
            "statuses: basis": (int(basis == truth["basis"] or value == "unknown"), 1, 1),
            "statuses: acceptance": (
                int(bool(told) and agreed == same(told)),
                int(bool(agreed)),
                int(bool(told)),
            ),
        },
        (value, basis, record.status.text, record.acceptance),
    )


def _record(truth: Truth) -> Recommendation:
    in_column = truth["basis"] == "column"
    header = (
        "RAG"
        if truth["shape"] in {"rag-no-key", "colour-with-key", "letter-with-key"}
        else "Status"
    )
    one = table_cell(truth["text"], x=740.0)
    if truth["shape"] == "colour-with-key":
        one = table_cell("", x=740.0, fill=FILLS[truth["text"].casefold()])
    told = row(
        "1",
        "Review the pathway for referrals.",
        "Review the pathway.",
        "Head of Service",
        "March 2019",
        one,
    )
    headers = (
        "No",
        "Recommendation",
        "Action",
        "Lead",
        "Target date",
        header if in_column else "Progress",
    )
    plan = interpret(document(table(headers, [told]), notes=truth.get("key", "")))
    return plan.recommendations[0]


def agencies(truth: Truth) -> Compared:
    """Names as printed, their types, and who they are."""
    context = AgencyContext.build(truth.get("document", "").split("; "), [truth.get("area", "")])
    cell = printed(truth)
    if truth["shape"] == "heading":
        name = heading_agency(cell.text, context)
        got = [make_agency(name, context)] if name else []
    else:
        got = [span.agency for span in read_agencies(cell.lines, context).agencies]
    ways = [_met(got, true, truth) for true in (truth["agencies"], *truth.get("accept", ()))]
    counts = max(ways, key=lambda one: one["agencies"][0] / max(*one["agencies"][1:], 1))
    return Compared(counts, [(one.name, one.type, one.canonical, one.id) for one in got])


def _met(
    got: Sequence[Agency], agencies: Sequence[Sequence[str]], truth: Truth
) -> dict[str, tuple[int, int, int]]:
    true = [(same(name), kind, canonical) for name, kind, canonical in agencies]
    named, _ = _best([same(one.name) for one in got], [[name for name, _, _ in true]])
    by_name = {same(one.name): one for one in got}
    met = [(by_name[name], kind, canonical) for name, kind, canonical in true if name in by_name]
    typed = [_is_type(one, kind) for one, kind, _ in met]
    who = [_is_who(one, canonical, truth) for one, _, canonical in met]
    size = (len(got), len(true))
    return {
        "agencies": (sum(map(and_, typed, who)), *size),
        "agencies: name": named,
        "agencies: type": (sum(typed), *size),
        "agencies: identity": (sum(who), *size),
    }


def _is_type(one: Agency, kind: str) -> bool:
    """Is it the true type? Fire services and collective names are among the set's other bodies."""
    told = "other" if one.type in {"fire", "group"} else one.type
    return not kind or told == kind


def _is_who(one: Agency, canonical: str, truth: Truth) -> bool:
    """Is it the true body, under any of its names? A body left open must not be settled."""
    if truth.get("ambiguous"):
        return not one.canonical
    told = same(one.canonical)
    if not canonical:
        return (
            not told
            or told == same(one.name)
            or told in same(truth.get("document"))
            or not _one_body(one)
        )
    names = [
        canonical,
        *(other for name, other in truth.get("also", ()) if same(name) == same(one.name)),
    ]
    ids = {body.id for name in names for body in find(name)}
    return told in set(map(same, names)) or (one.id is not None and one.id in ids)


def _one_body(one: Agency) -> bool:
    """Does the identity mean one body, not a kind of body that each area has?"""
    return one.id is not None and len(find(one.canonical or "")) == 1


def people(truth: Truth) -> Compared:
    """Names of people in a text: each is right if all of its words are found.

    A find counts as wrong if it takes a word that belongs to no name; forms of address are free.
    """
    known = People(truth.get("subject"))
    for printed_lead in truth.get("leads", ()):
        for span in read_leads(make_cell(printed_lead).lines).leads:
            known.add_lead(span.lead)
    text, found = truth["text"], find_names(truth["text"], known)
    hidden = {place for name in found for place in range(name.start, name.end)}
    true, place = [], 0
    for name in truth["people"]:
        start = text.index(name, place)
        place = start + len(name)
        true.append(_words_at(text, start, place))
    right = sum(all(set(range(*word)) <= hidden for word in words) for words in true)
    told = {word for words in true for word in words}
    free = " ".join(truth.get("may", ())).split()
    wrong = sum(
        any(word not in told and text[slice(*word)] not in free for word in words)
        for words in (_words_at(text, name.start, name.end) for name in found)
    )
    return Compared(
        {"people": (right, right + wrong, len(true))}, [text[one.start : one.end] for one in found]
    )


def _words_at(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of a name stand; those that may be hidden or not are left out."""
    words = [
        (start + word.start(), start + word.end())
        for word in re.finditer(r"[^\W_]+", text[start:end])
    ]
    named = [word for word in words if text[slice(*word)].casefold() not in _FREE]
    return named or words


_FREE = {form.casefold().strip(".") for form in phrases("honorifics")} | {
    *("and", "s"),
    *map(str.casefold, listed("letters")),
}

READERS: dict[str, Callable[[Truth], Compared]] = {
    reader.__name__: reader for reader in (leads, targets, updates, statuses, agencies, people)
}
