"""The parts of a form to blocks, and blocks to the rows of a grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actionplan.normalise.columns import UNKNOWN, plain
from actionplan.normalise.form_rows import Band, Entry, Inset, Part
from actionplan.schemas.tables import Cell, Column, Join, Line, LogicalTable, Region, Row

_ACTIONS = frozenset({"action", "action_agency"})
_OVER = frozenset({"agency", "theme"})  # fields that may stand over several blocks
_SENTENCE = 8  # words from which a value without a known label may be the recommendation

# A column of the grid: of the block (0) or of its actions (1), its label, how often it came before.
Key = tuple[int, str, int]


@dataclass(slots=True)
class Block:
    """What a form says of one recommendation; `bands` stand above it."""

    entries: list[Entry] = field(default_factory=list)
    insets: list[Inset] = field(default_factory=list)
    bands: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _GridRow:
    cells: dict[Key, Cell]
    confidence: float
    places: list[tuple[int, int]]
    block: int


def grid_of(
    parts: Sequence[Part], heading: Sequence[Line], tables: Mapping[int, LogicalTable]
) -> LogicalTable:
    """Return a form as a table with a column for each label and a row for each block or action.

    Args:
        parts: what the form's tables hold, in reading order.
        heading: lines that name the form.
        tables: its tables by their place in the document.
    """
    blocks = blocks_of(parts)
    columns: dict[Key, Column] = {}
    rows: list[_GridRow | Row] = []
    for number, block in enumerate(blocks):
        rows += block.bands
        rows += _rows(block, number, columns)
    order = sorted(columns, key=lambda key: (key[0], not _is_number(columns[key])))
    return LogicalTable(
        columns=[columns[key] for key in order],
        rows=[_row(row, order) for row in rows],
        heading=list(heading),
        pages=sorted({page for table in tables.values() for page in table.pages}),
        joins=list(_joins(tables, rows)),
        confidence=min(table.confidence for table in tables.values()),
    )


def blocks_of(parts: Sequence[Part]) -> list[Block]:
    """Part a form at the labels of its recommendations; without any at those of its actions.

    What stands before the first of them ("Theme", "No.") begins the later blocks as well.
    """
    keys = _key_places(parts)
    prefix = {plain(p.label.header) for p in parts[: keys[0]] if isinstance(p, Entry)}
    starts = [0]
    for key in keys[1:]:
        start = key
        while start > starts[-1] + 1 and _leads_in(parts[start - 1], prefix):
            start -= 1
        starts.append(start)
    pieces = [parts[a:b] for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]
    return _lift_over([_block(piece) for piece in pieces])


def _key_places(parts: Sequence[Part]) -> list[int]:
    """Where blocks have their key; a numbered heading and the text below it are one."""
    entries = [(i, part) for i, part in enumerate(parts) if isinstance(part, Entry)]
    found = [(i, part) for i, part in entries if "recommendation" in part.field]
    found = found or [(i, part) for i, part in entries if part.field in _ACTIONS]
    keys: list[int] = []
    last: Entry | None = None
    for i, part in found:
        headed = last is not None and last.label.number and not part.label.number
        if not (headed and keys and keys[-1] == i - 1):
            keys.append(i)
        last = part
    return keys or [0]


def _leads_in(part: Part, prefix: set[str]) -> bool:
    return isinstance(part, Band) or (
        isinstance(part, Entry) and plain(part.label.header) in prefix
    )


def _block(parts: Sequence[Part]) -> Block:
    block = Block()
    for part in parts:
        if isinstance(part, Band):
            block.bands.append(part.row)
        elif isinstance(part, Inset):
            block.insets.append(part)
        else:
            block.entries.append(part)
    _name_text(block)
    return block


def _name_text(block: Block) -> None:
    """Give a block its recommendation where its heading is a number alone, or a number and a title.

    "Recommendation 3: Training" above "Recommendation: The Board should ..." names a theme; below
    "Recommendation 3" alone the text may have a label that is not known.
    """
    own = [entry for entry in block.entries if entry.field == "recommendation"]
    if len(own) > 1 and own[0].label.number and own[0].cell.lines:
        title = own[0]
        theme = title.label._replace(header="Theme", field="theme", number=None, lines=())
        alone = title.label._replace(lines=_number_lines(title), value=())
        block.entries.insert(0, Entry(theme, title.cell, title.rows, title.confidence))
        empty = Cell([], list(title.cell.regions))
        block.entries[block.entries.index(title)] = Entry(alone, empty, title.rows)
    elif own and not any(entry.cell.lines for entry in own):
        for entry in block.entries:
            if entry.field == UNKNOWN and len(entry.cell.text.split()) >= _SENTENCE:
                entry.label = own[0].label._replace(number=None, lines=(), value=())
                break


def _number_lines(entry: Entry) -> tuple[Line, ...]:
    """The label's lines without the title behind the number."""
    cut = len(entry.label.lines) - len(entry.label.value)
    if cut > 0:
        return entry.label.lines[:cut]
    line = entry.label.lines[0]
    text = line.text[: len(line.text) - len(entry.label.value[0].text)].strip()
    return (replace(line, text=text),)


