"""Forms that nothing rules: labels down the side, or before their values, become a table.

"Lead: Head of Housing" is a row of two cells. A form is told by its labels: the caller's phrases,
different ones, that come back block by block, or stand with a row's own label ("Recommendation 3").
Its rows are the fragment of a table of two columns; pages are joined as those of ruled tables are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from actionplan.extract.find import FoundPage
from actionplan.extract.form_labels import NUMBERED, Label, LabelFinder, common_start
from actionplan.extract.form_pairs import dissolve
from actionplan.extract.form_rows import fragment, insert, value_side
from actionplan.extract.form_settings import FormSettings
from actionplan.extract.fragments import TableFragment
from actionplan.schemas.tables import Line, TableHints

_GROUND = 0.9  # share of the page's height from which a shade is no card
_TITLE_WORDS = 12  # words; a longer line is no heading over a block

Place = tuple[int, int]  # index of the page, index of the line outside its tables


@dataclass(slots=True)
class Run:
    """Labels that follow each other without a heading or a table between.

    Attributes:
        places: where they stand.
        labels: what they are; a heading of the block ("Recommendation 3") comes first.
        unknown: further labels, which no phrase of the caller names.
        stop: where the next run begins, if one follows.
    """

    places: list[Place] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    unknown: dict[Place, Label] = field(default_factory=dict)
    stop: Place | None = None


def find_forms(
    pages: Sequence[FoundPage],
    hints: TableHints,
    settings: FormSettings | None = None,
    running: Mapping[int, list[Line]] | None = None,
) -> None:
    """Turn the forms among the lines outside tables into fragments.

    Args:
        pages: all pages in order, running lines taken out; `tables` and `outside` of those that
            hold a form are changed in place.
        hints: the caller's phrases, which are the labels, and the pattern of a row's own label.
        settings: thresholds.
        running: running lines by page number; labels at the top of each page's form come back out
            of them.
    """
    settings = settings or FormSettings()
    finder = LabelFinder(hints, settings)
    marks = _phrase_marks(pages, finder)
    if marks:
        loosened = dissolve(pages, {p for p, _ in marks}, finder)
        if _take_back(pages, marks, running or {}, finder, settings) or loosened:
            marks = _phrase_marks(pages, finder)
    if len({key for label in marks.values() for key in label.keys}) < settings.fields_numbered:
        return
    marks.update(_numbered_marks(pages, marks, finder))
    counts = Counter(key for label in marks.values() for key in label.keys)
    back = sum(count > 1 for count in counts.values())
    if NUMBERED not in counts and (len(counts) < settings.fields or back < settings.repeated):
        return
    runs = [run for run in _runs(pages, marks, settings) if _is_form(run, counts, settings)]
    _add_unknown(pages, runs, finder, settings)
    found: dict[int, list[TableFragment]] = defaultdict(list)
    for run in runs:
        for page, piece in _fragments(pages, run, finder, settings):
            found[page].append(piece)
    for page, fragments in found.items():
        insert(pages[page], fragments)


def _phrase_marks(pages: Sequence[FoundPage], finder: LabelFinder) -> dict[Place, Label]:
    return {
        (p, k): label
        for p, page in enumerate(pages)
        if page.layout is not None
        for k, line in enumerate(page.outside)
        if finder.may_begin(line) and (label := finder.label(line, page.layout.words))
    }


def _take_back(
    pages: Sequence[FoundPage],
    marks: dict[Place, Label],
    running: Mapping[int, list[Line]],
    finder: LabelFinder,
    settings: FormSettings,
) -> bool:
    """Take labels back that stand at one height on each page, and so were running lines."""
    found = False
    for p in {p for p, _ in marks}:
        page = pages[p]
        first = _line(pages, min(place for place in marks if place[0] == p))
        for line in list(running.get(page.page, ())):
            alike = (line.bold, line.size) == (first.bold, first.size)
            aligned = abs(line.bbox[0] - first.bbox[0]) <= settings.aligned
            height = line.bbox[3] - line.bbox[1]
            below = [x for x in page.outside if 0 < x.bbox[1] - line.bbox[1] < 2 * height]
            if alike and aligned and below and finder.key(line.text):
                running[page.page].remove(line)
                page.outside = sorted([*page.outside, line], key=lambda item: item.bbox[1])
                found = True
    return found


def _numbered_marks(
    pages: Sequence[FoundPage], marks: dict[Place, Label], finder: LabelFinder
) -> dict[Place, Label]:
    """Rows' own labels, on pages with known labels and the pages before them."""
    near = {p for p, _ in marks}
    return {
        (p, k): label
        for p in sorted(near | {p - 1 for p in near if p})
        if (layout := pages[p].layout) is not None
        for k, line in enumerate(pages[p].outside)
        if (label := finder.numbered(line, layout.words))
    }


