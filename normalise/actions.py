"""Actions: the items of an action cell, and the leads and dates printed level with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from actionplan.normalise.agencies import (
    AgencyContext,
    AgencySpan,
    is_agency,
    make_agency,
    read_agencies,
)
from actionplan.normalise.lead_words import placeholder
from actionplan.normalise.paragraphs import Paragraph, split_paragraphs
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.tables import Cell, Line

_INDENT = 4.0  # points; a smaller difference of left edges is no indent
_WIDER = 1.3  # times the distance from line to line; less is the same spacing, unevenly boxed
_ENOUGH = 3  # blocks; two are easily level with two actions by chance
_CONTINUED = re.compile(r"\(?\s*(?:continued|cont[’']?d?)\b\.?\s*\)?[:.]?\s*", re.IGNORECASE)
_AGENT = re.compile(r"(?P<name>[A-Z][^:.;]{2,60}):\s+(?=\S)")  # "Northmoor Police: train all staff"
_RANK = {"number": 0, "letter": 1, "bullet": 2}


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """One action: its number, text and lines, and its row's position in the record.

    `agencies` are those named at the start of its text or in a line above it in its cell.
    """

    number: str | None
    text: str
    lines: tuple[Line, ...]
    row: int = 0
    agencies: tuple[AgencySpan, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionCell:
    """What an action cell holds: agencies (named in place of actions, or above them), actions."""

    agencies: tuple[AgencySpan, ...]
    actions: tuple[ActionDraft, ...]


def read_action_cell(
    cell: Cell, context: AgencyContext, *, row: int = 0, by_agency: bool = False
) -> ActionCell:
    """Read one cell of an action column.

    Args:
        cell: the cell.
        context: bodies of the document.
        row: the row's position in its record.
        by_agency: the column's header says that agencies may stand in it, so a capitalised name
            that no list knows is an agency, too.
    """
    paragraphs = split_paragraphs(cell)
    if not paragraphs or placeholder(cell.text):
        return ActionCell((), ())
    known = all(is_agency(one.text, context) for one in paragraphs)
    if by_agency or known or is_agency(cell.text, context):
        reading = read_agencies(cell.lines, context)
        if reading.agencies and not reading.rest:
            return ActionCell(reading.agencies, ())
    agencies: list[AgencySpan] = []
    actions: list[ActionDraft] = []
    for part in _parts(paragraphs, context):
        heads = read_agencies([x for one in part.above for x in one.lines], context).agencies
        agencies += heads
        drafts = [_draft(item, row) for item in _items(part.paragraphs)]
        actions += [replace(x, agencies=tuple(heads) or _agents(x, context)) for x in drafts]
    return ActionCell(tuple(agencies), tuple(actions))


class _Part(NamedTuple):
    """Paragraphs that are an agency's name and nothing else, and those below them."""

    above: list[Paragraph]
    paragraphs: list[Paragraph]


def _parts(paragraphs: Sequence[Paragraph], context: AgencyContext) -> list[_Part]:
    """Parts of a cell, each below its agency.

    Below actions a name stands above a further part only with a colon, or where the cell begins
    with a name as well: else it ends a list of bodies to whom something is sent.
    """
    parts = [_Part([], [])]
    for at, paragraph in enumerate(paragraphs):
        last = at + 1 == len(paragraphs)
        further = parts[0].above or paragraph.text.endswith(":")
        named = not paragraph.kind and is_agency(paragraph.text.rstrip(":"), context)
        if last or not named or (parts[-1].paragraphs and not further):
            parts[-1].paragraphs.append(paragraph)
        elif parts[-1].paragraphs:
            parts.append(_Part([paragraph], []))
        else:
            parts[-1].above.append(paragraph)
    return parts


def _agents(draft: ActionDraft, context: AgencyContext) -> tuple[AgencySpan, ...]:
    """The agency before a colon at the start of the action."""
    match = _AGENT.match(draft.text)
    if match is None or not is_agency(match["name"], context):
        return ()
    return (AgencySpan(make_agency(match["name"], context), draft.lines[:1]),)


@dataclass(slots=True)
class _Item:
    """An action: its first paragraph, what goes with it, and what opens the list ("We will:")."""

    head: Paragraph
    rest: list[Paragraph] = field(default_factory=list)
    opening: Paragraph | None = None