def _lift_over(blocks: list[Block]) -> list[Block]:
    """Turn an agency or a theme that most blocks do not have into a band over the blocks."""
    held = Counter(name for block in blocks for name in {e.field for e in block.entries} & _OVER)
    for name in [name for name in _OVER if 0 < held[name] * 2 <= len(blocks) and len(blocks) > 1]:
        for number, block in enumerate(blocks):
            for entry in [entry for entry in block.entries if entry.field == name]:
                below = block.entries[-1] is entry and number + 1 < len(blocks)
                block.entries.remove(entry)
                lines = [*entry.label.lines, *entry.cell.lines]
                if entry.label.value:
                    lines = list(entry.label.lines)
                cell = Cell(list(dict.fromkeys(lines)), entry.cell.regions)
                (blocks[number + 1] if below else block).bands.append(Row([cell], kind="band"))
    return blocks


def _rows(block: Block, number: int, columns: dict[Key, Column]) -> list[_GridRow]:
    """The rows of a block: one, or one for each of its actions under merged cells."""
    head, items = _split(block.entries)
    rows = [_entry_row(entries, 1, number, columns) for entries in items]
    for inset in block.insets:
        rows += _inset_rows(inset, number, columns)
    top = _entry_row(head, 0, number, columns)
    if not rows:
        return [top]
    first = rows[0]
    first.places = [*top.places, *first.places]
    for key, cell in top.cells.items():
        first.cells[key] = replace(cell, rowspan=len(rows))
        for row in rows[1:]:
            row.cells[key] = Cell(covered=True)
    for row in rows:
        row.confidence = min(row.confidence, top.confidence)
    return rows


def _split(entries: Sequence[Entry]) -> tuple[list[Entry], list[list[Entry]]]:
    """Part what a block says once from what it says of each of several actions."""
    actions = [entry for entry in entries if entry.field in _ACTIONS]
    if len(actions) < 2:
        return list(entries), []
    times = Counter(entry.field for entry in entries)
    head: list[Entry] = []
    items: list[list[Entry]] = []
    for entry in entries:
        if entry.field in _ACTIONS:
            items.append([entry])
        elif items and times[entry.field] > 1:
            items[-1].append(entry)
        else:
            head.append(entry)
    return head, items


def _entry_row(
    entries: Sequence[Entry], level: int, block: int, columns: dict[Key, Column]
) -> _GridRow:
    cells: dict[Key, Cell] = {}
    seen: Counter[str] = Counter()
    for entry in entries:
        header = plain(entry.label.header)
        key = (level, header, seen[header])
        seen[header] += 1
        columns.setdefault(key, _column(entry))
        cells[key] = _value(entry)
    places = [place for entry in entries for place in entry.rows]
    return _GridRow(cells, min((e.confidence for e in entries), default=1.0), places, block)


def _value(entry: Entry) -> Cell:
    """The value; that of a numbered recommendation keeps its label, which gives the number."""
    label, cell = entry.label, entry.cell
    lines = [*label.lines, *cell.lines[len(label.value) :]] if label.number else list(cell.lines)
    return Cell(lines, list(cell.regions), fill=cell.fill)


def _inset_rows(inset: Inset, block: int, columns: dict[Key, Column]) -> Iterator[_GridRow]:
    seen: Counter[str] = Counter()
    keys: list[Key] = []
    for label in inset.labels:
        header = plain(label.header)
        keys.append((1, header, seen[header]))
        seen[header] += 1
        columns.setdefault(keys[-1], Column(label.header, list(label.lines)))
    for cells, place in zip(inset.rows, inset.places, strict=True):
        yield _GridRow(dict(zip(keys, cells, strict=False)), inset.confidence, [place], block)


def _column(entry: Entry) -> Column:
    x0 = min((region.bbox[0] for region in entry.cell.regions), default=0.0)
    x1 = max((region.bbox[2] for region in entry.cell.regions), default=0.0)
    return Column(entry.label.header, list(entry.label.lines), x0, x1)


def _is_number(column: Column) -> bool:
    return plain(column.header).split()[-1:] in (["number"], ["no"], ["ref"], ["reference"])


def _row(row: _GridRow | Row, order: Sequence[Key]) -> Row:
    if isinstance(row, Row):
        lines = [line for cell in row.cells for line in cell.lines]
        regions: list[Region] = [region for cell in row.cells for region in cell.regions]
        rest = (Cell(covered=True) for _ in order[1:])
        return Row([Cell(lines, regions, colspan=len(order)), *rest], kind="band")
    cells = [row.cells.get(key) or Cell() for key in order]
    return Row(cells, confidence=row.confidence)


def _joins(tables: Mapping[int, LogicalTable], rows: Sequence[_GridRow | Row]) -> Iterator[Join]:
    """The decisions at page breaks that the labels do not settle."""
    owner = {
        place: number
        for number, row in enumerate(rows)
        if isinstance(row, _GridRow)
        for place in row.places
    }
    for index, table in tables.items():
        for join in table.joins:
            above, below = owner.get((index, join.row)), owner.get((index, join.row + 1))
            if above is None:
                continue
            inside = below == above + 1 and _same_block(rows[above], rows[below])
            if join.joined or inside:
                yield replace(join, row=above)


def _same_block(one: _GridRow | Row, other: _GridRow | Row) -> bool:
    return isinstance(one, _GridRow) and isinstance(other, _GridRow) and one.block == other.block
