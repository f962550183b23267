"""Tables of figures: a caption, headings that say what they head, room to scroll."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.report.markup import Markup, element

Cell = str | int | Markup


def data_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, headed: bool = False
) -> Markup:
    """Return a table whose first column heads its rows; numbers stand at the right.

    It scrolls by itself where it is wider than the page, with the keyboard, too.

    Args:
        caption: of the table.
        columns: their headings.
        rows: a cell for each column.
        headed: a heading above says the same as the caption, which is then for the ear alone.
    """
    numbers = [any(isinstance(row[at], int) for row in rows) for at in range(len(columns))]
    heads = [
        element("th", name, scope="col", class_="number" if right else None)
        for name, right in zip(columns, numbers, strict=True)
    ]
    body = [element("tr", [_cell(at, one) for at, one in enumerate(row)]) for row in rows]
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", heads)),
        element("tbody", body),
        class_="headed" if headed else None,
    )
    return element(
        "div", table, class_="scroll", role="region", aria_label=f"Table: {caption}", tabindex=0
    )


def _cell(at: int, value: Cell) -> Markup:
    text = f"{value:,}" if isinstance(value, int) else value
    if at == 0:
        return element("th", text, scope="row", dir="auto")
    right = isinstance(value, int) or value.endswith("%")
    return element("td", text, class_="number" if right else None, dir=None if right else "auto")
