"""Leads: the persons, posts and bodies that a cell names as responsible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_shape import body_type
from actionplan.normalise.lead_blocks import marker_length, split_blocks, without_marker
from actionplan.normalise.lead_group import Draft, group
from actionplan.normalise.lead_parts import parts_of
from actionplan.normalise.lead_prose import is_prose, split_prose
from actionplan.normalise.lead_remarks import Remarks, without_remarks
from actionplan.normalise.lead_signs import with_plain_signs
from actionplan.normalise.lead_text import BlockText, block_text
from actionplan.normalise.lead_words import placeholder
from actionplan.schemas.plan import Issue, Lead
from actionplan.schemas.tables import Line, join_lines

if TYPE_CHECKING:
    from actionplan.normalise.lead_parts import Run
    from actionplan.normalise.nlp import BlockKey

__all__ = [
    "LeadReading",
    "LeadSpan",
    "looks_like_lead",
    "merge_leads",
    "prepare_leads",
    "read_leads",
    "same_lead",
]

_MESSAGES = {
    "open": ("lead-open", "the cell says that the lead is still to be named"),
    "redacted": ("lead-redacted", "the lead's name was taken out of the document"),
    "vacant": ("lead-vacant", "the post is printed as vacant"),
}
SURE = 4.0
"""Score (see `lead_scores`) from which a run counts as sure; a full name has 6, two unknown
words in capitals 2.4."""
BESIDE = 2.4
"""Least score beside a sure run: an unlisted name beside a job title makes a lead."""
IN_DOUBT = 0.6
"""Most confidence where rules and model differ: of such cells, about a third is wrong, and more
where cells are written in ways that neither has met."""


LONGEST_CELL = 60
"""Words from which a cell is no list of leads, when a column's field is guessed."""


@dataclass(frozen=True, slots=True)
class LeadSpan:
    """A lead and the lines that print it."""

    lead: Lead
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LeadReading:
    """What a lead cell holds.

    Attributes:
        leads: in printed order, repeats included (`merge_leads` drops them).
        misplaced: lines of text that is no lead, in order; the caller moves them to the updates.
        confidence: 0..1.
        issues: doubts, with field ``leads``; not the move of `misplaced`.
    """

    leads: tuple[LeadSpan, ...] = ()
    misplaced: tuple[Line, ...] = ()
    confidence: float = 1.0
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class _Collected:
    leads: list[LeadSpan] = field(default_factory=list)
    misplaced: list[Line] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    others: list[list[Draft]] = field(default_factory=list)
    issues: dict[str, Issue] = field(default_factory=dict)

    def note(self, meaning: str) -> None:
        if meaning in _MESSAGES:
            code, message = _MESSAGES[meaning]
            self.issues.setdefault(code, Issue(code=code, field="leads", message=message))


def read_leads(lines: Sequence[Line]) -> LeadReading:
    """Read the lines of a lead cell, in reading order."""
    out = _Collected()
    right = max((line.bbox[2] for line in lines), default=0.0)
    for block in split_blocks(lines, lone_dash=False):
        meanings = _nobody(block)
        if meanings is not None:
            for meaning in meanings:
                out.note(meaning)
            continue
        named, prose = split_prose(block)
        if named:
            _read_block(block_text(named, right), out)
        out.misplaced.extend(prose)
    return _reading(out)


def _nobody(block: Sequence[Line]) -> tuple[str, ...] | None:
    """What a block says that names nobody ("TBC"); None where it may name somebody."""
    text = join_lines([without_marker(block[0]), *block[1:]])
    meaning = placeholder(text)
    if meaning:
        return (meaning,)
    remarks = without_remarks(text)
    return remarks.meanings if remarks.nobody else None


def looks_like_lead(text: str) -> bool:
    """Is `text` (a cell's running text) made of names, posts and bodies, with a person or post?"""
    count = len(text.split())
    if not 0 < count <= LONGEST_CELL or placeholder(text) or is_prose(text):
        return False
    out = _Collected()
    line = Line(text, 1, (0.0, 0.0, 0.0, 10.0))
    _read_block(block_text([line], 0.0), out, by_rules=True)
    named = any(span.lead.name or span.lead.post for span in out.leads)
    sure = max(out.scores, default=0.0) >= SURE and min(out.scores) >= BESIDE
    return named and not out.misplaced and sure


