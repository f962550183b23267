"""Sections: which tables and rows stand under which heading, and whose recommendations they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from actionplan.normalise.agencies import AgencyContext, heading_agency, is_agency, make_agency
from actionplan.normalise.columns import ColumnRole, has_header, plain, same_widths
from actionplan.normalise.labels import number_cell, read_label
from actionplan.normalise.recognise import heading_words
from actionplan.schemas.plan import SectionKind
from actionplan.schemas.tables import Cell, Line, LogicalTable, Row, join_lines

_CONTINUED = re.compile(r"\W*\b(?:continued|contd?|cont['’]d)\b\W*$", re.IGNORECASE)
_LABELLED = re.compile(r"^\W*(?:\w+\s+)?(?:agency|organisation)\b[^:]{0,20}[:–-]", re.IGNORECASE)
_ENDS_IN_LABEL = re.compile(
    r"(?P<head>.*\w.*?)\s*[-–—:|]\s*(?P<label>rec(?:ommendation)?\b\.?\s*(?:no\b\.?\s*)?\d+\w?)\W*$",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\W*(?:must|should)\s+do\b", re.IGNORECASE)
_NAMED_FOR = re.compile(r"\brecommendations?\s+for\b|\bimrs?\b|management\s+re", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table that is part of a plan, with what its columns hold."""

    table: LogicalTable
    roles: tuple[ColumnRole, ...]
    index: int

    def column(self, field_name: str) -> list[ColumnRole]:
        """The columns that hold `field_name`, alone or beside another field, left to right."""
        return [role for role in self.roles if field_name in role.fields]


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of a plan table; `lines` stands for a row where a heading acts as one."""

    source: PlanTable
    index: int
    lines: tuple[Line, ...] = ()

    @property
    def row(self) -> Row:
        """The row itself; a band made of `lines` where there are any."""
        if self.lines:
            return Row([Cell(list(self.lines))], kind="band")
        return self.source.table.rows[self.index]


@dataclass(slots=True)
class SectionDraft:
    """A section before its records are read: its heading, agency, tables and rows in order."""

    heading: list[Line]
    kind: SectionKind = "other"
    agency: str | None = None
    agency_lines: list[Line] = field(default_factory=list)
    tables: list[PlanTable] = field(default_factory=list)
    rows: list[RowRef] = field(default_factory=list)

    @property
    def heading_text(self) -> str:
        """The heading on one line."""
        return " ".join(line.text for line in self.heading)

    @property
    def pages(self) -> list[int]:
        """Pages of the section's rows and heading, ascending."""
        pages = {line.page for line in self.heading}
        for ref in self.rows:
            pages.update(ref.row.pages)
        if not pages:
            pages.update(page for table in self.tables for page in table.table.pages)
        return sorted(pages)


def build_sections(
    tables: Sequence[PlanTable], context: AgencyContext, publishers: Set[str] = frozenset()
) -> list[SectionDraft]:
    """Return the sections of a plan in reading order, each row in exactly one of them.

    A section begins at a heading over a table, at a band row that names an agency or a kind of
    recommendations, and at a table whose numbers begin again.

    Args:
        tables: the plan's tables in reading order.
        context: bodies of the document.
        publishers: running lines of the document (`columns.plain` text); a body that they name is
            no agency where it stands over a table, unless the line says so.
    """
    drafts: list[SectionDraft] = []
    for table in tables:
        heading, label = split_heading(table.table.heading)
        if not drafts or not _goes_on(drafts[-1], table, heading, context):
            drafts.append(_opened(heading, table, context, publishers))
        elif table not in drafts[-1].tables:
            drafts[-1].tables.append(table)
        if label:
            drafts[-1].rows.append(RowRef(table, -1, tuple(label)))
        for ref in _body(table):
            if ref.row.kind == "band" and _opens_section(ref.row, context):
                lines = [line for cell in ref.row.cells for line in cell.lines]
                if not drafts[-1].rows:
                    _extend(drafts[-1], lines, context, publishers)
                else:
                    drafts.append(_opened(lines, table, context))
            else:
                drafts[-1].rows.append(ref)
    return [_settled(draft, index) for index, draft in enumerate(drafts)]


