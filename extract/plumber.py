"""The second reader: pdfplumber builds the same page layouts as pdfium, by its own parser.

It is some thirty times slower, so it is asked where pdfium fails, or where a user wants both.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np

from actionplan.extract.errors import ReadError
from actionplan.extract.glyphs import clean_word
from actionplan.extract.layout import Floats, PageLayout, Words, box_array
from actionplan.extract.opinion_settings import SecondReaderSettings
from actionplan.extract.pdfium import is_bold_name
from actionplan.extract.read import visible_fills
from actionplan.extract.rules import Drawn, add_filled, merge_rules, on_shade
from actionplan.extract.settings import ReaderSettings
from actionplan.extract.sight import outside_page
from actionplan.extract.turns import Turn

PageBox = tuple[float, float, float, float]
_Char = Mapping[str, Any]
_Group = list[int]
_Colour = tuple[int, int, int]


class PlumberDocument:
    """A document opened with pdfplumber.

    Attributes:
        count: number of pages that it found.
    """

    def __init__(
        self,
        data: bytes,
        password: str | None = None,
        settings: ReaderSettings | None = None,
        second: SecondReaderSettings | None = None,
    ) -> None:
        """Open a PDF held in memory.

        Raises:
            ReadError: pdfplumber finds no page in it either.
        """
        import pdfplumber

        self._settings = settings or ReaderSettings()
        self._second = second or SecondReaderSettings()
        try:
            self._pdf = pdfplumber.open(io.BytesIO(data), password=password or "")
            self._pages = list(self._pdf.pages)
        except Exception as error:  # a parser of damaged bytes may raise anything
            raise ReadError("damaged", "the PDF is damaged and cannot be opened") from error
        self.count = len(self._pages)
        if not self.count:
            raise ReadError("damaged", "the PDF is damaged: it has no page that can be read")

    def layout(self, number: int) -> PageLayout | None:
        """Return the layout of page `number`, from 1; None where it cannot be read either."""
        if not 1 <= number <= self.count:
            return None
        page = self._pages[number - 1]
        try:
            return read_page(page, number, self._settings, self._second)
        except Exception:  # a parser of damaged bytes may raise anything
            return None
        finally:
            with suppress(Exception):
                page.close()

    def metadata(self, key: str) -> str | None:
        """Return an entry of the document's information ("Producer", "Title")."""
        value = self._pdf.metadata.get(key)
        return value.strip() or None if isinstance(value, str) else None

    def close(self) -> None:
        """Free what the parser holds."""
        with suppress(Exception):
            self._pdf.close()


def read_page(
    page: Any, number: int, settings: ReaderSettings, second: SecondReaderSettings
) -> PageLayout:
    """Read words, rules, fills and images of a pdfplumber page.

    Args:
        page: the page.
        number: its number, from 1.
        settings: what counts as a rule or a fill; the same as for the first reader.
        second: what makes a word of letters.
    """
    chars: list[_Char] = page.dedupe_chars(tolerance=second.double).chars
    turn = Turn(_frame(page), _reading_turn(chars))
    drawn = _drawn(page, settings)
    fills, colours = visible_fills(turn, drawn, settings)
    thin, paper = on_shade(turn.boxes(box_array(drawn.pale)), fills, settings)
    lines = np.concatenate((turn.boxes(box_array(drawn.lines)), thin))
    rules = merge_rules(lines, np.concatenate((fills, paper)), settings)
    boxes = turn.boxes(box_array([_box(char) for char in chars]))
    words = _words(chars, boxes, rules.vertical, turn.degrees, second)
    words.hidden = outside_page(words.boxes, turn.size)
    if words.hidden is not None:
        words.slanted |= words.hidden
    width, height = turn.size
    return PageLayout(
        page=number,
        width=width,
        height=height,
        turn=(int(page.rotation) + turn.degrees) % 360,
        words=words,
        rules=rules,
        fills=fills,
        fill_colours=colours,
        images=turn.boxes(box_array(drawn.images)),
    )