def same_lead(one: Lead, other: Lead) -> bool:
    """Are two entries the same person or post, one perhaps printed shorter?"""
    if _key(one.name) != _key(other.name):
        return False
    pairs = ((one.post, other.post), (one.organisation, other.organisation))
    if one.name:
        return all(_fits(a, b) for a, b in pairs)
    return all(_key(a) == _key(b) for a, b in pairs)


def merge_leads(leads: Iterable[Lead]) -> list[Lead]:
    """All leads in order without repeats; of two printings of one lead the fuller stays."""
    out: list[Lead] = []
    for lead in leads:
        at = next((at for at, known in enumerate(out) if same_lead(known, lead)), None)
        if at is None:
            out.append(lead)
        elif _fullness(lead) > _fullness(out[at]):
            out[at] = lead
    return out


def _key(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def _fits(one: str | None, other: str | None) -> bool:
    """Equal, or one missing, or one the beginning of the other."""
    first, second = sorted((_key(one), _key(other)), key=len)
    return second.startswith(first)


def _fullness(lead: Lead) -> int:
    return len(_key(lead.post)) + len(_key(lead.organisation))


def prepare_leads(cells: Iterable[Sequence[Line]]) -> None:
    """Read many cells at a time, which is faster; `read_leads` then finds their readings."""
    keys = [_key_of(block) for lines in cells for block in _named_blocks(lines)]
    if keys:
        from actionplan.normalise.nlp import read_all

        read_all(keys)


def _named_blocks(lines: Sequence[Line]) -> Iterator[BlockText]:
    right = max((line.bbox[2] for line in lines), default=0.0)
    for block in split_blocks(lines, lone_dash=False):
        named = split_prose(block)[0] if _nobody(block) is None else ()
        if named:
            yield block_text(named, right)


def _remarks(block: BlockText) -> Remarks:
    return without_remarks(block.text, listed=marker_length(block.lines[0].text) > 0)


def _key_of(block: BlockText) -> BlockKey:
    from actionplan.normalise.nlp import BlockKey

    text = with_plain_signs(_remarks(block).text)
    return BlockKey(text, block.early, block.spaced, block.bold)


def _read_block(block: BlockText, out: _Collected, *, by_rules: bool = False) -> None:
    """Read one block; what explains too little of it is misplaced text."""
    from actionplan.normalise.nlp import read, read_by_rules

    for meaning in _remarks(block).meanings:
        out.note(meaning)
    key = _key_of(block)
    text = key.text
    reading = read_by_rules(key) if by_rules else read(key)
    parts = parts_of(reading.runs, text, block.text)
    if reading.others is not None:
        out.others.append(group(parts_of(reading.others, text, block.text)))
    if reading.left_over > reading.explained:
        out.misplaced.extend(block.lines)
        return
    out.scores.extend(
        run.score
        for run in reading.runs
        if run.label in {"PERSON", "POST"} or not _known(run, text)
    )
    out.scores.extend([0.0] * bool(reading.left_over))
    for draft in group(parts):
        out.leads.append(_span(draft, block))


def _known(run: Run, text: str) -> bool:
    """A unit, or a body that the gazetteer knows or that its shape tells."""
    name = text[run.start : run.end]
    return run.label == "UNIT" or bool(find(name)) or body_type(name) is not None


def _span(draft: Draft, block: BlockText) -> LeadSpan:
    printed = " ".join(block.text[draft.start : draft.end].split())
    lead = Lead(name=draft.name, post=draft.post, organisation=draft.organisation, text=printed)
    return LeadSpan(lead, block.between(draft.start, draft.end))


def _reading(out: _Collected) -> LeadReading:
    weakest = min(out.scores, default=SURE)
    confidence = 1.0 if weakest >= SURE else max(0.2, 0.4 + 0.1 * weakest)
    issues = list(out.issues.values())
    if out.others:
        confidence = min(confidence, IN_DOUBT)
        issues.append(Issue(code="lead-unclear", field="leads", message=_other(out.others)))
    elif weakest < SURE and out.leads:
        message = "no word list knows all words of the cell; check name and post"
        issues.append(Issue(code="lead-doubtful", field="leads", message=message))
    return LeadReading(tuple(out.leads), tuple(out.misplaced), round(confidence, 2), tuple(issues))


def _other(readings: Iterable[Iterable[Draft]]) -> str:
    """What else the cell may say, for the reader who checks it."""
    leads = [
        ", ".join(filter(None, (draft.name, draft.post, draft.organisation)))
        for drafts in readings
        for draft in drafts
    ]
    return f"the cell may also be read as: {'; '.join(leads) or 'no lead'}"
