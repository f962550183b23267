"""Charts as inline SVG that keeps its type size at any width, each with the table behind it.

Lengths across are shares of the width, so a chart shrinks without shrinking its labels, which are
text beside the drawing. Who does not see a chart hears its text and can open its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from actionplan.normalise.report.figures import Group, Period
from actionplan.normalise.report.markup import Markup, element
from actionplan.normalise.report.settings import SETTINGS
from actionplan.normalise.report.tables import Cell, data_table
from actionplan.normalise.report.words import STATUSES, count, share

_BAR = 18  # height of a bar, pixels
_HEIGHT = 180  # of a column chart, pixels
_GAP = 0.2  # share of a column's room left empty


class Chart(NamedTuple):
    """What a chart says in words.

    Attributes:
        id: of its heading.
        title: what is shown.
        note: how it was counted.
    """

    id: str
    title: str
    note: str = ""


def bar_chart(chart: Chart, groups: Sequence[Group], whole: int, what: str) -> Markup:
    """Return a chart of a bar for each of `groups`, parted by status, and the table behind it.

    Args:
        chart: its words.
        groups: all groups; the first ones get bars.
        whole: recommendations in all, for shares.
        what: one group is, as in "agency".
    """
    shown = groups[: SETTINGS.bars]
    most = max((group.total for group in groups), default=0)
    rows = [_bar(group, most) for group in shown]
    columns = [what.capitalize(), "Recommendations", "Share", *STATUSES.values(), "Documents"]
    table: list[list[Cell]] = [
        [
            group.label,
            group.total,
            share(group.total, whole),
            *(group.statuses.get(name, 0) for name in STATUSES),
            group.documents,
        ]
        for group in groups
    ]
    drawing = element("div", *rows, class_="bars", role="img", aria_label=_said(chart, shown))
    more = f"The {len(shown)} largest of {len(groups)}." if len(shown) < len(groups) else ""
    chart = chart._replace(note=" ".join(part for part in (more, chart.note) if part))
    return _figure(chart, [status_key(), drawing], columns, table)


def status_chart(chart: Chart, groups: Sequence[Group], whole: int) -> Markup:
    """Return a chart of a bar for each status, and the table behind it."""
    most = max((group.total for group in groups), default=0)
    rows = [_bar(group, most, share(group.total, whole)) for group in groups]
    drawing = element("div", *rows, class_="bars", role="img", aria_label=_said(chart, groups))
    table: list[list[Cell]] = [
        [group.label, group.total, share(group.total, whole)] for group in groups
    ]
    return _figure(chart, [drawing], ["Status", "Recommendations", "Share"], table)


def plain_bars(chart: Chart, bars: Sequence[tuple[str, int]], what: str) -> Markup:
    """Return a chart of a bar for each of `bars`, and the table behind it."""
    whole = sum(number for _, number in bars)
    groups = [Group(label, {"completed": number}, 0) for label, number in bars]
    most = max((number for _, number in bars), default=0)
    rows = [_bar(group, most, share(group.total, whole)) for group in groups]
    drawing = element("div", *rows, class_="bars", role="img", aria_label=_said(chart, groups))
    table: list[list[Cell]] = [[label, number, share(number, whole)] for label, number in bars]
    return _figure(chart, [drawing], [what, "Recommendations", "Share"], table)


def column_chart(chart: Chart, found: Sequence[Period], names: Sequence[str]) -> Markup:
    """Return a chart of columns over time, for each series of `names`, and the table behind it."""
    top = _round_up(max(value for one in found for value in one.values))
    drawing = element(
        "div",
        _scale(top),
        element("div", _columns(found, top), class_="plot"),
        class_="columns",
        role="img",
        aria_label=_told(chart, found, names),
    )
    key = _key((f"c{at}", name) for at, name in enumerate(names)) if len(names) > 1 else None
    table: list[list[Cell]] = [[one.label, *one.values] for one in found]
    return _figure(chart, [key, drawing], ["Time", *names], table)


def status_key() -> Markup:
    """Return the key of the statuses' colours."""
    return _key((f"s-{name}", label) for name, label in STATUSES.items())


def _key(entries: Iterable[tuple[str, str]]) -> Markup:
    items = [
        element("li", _swatch(name), element("span", label, class_="key-label"))
        for name, label in entries
    ]
    return element("ul", *items, class_="key")


def _swatch(name: str) -> Markup:
    box = element("rect", x=1, y=1, width=14, height=14, class_=name)
    return element("svg", box, width=16, height=16, aria_hidden="true", focusable="false")