def _runs(
    pages: Sequence[FoundPage], marks: dict[Place, Label], settings: FormSettings
) -> Iterator[Run]:
    """Labels in one column, parted where a heading, a table or another page stands between."""
    lines = [_line(pages, place) for place in marks]
    column, _ = common_start([line.bbox[0] for line in lines], settings.aligned)
    bold = 2 * sum(bool(line.bold_lead) for line in lines) > len(lines)
    run = Run()
    for place in sorted(marks):
        line, label = _line(pages, place), marks[place]
        aligned = abs(line.bbox[0] - column) <= settings.aligned
        # Where labels are bold, one may be indented: it was wrapped, or set behind a tab.
        if not aligned and label.key != NUMBERED and not (bold and line.bold_lead):
            continue
        titled = label.key == NUMBERED and _names_block(pages, place, marks)
        if run.places and (titled or _parted(pages, run, place, label, settings)):
            run.stop = place
            yield run
            run = Run()
        run.labels.append(label)
        if not titled:
            run.places.append(place)
    if run.places:
        yield run


def _names_block(pages: Sequence[FoundPage], place: Place, marks: dict[Place, Label]) -> bool:
    """Is a row's own label the heading of a block, set off over the first of its labels?"""
    line, below = _line(pages, place), (place[0], place[1] + 1)
    if below[1] == len(pages[below[0]].outside):
        below = place[0] + 1, 0
    if below not in marks or marks[below].key == NUMBERED:
        return False
    return line.bold or line.size > _line(pages, below).size


def _parted(
    pages: Sequence[FoundPage], run: Run, place: Place, label: Label, settings: FormSettings
) -> bool:
    """Does something stand between the last label of `run` and the next one?"""
    last = run.places[-1]
    if place[0] > last[0] + 1 or _table_between(pages, last, place):
        return True
    size = _text_size(pages, last)
    between = list(_between(pages, last, place))
    if any(_line(pages, other).size > settings.larger * size for other in between):
        return True
    opens = label.key in (NUMBERED, run.labels[-len(run.places)].key)
    return bool(between) and opens and _is_title(_line(pages, between[-1]))


def _text_size(pages: Sequence[FoundPage], place: Place) -> float:
    """Size of a label or of the value below it: labels above their values may be smaller."""
    line = _line(pages, place)
    below = pages[place[0]].outside[place[1] + 1 : place[1] + 2]
    return max([line.size, *(other.size for other in below if not other.bold)])


def _is_title(line: Line) -> bool:
    return line.bold and len(line.words) <= _TITLE_WORDS and not line.text.endswith(".")


def _table_between(pages: Sequence[FoundPage], one: Place, other: Place) -> bool:
    low, high = _line(pages, one).bbox[3], _line(pages, other).bbox[1]
    if one[0] == other[0]:
        return any(low - 2 <= table.ys[0] <= high for table in pages[one[0]].tables)
    below = any(table.ys[0] >= low - 2 for table in pages[one[0]].tables)
    return below or any(table.ys[0] <= high for table in pages[other[0]].tables)


def _between(pages: Sequence[FoundPage], one: Place, other: Place) -> Iterator[Place]:
    """Places of the lines between two others."""
    if one[0] == other[0]:
        yield from ((one[0], k) for k in range(one[1] + 1, other[1]))
        return
    yield from ((one[0], k) for k in range(one[1] + 1, len(pages[one[0]].outside)))
    yield from ((other[0], k) for k in range(other[1]))


def _line(pages: Sequence[FoundPage], place: Place) -> Line:
    return pages[place[0]].outside[place[1]]


def _is_form(run: Run, counts: Counter[str], settings: FormSettings) -> bool:
    """Are there enough different labels, of which some come back in the document?"""
    keys = {key for label in run.labels for key in label.keys}
    if NUMBERED in keys:
        return len(keys) >= settings.fields_numbered
    return len(keys) >= settings.fields and sum(counts[key] > 1 for key in keys) > 1


def _fragments(
    pages: Sequence[FoundPage], run: Run, finder: LabelFinder, settings: FormSettings
) -> Iterator[tuple[int, TableFragment]]:
    """The pieces of a run, one for each of its pages."""
    places = [*_places(pages, run), *_tail(pages, run, settings)]
    labels = {**dict(zip(run.places, run.labels[-len(run.places) :], strict=True)), **run.unknown}
    lines = [(_line(pages, place), labels.get(place)) for place in places]
    placed = list(zip(places, lines, strict=True))
    side = value_side([(pages[p], *item) for (p, _), item in placed], finder, settings)
    for page in dict.fromkeys(p for p, _ in places):
        rows = side.rows(pages[page], [item for (p, _), item in placed if p == page], finder)
        yield page, fragment(pages[page], rows, side, last=page == places[-1][0])