def split_heading(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part a heading from the label of a recommendation that has a table of its own."""
    lines = [part for line in lines for part in _parted(line)]
    for index, line in enumerate(lines):
        reading = read_label([line])
        if reading.label and re.match(r"\W*(?:\w+\W+){0,2}rec", reading.label, re.IGNORECASE):
            return list(lines[:index]), list(lines[index:])
    return list(lines), []


def _parted(line: Line) -> list[Line]:
    """A title that ends in a label, as two lines: "Review of Adult M - Recommendation 1"."""
    ending = _ENDS_IN_LABEL.match(line.text)
    if not ending:
        return [line]
    head = replace(line, text=ending["head"], bold_lead=min(line.bold_lead, ending.end("head")))
    label = ending["label"]
    return [head, replace(line, text=label, bold_lead=len(label) * line.bold, words=())]


def _opened(
    heading: list[Line],
    table: PlanTable,
    context: AgencyContext,
    publishers: Set[str] = frozenset(),
) -> SectionDraft:
    draft = SectionDraft(heading=[], tables=[table])
    _extend(draft, heading, context, publishers)
    if draft.agency is None and (named := _header_agency(table, context)):
        draft.agency, draft.agency_lines = named
        draft.kind = "agency"
    return draft


def _header_agency(table: PlanTable, context: AgencyContext) -> tuple[str, list[Line]] | None:
    """The agency in the header over the recommendations: "Harrowmere Council recommendations"."""
    for role in table.roles:
        if role.field not in ("recommendation", "unknown") or role.score >= 1.0:
            continue
        lines = table.table.columns[role.index].lines
        name = heading_agency(join_lines(lines), context)
        if name and make_agency(name, context).type != "partnership":
            return name, list(lines)
    return None


def _extend(
    draft: SectionDraft,
    lines: Sequence[Line],
    context: AgencyContext,
    publishers: Set[str] = frozenset(),
) -> None:
    draft.heading = [*draft.heading, *lines]
    draft.agency, draft.agency_lines = section_agency(draft.heading, context, publishers)
    words = plain(draft.heading_text)
    if draft.agency:
        draft.kind = "agency"
    elif heading_words("overview", words):
        draft.kind = "overview"
    elif heading_words("agency", words):
        draft.kind = "agency"


def _settled(draft: SectionDraft, index: int) -> SectionDraft:
    """The first table without another sign holds the recommendations of the review itself."""
    if index == 0 and draft.kind == "other":
        draft.kind = "overview"
    return draft


def section_agency(
    heading: Sequence[Line], context: AgencyContext, publishers: Set[str] = frozenset()
) -> tuple[str | None, list[Line]]:
    """Return the agency that a heading names, as printed, and the lines that name it.

    A line "Agency: ..." wins. A bare name counts unless it is a partnership's or that of another
    body that publishes the plan, or another line says that the section is the overview report's.
    """
    labelled = [line for line in heading if _LABELLED.match(line.text)]
    overview = heading_words("overview", plain(" ".join(line.text for line in heading)))
    bare = [] if overview else [line for line in heading if line not in labelled]
    for line in [*reversed(labelled), *reversed(bare)]:
        name = heading_agency(line.text, context)
        if not name:
            continue
        publisher = plain(name) in publishers
        publisher = publisher or make_agency(name, context).type == "partnership"
        if line in labelled or not publisher or _NAMED_FOR.search(line.text):
            return name, [line]
    return None, []


def _goes_on(
    draft: SectionDraft, table: PlanTable, heading: Sequence[Line], context: AgencyContext
) -> bool:
    """Does `table` continue the section before it?"""
    if heading and not _same_heading(draft.heading, heading):
        return False
    last = draft.tables[-1]
    if heading:
        return True
    named = _header_agency(table, context)
    if named and named[0] != draft.agency:
        return False
    same = [role.field for role in last.roles] == [role.field for role in table.roles]
    alike = same or (not has_header(table.table) and same_widths(last.table, table.table))
    return alike and not _restarts(draft, table)


def _same_heading(one: Sequence[Line], other: Sequence[Line]) -> bool:
    first, second = (plain(_CONTINUED.sub("", join_lines(lines))) for lines in (one, other))
    return bool(second) and (first == second or first.endswith(second))


def _restarts(draft: SectionDraft, table: PlanTable) -> bool:
    """Do the numbers of `table` begin again at 1, after others were seen?"""
    numbers = next(_numbers(_body(table)), None)
    return numbers == "1" and any(number == "1" for number in _numbers(draft.rows))


def _numbers(rows: Sequence[RowRef] | Iterator[RowRef]) -> Iterator[str]:
    for ref in rows:
        row = ref.row
        for role in ref.source.column("number"):
            if role.index < len(row.cells) and (number := number_cell(row.cells[role.index].text)):
                yield number
        for role in ref.source.column("recommendation"):
            if role.index < len(row.cells):
                reading = read_label(row.cells[role.index].lines)
                if reading.number:
                    yield reading.number


def _body(table: PlanTable) -> Iterator[RowRef]:
    """Rows of a table that are no repeated header and not empty."""
    headers = [plain(role.header) for role in table.roles]
    for index, row in enumerate(table.table.rows):
        texts = [plain(cell.text) for cell in row.cells]
        filled = [(text, header) for text, header in zip(texts, headers, strict=False) if text]
        repeated = sum(text == header for text, header in filled)
        if filled and (row.kind == "band" or repeated * 2 <= len(filled)):
            yield RowRef(table, index)


def _opens_section(row: Row, context: AgencyContext) -> bool:
    """Does a band row begin a section: an agency's name, or a kind of recommendations?"""
    lines = [line for cell in row.cells for line in cell.lines]
    text = join_lines(lines)
    if not text or read_label(lines).label or _GRADE.match(text):
        return False
    if _LABELLED.match(text) or is_agency(text, context):
        return True
    words = plain(text)
    short = len(words.split()) <= 12
    about = heading_words("overview", words) or heading_words("agency", words)
    named = section_agency(lines, context)[0] is not None
    return short and "recommendations" in words.split() and (about or named)