def _figure(
    chart: Chart,
    drawing: Sequence[Markup | None],
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> Markup:
    heading = element("h3", chart.title, id=chart.id)
    note = element("p", chart.note, class_="note") if chart.note else None
    table = data_table(chart.title, columns, rows)
    behind = element("details", element("summary", f"Figures: {chart.title}"), table)
    return element("div", heading, note, drawing, behind, class_="chart")


def _bar(group: Group, most: int, more: str = "") -> Markup:
    """A bar: its label, its parts, its number."""
    start, parts = 0.0, []
    for name in STATUSES:
        number = group.statuses.get(name, 0)
        if number:
            width = 100 * number / most
            title = element("title", f"{STATUSES[name]}: {number:,}")
            parts.append(
                element(
                    "rect",
                    title,
                    x=_percent(start),
                    y=0,
                    width=_percent(width),
                    height=_BAR,
                    class_=f"s-{name}",
                )
            )
            start += width
    drawn = element("svg", parts, width="100%", height=_BAR, focusable="false")
    total = element("span", f"{group.total:,}", class_="n")
    extra = element("span", more, class_="share") if more else None
    return element(
        "div",
        element("span", group.label, class_="name", dir="auto"),
        element("span", drawn, class_="track"),
        element("span", total, extra, class_="value"),
        class_="bar",
    )


def _columns(found: Sequence[Period], top: int) -> list[Markup]:
    room = 100 / len(found)
    lines = [
        element("line", x1="0%", x2="100%", y1=y, y2=y, class_="grid")
        for y in (0.5, _HEIGHT / 2, _HEIGHT - 0.5)
    ]
    bars = []
    for at, one in enumerate(found):
        width = room * (1 - _GAP) / len(one.values)
        for place, value in enumerate(one.values):
            left = at * room + room * _GAP / 2 + place * width
            bars.append(_column(left, width, value / top, f"c{place}", f"{one.label}: {value:,}"))
    ticks = _ticks(found, room)
    drawn = element("svg", lines, bars, ticks, width="100%", height=_HEIGHT + 24, focusable="false")
    return [drawn]


def _ticks(found: Sequence[Period], room: float) -> list[Markup]:
    """Names below the columns; on small screens every second one is left out."""
    named = [(at, one.tick) for at, one in enumerate(found) if one.tick]
    return [
        element(
            "text",
            name,
            x=_percent((at + 0.5) * room),
            y=_HEIGHT + 18,
            class_="tick other" if place % 2 else "tick",
        )
        for place, (at, name) in enumerate(named)
    ]


def _column(left: float, width: float, part: float, name: str, title: str) -> Markup | None:
    if not part:
        return None
    height = max(1.0, part * _HEIGHT)
    return element(
        "rect",
        element("title", title),
        x=_percent(left),
        y=_number(_HEIGHT - height),
        width=_percent(width),
        height=_number(height),
        class_=name,
    )


def _scale(top: int) -> Markup:
    """The numbers beside the grid: nothing, half, all."""
    texts = [
        element("text", f"{value:,}", x="100%", y=y, class_="mark")
        for value, y in ((top, 10), (top // 2, _HEIGHT / 2 + 4), (0, _HEIGHT))
    ]
    return element("svg", texts, width=44, height=_HEIGHT + 24, class_="scale", focusable="false")


def _round_up(value: int) -> int:
    """The next even number of one digit and zeros, so that its half is whole."""
    unit = 1
    while unit * 10 < value:
        unit *= 10
    return -(-max(value, 1) // (2 * unit)) * 2 * unit


def _said(chart: Chart, groups: Sequence[Group]) -> str:
    """What a bar chart shows, for those who do not see it."""
    first = [f"{group.label} {group.total:,}" for group in groups[: SETTINGS.summary]]
    rest = len(groups) - len(first)
    more = f", and {count(rest, 'more bar')}" if rest > 0 else ""
    return f"Bar chart. {chart.title}: {'; '.join(first)}{more}."


def _told(chart: Chart, found: Sequence[Period], names: Sequence[str]) -> str:
    """What a column chart shows, for those who do not see it."""
    parts = []
    for place, name in enumerate(names):
        total = sum(one.values[place] for one in found)
        peak = max(found, key=lambda one: one.values[place])
        parts.append(f"{name} {total:,}, most in {peak.label} ({peak.values[place]:,})")
    span = f"from {found[0].label} to {found[-1].label}"
    return f"Column chart. {chart.title}, {span}: {'; '.join(parts)}."


def _percent(value: float) -> str:
    return f"{_number(value)}%"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