def _places(pages: Sequence[FoundPage], run: Run) -> list[Place]:
    """All lines from the first label of a run to the last."""
    places = [run.places[0]]
    for one, other in pairwise(run.places):
        places += [*_between(pages, one, other), other]
    return places


def _tail(pages: Sequence[FoundPage], run: Run, settings: FormSettings) -> Iterator[Place]:
    """The lines of the last value: up to a heading, a table, or a gap that values do not have.

    On the next page it goes on before another block, or in mid-sentence.
    """
    page, at = run.places[-1]
    above = label = _line(pages, (page, at))
    size = _text_size(pages, (page, at))
    begun = not run.labels[-1].alone  # the value stands behind the label, not below it
    gaps = run.stop is not None or _has_gaps(pages, run, settings)
    foot = _card_foot(pages[page], label)
    end = _next_table(pages[page], label.bbox[1])
    for k in range(at + 1, len(pages[page].outside)):
        line = _line(pages, (page, k))
        if (page, k) == run.stop or line.bbox[3] > end:
            return
        free = gaps or not begun or line.bbox[3] <= foot
        if _ends(line, above, label, size, free, settings):
            return
        yield page, k
        above, begun = line, True
    if page + 1 == len(pages) or end < pages[page].height:
        return
    sure = run.stop is not None and run.stop[0] == page + 1
    end = _next_table(pages[page + 1], 0.0)
    for k, line in enumerate(pages[page + 1].outside):
        if (page + 1, k) == run.stop or line.bbox[3] > end:
            return
        if not k and not sure and (above.text.endswith((".", ":")) or not line.text[0].islower()):
            return
        if _ends(line, above if k else label, label, size, sure, settings):
            return
        yield page + 1, k
        above = line


def _next_table(page: FoundPage, top: float) -> float:
    """Where the first table below `top` begins; the page's height without one."""
    return min((table.ys[0] for table in page.tables if table.ys[0] > top), default=page.height)


def _card_foot(page: FoundPage, label: Line) -> float:
    """Where the shade or frame behind a label ends, a page's ground left out; 0 without one."""
    boxes = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in page.frames]
    boxes += page.layout.fills.tolist() if page.layout is not None else []
    x0, y0, x1, y1 = label.bbox
    return max(
        (
            bottom
            for left, top, right, bottom in boxes
            if left <= x0 and top <= y0 and right >= x1 and bottom >= y1
            if bottom - top < _GROUND * page.height
        ),
        default=0.0,
    )


def _has_gaps(pages: Sequence[FoundPage], run: Run, settings: FormSettings) -> bool:
    """Do values before the last one hold paragraphs that stand apart?"""
    for one, other in pairwise(run.places):
        lines = [_line(pages, place) for place in (one, *_between(pages, one, other))]
        for above, line in pairwise(lines[1:]):
            if above.page == line.page and _apart(line, above, settings):
                return True
    return False


def _ends(
    line: Line, above: Line, label: Line, size: float, gaps: bool, settings: FormSettings
) -> bool:
    """Does `line` begin something else than the value above it, whose text is of `size`?"""
    if line.size > settings.larger * size or line.bbox[2] < label.bbox[0]:
        return True
    apart = _apart(line, above, settings)
    title = line.bold and len(line.words) <= _TITLE_WORDS
    return apart and (title or not gaps)


def _apart(line: Line, above: Line, settings: FormSettings) -> bool:
    height = line.bbox[3] - line.bbox[1]
    return line.bbox[1] - above.bbox[3] > settings.paragraph * height


def _add_unknown(
    pages: Sequence[FoundPage], runs: Sequence[Run], finder: LabelFinder, settings: FormSettings
) -> None:
    """Add the labels that no phrase names: they stand and look like the others, and come back."""
    known = [_line(pages, place) for run in runs for place in run.places]
    column, _ = common_start([line.bbox[0] for line in known], settings.aligned)
    bold = 2 * sum(bool(line.bold_lead) for line in known) > len(known)
    for run in runs:
        taken = set(run.places)
        for place in [*_places(pages, run), *_tail(pages, run, settings)]:
            line = _line(pages, place)
            alike = bool(line.bold_lead) == bold
            if place in taken or not alike or abs(line.bbox[0] - column) > settings.aligned:
                continue
            if label := finder.unknown(line):
                run.unknown[place] = label
    counts = Counter(label.key for run in runs for label in run.unknown.values())
    for run in runs:
        run.unknown = {p: label for p, label in run.unknown.items() if counts[label.key] > 1}