def _frame(page: Any) -> PageBox:
    """Left, bottom, right, top of the visible box, y up, in the space of `_box`.

    pdfplumber turns the objects of a page with /Rotate, but of its boxes only the sides.
    """
    mx0, my0, mx1, my1 = (float(value) for value in page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = (float(value) for value in page.page_obj.cropbox)
    x0, y0, x1, y1 = max(cx0, mx0), max(cy0, my0), min(cx1, mx1), min(cy1, my1)
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = mx0, my0, mx1, my1
    box = {
        90: (y0 - my0, mx1 - x1, y1 - my0, mx1 - x0),
        180: (mx1 - x1, my1 - y1, mx1 - x0, my1 - y0),
        270: (my1 - y1, x0 - mx0, my1 - y0, x1 - mx0),
    }.get(page.rotation, (x0 - mx0, y0 - my0, x1 - mx0, y1 - my0))
    left, bottom = float(page.mediabox[0]), -float(page.mediabox[3])
    return box[0] + left, box[1] + bottom, box[2] + left, box[3] + bottom


def _box(item: _Char) -> tuple[float, float, float, float]:
    """Box of an object with y up: pdfplumber counts from the top."""
    return float(item["x0"]), -float(item["bottom"]), float(item["x1"]), -float(item["top"])


def _angle(char: _Char) -> float:
    """Direction in which the letters run, in degrees against the clock."""
    a, b = char["matrix"][:2]
    return math.degrees(math.atan2(b, a))


def _reading_turn(chars: Sequence[_Char]) -> int:
    """The clockwise turn (0, 90, 180, 270) that makes most letters read upright."""
    votes = {0: 0, 90: 0, 180: 0, 270: 0}
    for char in chars:
        votes[round(_angle(char) / 90) * 90 % 360] += 1
    return max(votes, key=lambda turn: votes[turn])


def _words(
    chars: Sequence[_Char],
    boxes: Floats,
    verticals: Floats,
    degrees: int,
    second: SecondReaderSettings,
) -> Words:
    """Letters to words, with the attributes of each word's first letter."""
    groups = list(_groups(chars, boxes.tolist(), verticals, second))
    text = [clean_word("".join(chars[i]["text"] for i in group)) for group in groups]
    kept = [(word, group) for word, group in zip(text, groups, strict=True) if word]
    first = [chars[group[0]] for _, group in kept]
    names = [str(char["fontname"]).partition("+")[2] or str(char["fontname"]) for char in first]
    fonts = {name: k for k, name in enumerate(dict.fromkeys(names))}
    turned = [abs((_angle(char) - degrees + 180) % 360 - 180) > second.slant for char in first]
    return Words(
        text=[word for word, _ in kept],
        boxes=box_array([_union(boxes[group]) for _, group in kept]),
        # The letters' boxes are as tall as the font, from its descent up.
        size=np.array([boxes[g[0], 3] - boxes[g[0], 1] for _, g in kept], dtype=np.float64),
        font=np.array([fonts[name] for name in names], dtype=np.intp),
        fonts=list(fonts),
        bold=np.array([is_bold_name(name) for name in names], dtype=bool),
        colour=np.array(
            [_colour(char["non_stroking_color"]) for char in first], dtype=np.uint8
        ).reshape(-1, 3),
        slanted=np.array(turned, dtype=bool),
    )


def _groups(
    chars: Sequence[_Char],
    boxes: list[list[float]],
    verticals: Floats,
    second: SecondReaderSettings,
) -> Iterator[_Group]:
    """Runs of letters that are a word: no space, no gap, no rule and no step between them."""
    group: _Group = []
    for i, char in enumerate(chars):
        blank = not char["text"].strip()
        if group and (blank or _parts(boxes[group[-1]], boxes[i], verticals, second)):
            yield group
            group = []
        if not blank:
            group.append(i)
    if group:
        yield group


def _parts(a: list[float], b: list[float], verticals: Floats, second: SecondReaderSettings) -> bool:
    """Does a word end between two letters that follow each other in the page's content?"""
    height = max(min(a[3] - a[1], b[3] - b[1]), 1.0)
    if min(a[3], b[3]) - max(a[1], b[1]) < second.same_line * height:
        return True
    gap = b[0] - a[2]
    if not -second.back * height < gap < second.gap * height:
        return True
    if gap < second.ruled_gap * height:
        return False
    middle = (a[1] + a[3]) / 2
    x, top, bottom = verticals[:, 0], verticals[:, 1], verticals[:, 2]
    between = (x >= a[2] - 0.5) & (x <= b[0] + 0.5) & (top < middle) & (bottom > middle)
    return bool(between.any())


def _union(boxes: Floats) -> tuple[float, float, float, float]:
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _colour(value: Any) -> _Colour:
    """Grey, RGB or CMYK (0..1) as RGB 0..255; black for patterns and what is unknown."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        value = (value,)
    numbers = [float(part) for part in value if isinstance(part, int | float)]
    if len(numbers) != len(value) or len(numbers) not in (1, 3, 4):
        return 0, 0, 0
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) == 4:
        *ink, black = numbers
        numbers = [1 - min(1.0, part + black) for part in ink]
    red, green, blue = (round(255 * min(max(part, 0.0), 1.0)) for part in numbers)
    return red, green, blue


def _drawn(page: Any, settings: ReaderSettings) -> Drawn:
    """Lines, fills and images, y up."""
    drawn = Drawn()
    for item in (*page.rects, *page.lines, *page.curves):
        _add_path(drawn, item, settings)
    drawn.images.extend(_box(item) for item in page.images)
    return drawn


def _add_path(drawn: Drawn, item: _Char, settings: ReaderSettings) -> None:
    x0, y0, x1, y1 = box = _box(item)
    stroked, filled = bool(item.get("stroke")), bool(item.get("fill"))
    short, long = sorted((x1 - x0, y1 - y0))
    if stroked and short <= settings.rule_thickness:
        drawn.lines.append(box)
        return
    if stroked:
        drawn.lines.extend(_straight_pieces(item, box))
    # A filled path of many points is a box only where it is thin: other shapes are no shading.
    boxed = item["object_type"] == "rect" or short <= settings.rule_thickness
    if filled and boxed and long >= settings.min_fill:
        add_filled(drawn, [box], _colour(item.get("non_stroking_color")), settings)


def _straight_pieces(item: _Char, box: PageBox) -> Iterator[PageBox]:
    """The pieces of a stroked path that run along an axis."""
    x0, y0, x1, y1 = box
    points = [(float(x), -float(y)) for x, y in item.get("pts") or ()]
    if item["object_type"] == "rect":
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    for a, b in pairwise(points):
        if abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5:
            yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
