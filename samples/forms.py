"""Forms: a table printed as one block a row, labels down the side instead of a header above.

A table with ``form = "ruled"`` (a grid of labels and values) or ``form = "plain"`` (lines that
begin with a label) is written in its source like any other, one row a recommendation. `layout`
names the keys of each printed line, as in ``[["rec"], ["do"], ["who", "by"]]``; the printed labels
are the table's `columns`. A row's `heading` is a line over its block, or, with ``title = true``,
the block's first row.
"""

from __future__ import annotations

from samples.source import Para, Row, Table


def unfold(table: Table) -> list[Table]:
    """Return the printed tables of `table`: itself, or one block a row of a form."""
    if "form" not in table.says:
        return [table]
    blocks = [block(table, row, first=at == 0) for at, row in enumerate(table.rows)]
    if table.says.get("one_table"):
        rows = [row for each in blocks for row in each.rows]
        return [Table(blocks[0].columns, blocks[0].keys, blocks[0].widths, rows, blocks[0].says)]
    return blocks


def block(table: Table, row: Row, first: bool) -> Table:
    """Return the printed table of one row of a form."""
    layout: list[list[str]] = table.says["layout"]
    count = 2 * max(map(len, layout))
    keys = [f"c{at}" for at in range(count)]
    heading = row.says.get("heading", "")
    rows = [Row({}, {"band": heading})] if heading and table.says.get("title") else []
    rows += [line(table, row, names, keys) for names in layout]
    says = {
        "form": table.says["form"],
        "header": False,
        "section": table.says.get("section", ""),
        "before": table.says.get("before", []) if first else [],
        "new_page": table.says.get("new_page") if first else table.says.get("page_each"),
        "label_shade": table.says.get("label_shade", ""),
    }
    if heading and not table.says.get("title"):
        says["before"] = [*says["before"], f"# {heading}"]
        says["section"] = heading
    return Table([""] * count, keys, table.says["form_widths"], rows, says)


def line(table: Table, row: Row, names: list[str], keys: list[str]) -> Row:
    """Return one printed line: label, value, and a second pair where `names` has two keys."""
    cells: dict[str, list[Para]] = {key: [] for key in keys}
    for at, name in enumerate(names):
        label = table.columns[table.keys.index(name)]
        cells[keys[2 * at]] = [Para(printed=part) for part in label.split("\n")]
        cells[keys[2 * at + 1]] = row.cells[name]
    last = keys[2 * len(names) - 1]
    rest = len(keys) - 2 * len(names)
    labels = [keys[2 * at] for at in range(len(names))]
    return Row(cells, {"across": {last: rest + 1} if rest else {}, "labels": labels})
