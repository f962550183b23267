"""Pictures of parts of pages, the cells in doubt in a frame."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw

from actionplan.console import say
from actionplan.normalise.report.checks import Check, View
from actionplan.normalise.report.content import Picture


@dataclass(frozen=True, slots=True)
class CutStyle:
    """Sizes of the pictures.

    Attributes:
        scale: pixels a point of the page: 1.5 keeps 8 point type legible.
        air: points of the page around the record, so that its neighbours show where it stands.
        tall: points up to which a record is shown as high as it is; of a taller one the part
            around its first cell in doubt: a picture has to fit on a screen.
        gap: pixels between a cell and its frame.
        line: pixels of the frame's line.
        colours: of the palette: letters and one frame need few, and a picture stays small.
        frame: vermilion of Okabe and Ito, told apart from black and white by everybody.
    """

    scale: float = 1.5
    air: float = 14.0
    tall: float = 360.0
    gap: int = 4
    line: int = 3
    colours: int = 24
    frame: tuple[int, int, int] = (213, 94, 0)


STYLE = CutStyle()


def cut_pictures(path: Path, wanted: Sequence[Check], password: str | None) -> dict[str, Picture]:
    """Return a picture for each record in `wanted`, by its key; those that cannot be made are told.

    Args:
        path: the PDF file.
        wanted: records of that document.
        password: of a protected file.
    """
    from actionplan.extract.errors import ReadError
    from actionplan.extract.render import render_page

    data = path.read_bytes()
    found: dict[str, Picture] = {}
    for page, members in _by_page(wanted):
        try:
            picture = render_page(data, page, scale=STYLE.scale, password=password)
        except (ReadError, IndexError, RuntimeError) as error:
            say(f"{path.name}: no picture of page {page} ({error})")
            continue
        for key, view in members:
            found[key] = cut(picture, view)
    return found


def _by_page(wanted: Sequence[Check]) -> Iterator[tuple[int, list[tuple[str, View]]]]:
    seen = [(one.row.key, one.view) for one in wanted if one.view]
    seen.sort(key=lambda pair: pair[1].page)
    for page, members in groupby(seen, key=lambda pair: pair[1].page):
        yield page, list(members)


def cut(picture: Image.Image, view: View) -> Picture:
    """Return the part of a page that `view` asks for, over the page's full width.

    Args:
        picture: the page, rendered at ``STYLE.scale``.
        view: what to show.
    """
    top, bottom = (round(edge * STYLE.scale) for edge in _edges(view))
    top, bottom = max(0, top), min(picture.height, bottom)
    shown = picture.convert("RGB").crop((0, top, picture.width, max(bottom, top + 1)))
    pen = ImageDraw.Draw(shown)
    for x0, y0, x1, y1 in view.marked:
        left, right = x0 * STYLE.scale - STYLE.gap, x1 * STYLE.scale + STYLE.gap
        upper, lower = y0 * STYLE.scale - STYLE.gap - top, y1 * STYLE.scale + STYLE.gap - top
        if left < right and upper < lower:
            pen.rectangle((left, upper, right, lower), outline=STYLE.frame, width=STYLE.line)
    stream = io.BytesIO()
    shown.quantize(STYLE.colours).save(stream, "PNG", optimize=True)
    return Picture(stream.getvalue(), shown.width, shown.height)


def _edges(view: View) -> tuple[float, float]:
    """Upper and lower edge of the part of the page, in points."""
    upper, lower = view.extent[1] - STYLE.air, view.extent[3] + STYLE.air
    if lower - upper <= STYLE.tall or not view.marked:
        return upper, min(lower, upper + STYLE.tall)
    first = min(view.marked, key=lambda box: box[1])
    start = max(upper, min(first[1] - STYLE.tall / 4, lower - STYLE.tall))
    return start, start + STYLE.tall