def _items(paragraphs: Sequence[Paragraph]) -> list[_Item]:
    """Group paragraphs into actions: an item keeps its sub-items and its further paragraphs."""
    items: list[_Item] = []
    for paragraph in paragraphs:
        if items and _opens_list(items[-1], paragraph):
            items[-1] = _Item(paragraph, opening=items[-1].head)
        elif items and (more := _continued(paragraph, items[-1].head)):
            items[-1].rest.append(more)
        elif items and _goes_under(paragraph, items[-1].head):
            items[-1].rest.append(paragraph)
        else:
            items.append(_Item(paragraph))
    return items


def _opens_list(item: _Item, below: Paragraph) -> bool:
    """Is an item no action, but what stands above a list of them ("The Trust will:")?"""
    alone = item.head.kind is None and not item.rest
    return alone and below.kind is not None and item.head.text.endswith(":")


def _continued(paragraph: Paragraph, head: Paragraph) -> Paragraph | None:
    """An item that goes on under its own number ("2. (continued)"), without these words."""
    text = paragraph.lines[0].text[paragraph.lead :]
    match = _CONTINUED.match(text) if paragraph.marker == head.marker and head.kind else None
    return Paragraph(paragraph.lines, lead=paragraph.lead + match.end()) if match else None


def _goes_under(paragraph: Paragraph, head: Paragraph) -> bool:
    if head.kind is None:
        return False
    indent = paragraph.lines[0].bbox[0] - head.lines[0].bbox[0]
    if paragraph.kind is None:
        return indent > _INDENT
    if paragraph.kind == head.kind:
        return indent > _INDENT and _level_number(paragraph, head)
    return _RANK[paragraph.kind] > _RANK[head.kind]


def _level_number(paragraph: Paragraph, head: Paragraph) -> bool:
    """An indented bullet is a sub-item; an indented number only if it does not count on."""
    if paragraph.kind != "number":
        return True
    return (paragraph.marker or "").startswith(f"{head.marker}.")


def _draft(item: _Item, row: int) -> ActionDraft:
    head = item.head
    number = head.marker if head.kind in ("number", "letter") else None
    opening = [item.opening] if item.opening else []
    texts = [*(one.text for one in opening), head.text, *map(_below, item.rest)]
    # The item's own first line comes first: other cells are level with it.
    lines = tuple(x for one in (head, *item.rest, *opening) for x in one.lines)
    return ActionDraft(number, " ".join(texts), lines, row)


def _below(paragraph: Paragraph) -> str:
    """Text of a paragraph under an action: items keep their numbers and bullets."""
    return paragraph.raw if paragraph.kind else paragraph.text


def tie(
    blocks: Sequence[Sequence[Line]],
    actions: Sequence[ActionDraft],
    cell: Cell,
    settings: NormaliseSettings,
) -> list[int | None]:
    """Say for each block (a lead's or a date's lines) to which action the page ties it.

    The page ties blocks to actions where it prints them level: at least two actions have a block
    level with their first line, and one of these holds:

    - every group of lines between blank lines begins level with an action;
    - the actions are numbered and every one has its block (without blank lines, two lists of a few
      lines are easily level by chance);
    - the actions are numbered, and three blocks or more each begin level with another of them,
      though actions above the last take several lines.

    One group alone is tied only to a later action than the first, and not where it stands in the
    middle of its cell, as a centred cell's would.

    Returns:
        The index of an action for each block; all None where the page ties none.
    """
    if len(actions) < 2 or not blocks:
        return [None] * len(blocks)
    levels = [_level_with(block[0], actions, settings) for block in blocks]
    hits = set(levels) - {None}
    groups = _groups(blocks, actions, settings)
    group_hits = [_level_with(group[0], actions, settings) for group in groups]
    all_level = None not in group_hits and len(set(group_hits)) >= 2
    numbered = all(action.number for action in actions)
    every_action = numbered and len(hits) == len(actions)
    every_block = numbered and _all_begin_level(levels, actions)
    single = len(groups) == 1 and group_hits[0] not in (None, 0) and not _centred(groups[0], cell)
    if all_level or every_action or every_block or single:
        return [_owner(block[0], actions, settings) for block in blocks]
    return [None] * len(blocks)


