"""The lines of a form to rows of a label and a value, and those to fragments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from actionplan.extract.find import FoundPage
from actionplan.extract.form_labels import Label, LabelFinder, common_start
from actionplan.extract.form_settings import FormSettings
from actionplan.extract.fragments import FragmentCell, TableFragment
from actionplan.extract.layout import PageLayout
from actionplan.extract.lines import build_lines, word_table
from actionplan.schemas.tables import Line

_SLACK = 2.0  # points that a value may begin left of its label
_OFF = 6.0  # points off its column at which a value begins that follows its label at once
_LABEL_SHARE = 0.25  # share of the width that labels take where values have no column of their own


@dataclass(slots=True)
class FormRow:
    """Word indices of a label and of its value; `top` is where the row begins, points."""

    label: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """Where the two columns of a form stand.

    Attributes:
        xs: their edges, points.
        column: where most values begin.
        apart: they have a column of their own, so that words left of it are labels.
    """

    xs: tuple[float, float, float]
    column: float
    apart: bool

    def rows(
        self,
        page: FoundPage,
        lines: Sequence[tuple[Line, Label | None]],
        finder: LabelFinder,
    ) -> list[FormRow]:
        """Return the rows of a page; the first one has no label where a value goes on.

        Args:
            page: the page.
            lines: its lines, top to bottom, each with the label that it begins with.
            finder: tells whether two lines of labels are one phrase.
        """
        assert page.layout is not None
        rows: list[FormRow] = []
        beside: list[FormRow] = []  # labels side by side, whose values stand below them
        inline = False  # the value began right behind its label, not in the column of values
        for line, label in lines:
            if label is not None:
                parts = finder.parts(line, label, page.layout.words)
                rows += [FormRow(left, right, line.bbox[1]) for left, right in parts]
                alone = len(parts) > 1 and not any(right for _, right in parts)
                beside = rows[-len(parts) :] if alone else []
                inline = self._is_inline(page.layout, parts[-1][1])
                continue
            if beside:
                _share(beside, line, page.layout)
                continue
            left, right = ([], list(line.words)) if inline else self._split(page.layout, line)
            if rows and left and not right and not rows[-1].value:
                # Below a label that stands alone: the rest of the label, or the value.
                whole = (page.layout.words.text[word] for word in (*rows[-1].label, *left))
                inline = finder.key(" ".join(whole)) is None
                left, right = ([], left) if inline else (left, right)
            if not rows or self._begins(page.layout, left, right):
                rows.append(FormRow(top=line.bbox[1]))
            rows[-1].label += left
            rows[-1].value += right
        return _whole_labels(rows, page.layout, finder) if self.apart else rows

    def _is_inline(self, layout: PageLayout, value: Sequence[int]) -> bool:
        start = layout.words.boxes[value[0], 0] if value else self.column
        return self.apart and bool(abs(start - self.column) > _OFF)

    def _split(self, layout: PageLayout, line: Line) -> tuple[list[int], list[int]]:
        if not self.apart:
            return [], list(line.words)
        left = [word for word in line.words if layout.words.boxes[word, 2] <= self.xs[1] + 1]
        return left, [word for word in line.words if word not in left]

    def _begins(self, layout: PageLayout, left: list[int], right: list[int]) -> bool:
        """Does a line without a known label begin a row? It has words in both columns."""
        return bool(left and right) and not layout.words.text[left[0]][:1].islower()


def _share(rows: Sequence[FormRow], line: Line, layout: PageLayout) -> None:
    """Give each word of a line to the label above it."""
    starts = [float(layout.words.boxes[row.label[0], 0]) for row in rows]
    for word in line.words:
        x = float(layout.words.boxes[word, 0]) + _SLACK
        place = max((k for k, start in enumerate(starts) if start <= x), default=0)
        rows[place].value.append(word)


def _whole_labels(rows: list[FormRow], layout: PageLayout, finder: LabelFinder) -> list[FormRow]:
    """Join rows whose labels are one phrase: "Target date for" above "completion"."""
    out: list[FormRow] = []
    for row in rows:
        if out and out[-1].label and row.label:
            above, below = (
                " ".join(layout.words.text[word] for word in part.label) for part in (out[-1], row)
            )
            whole = finder.key(below) is not None and not below[0].islower()
            if not whole and not above.endswith(":") and finder.key(f"{above} {below}"):
                out[-1].label += row.label
                out[-1].value += row.value
                continue
        out.append(row)
    return out


def value_side(
    lines: Iterable[tuple[FoundPage, Line, Label | None]],
    finder: LabelFinder,
    settings: FormSettings,
) -> Side:
    """Return the columns of a form: values may begin at one place, or each behind its label.

    Args:
        lines: the form's lines with their pages, and the labels that they begin with.
        finder: finds further labels in a line; one with several says nothing of a column.
        settings: thresholds.
    """
    starts: list[float] = []
    ends: list[float] = []
    left, right = float("inf"), float("-inf")
    for page, line, label in lines:
        left, right = min(left, line.bbox[0]), max(right, line.bbox[2])
        if label is None or page.layout is None or label.words >= len(line.words):
            continue
        if len(finder.parts(line, label, page.layout.words)) > 1:
            continue
        boxes = page.layout.words.boxes
        starts.append(float(boxes[line.words[label.words], 0]))
        ends.append(float(boxes[line.words[label.words - 1], 2]))
    column, share = common_start(starts, settings.aligned)
    widths = common_start(ends, settings.aligned)[1]
    apart = len(starts) > 1 and share >= settings.side_share and widths < share
    middle = column - settings.pad / 2 if apart else left + _LABEL_SHARE * (right - left)
    return Side((left - settings.pad, middle, right + settings.pad), column, apart)


def fragment(page: FoundPage, rows: Sequence[FormRow], side: Side, *, last: bool) -> TableFragment:
    """Return the rows of one page as a fragment; one that is not the `last` is open below."""
    assert page.layout is not None
    table = word_table(page.layout)
    rank = {word: k for k, word in enumerate(table.order)}
    bottom = max(
        float(page.layout.words.boxes[word, 3]) for row in rows for word in (*row.label, *row.value)
    )
    ys = [*(row.top - 1 for row in rows), bottom + 1]
    cells = [
        [
            FragmentCell(
                r, c, 1, 1, (side.xs[c], ys[r], side.xs[c + 1], ys[r + 1]),
                build_lines(table, sorted(words, key=rank.__getitem__)) if words else [],
            )
            for c, words in enumerate((row.label, row.value))
        ]
        for r, row in enumerate(rows)
    ]  # fmt: skip
    return TableFragment(
        page.page, list(side.xs), ys, cells, open_top=not rows[0].label, open_bottom=not last
    )


def insert(page: FoundPage, fragments: Sequence[TableFragment]) -> None:
    """Put fragments among the tables of a page, and take their words out of the other lines."""
    taken = {
        word
        for part in fragments
        for row in part.rows
        for cell in row
        for line in cell.lines
        for word in line.words
    }
    page.outside = [line for line in page.outside if not taken.issuperset(line.words)]
    page.tables = sorted([*page.tables, *fragments], key=lambda table: table.ys[0])