def _all_begin_level(levels: Sequence[int | None], actions: Sequence[ActionDraft]) -> bool:
    found = [level for level in levels if level is not None]
    if not len(levels) == len(set(found)) >= _ENOUGH:
        return False
    # Two lists of single lines are level from the first to the last, whatever they mean.
    return any(len(actions[level].lines) > 1 for level in found[:-1])


def level_groups(
    lines: Sequence[Line],
    actions: Sequence[ActionDraft],
    settings: NormaliseSettings,
    begins: Callable[[Sequence[Line]], bool],
) -> list[list[Line]]:
    """Split the lines of a cell where free space and the level of an action both say so.

    Returns one group, all `lines`, unless every group after free space begins level with an
    action and at least two actions are met; then what is printed beside one action is read apart
    from what is printed beside the next. In such a cell a line level with a further action
    also begins a group without free space, if it is the first of a page or `begins` says that it
    and the lines below it can stand alone.
    """
    groups = _groups([lines], actions, settings)
    hits = [_level_with(group[0], actions, settings) for group in groups]
    if len(actions) < 2 or None in hits or len(set(hits)) < 2:
        return [list(lines)]
    return [part for group in groups for part in _cut_level(group, actions, settings, begins)]


def _cut_level(
    group: Sequence[Line],
    actions: Sequence[ActionDraft],
    settings: NormaliseSettings,
    begins: Callable[[Sequence[Line]], bool],
) -> list[list[Line]]:
    starts = [0]
    for at in range(1, len(group)):
        if _level_with(group[at], actions, settings) is None:
            continue
        new_page = group[at].page != group[at - 1].page
        if new_page or (begins(group[starts[-1] : at]) and begins(group[at:])):
            starts.append(at)
    ends = [*starts[1:], len(group)]
    return [list(group[start:end]) for start, end in zip(starts, ends, strict=True)]


def _middle(line: Line) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _height(line: Line) -> float:
    return max(line.bbox[3] - line.bbox[1], 1.0)


def _level_with(
    line: Line, actions: Sequence[ActionDraft], settings: NormaliseSettings
) -> int | None:
    """Index of the action whose first line is level with `line`, the nearest if several are."""
    near = [
        (abs(_middle(line) - _middle(action.lines[0])), index)
        for index, action in enumerate(actions)
        if action.lines[0].page == line.page
    ]
    distance, index = min(near, default=(float("inf"), -1))
    return index if distance <= settings.level * _height(line) else None


def _groups(
    blocks: Sequence[Sequence[Line]], actions: Sequence[ActionDraft], settings: NormaliseSettings
) -> list[list[Line]]:
    """Split the blocks' lines at free space; a page break alone is no free space.

    Free space is more than what stands between the lines of the actions: a plan may be printed
    with wide lines.
    """
    groups: list[list[Line]] = []
    single = _WIDER * _single_step(actions)
    for line in (line for block in blocks for line in block):
        last = groups[-1][-1] if groups else None
        if last is None or (
            last.page == line.page
            and line.bbox[1] - last.bbox[3] > settings.gap * _height(line)
            and line.bbox[1] - last.bbox[1] > single
        ):
            groups.append([])
        groups[-1].append(line)
    return groups


def _single_step(actions: Sequence[ActionDraft]) -> float:
    """Distance from line to line inside the actions, in points; 0 where each has one line."""
    steps = [
        below.bbox[1] - above.bbox[1]
        for action in actions
        for above, below in pairwise(action.lines)
        if above.page == below.page and below.bbox[1] > above.bbox[1]
    ]
    return min(steps, default=0.0)


def _owner(line: Line, actions: Sequence[ActionDraft], settings: NormaliseSettings) -> int:
    """Index of the last action that begins above or level with `line`."""
    slack = settings.level * _height(line)
    owner = 0
    for index, action in enumerate(actions):
        first = action.lines[0]
        begins = (first.page, _middle(first) - slack)
        if begins <= (line.page, _middle(line)):
            owner = index
    return owner


def _centred(group: Sequence[Line], cell: Cell) -> bool:
    region = next((one for one in cell.regions if one.page == group[0].page), None)
    if region is None:
        return False
    top, bottom = group[0].bbox[1], group[-1].bbox[3]
    off = abs((top + bottom) / 2 - (region.bbox[1] + region.bbox[3]) / 2)
    return off <= _height(group[0])
