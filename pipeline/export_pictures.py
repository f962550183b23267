"""The documents behind plan files, where they can be found, and pictures of their pages."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import Image, ImageDraw

from actionplan import cache
from actionplan.inputs import PLAN_SUFFIX
from actionplan.schemas.plan import BBox, Document
from actionplan.stores import LocalStore
from actionplan.writers import make_folder, write_bytes


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """Sizes of the pictures.

    Attributes:
        scale: pixels a point of the page: 1.5 keeps 8 point type legible in small files.
        air: pixels between a text and the frame around it.
        width: pixels of a frame's line.
        colour: of the frame: the vermilion of Okabe and Ito, told apart with any colour vision.
    """

    scale: float = 1.5
    air: int = 4
    width: int = 3
    colour: tuple[int, int, int] = (213, 94, 0)


STYLE = PictureStyle()


def find_document(plan_file: Path, document: Document, folder: Path | None) -> Path | None:
    """Return the file that a plan was read from, if it is found and still the same.

    It is looked for where `convert` noted that it was, in `folder`, and beside the plan file.
    """
    for path in _candidates(plan_file, document.name, folder):
        try:
            if path.is_file() and f"sha256:{cache.digest(path.read_bytes())}" == document.id:
                return path
        except OSError:
            continue
    return None


def seems_there(plan_file: Path, document: Document) -> bool:
    """Whether a file is where the document of a plan should be; it may be another one by now."""
    return any(path.is_file() for path in _candidates(plan_file, document.name, None))


def _candidates(plan_file: Path, name: str, folder: Path | None) -> Iterator[Path]:
    plain = Path(name).name  # a plan file of somebody else's may name any path
    if folder:
        yield folder / plain
    entry = cache.load_entry(LocalStore(plan_file.parent), plan_file.name.removesuffix(PLAN_SUFFIX))
    if entry and isinstance(entry.source, str):
        yield Path(entry.source)
    yield plan_file.parent / plain


def relative(path: Path, folder: Path) -> str:
    """Return `path` as a link from `folder`: relative, or absolute on another drive."""
    try:
        return quote(Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix())
    except ValueError:
        return path.resolve().as_uri()


def write_pictures(
    document: Path,
    name: str,
    boxes: Mapping[int, Sequence[BBox]],
    folder: Path,
    password: str | None,
) -> dict[int, Path]:
    """Write a picture of each page of `boxes` with these framed; return them by page.

    A page that cannot be shown has none: the workbook names its number all the same.

    Args:
        document: the PDF file.
        name: of the plan; the pictures are called ``NAME-page-001.png``.
        boxes: what is framed on each page, in points.
        folder: for the pictures; it is made if it is not there.
        password: of a protected document.

    Raises:
        OutputError: a picture cannot be written.
    """
    from actionplan.extract.errors import ReadError
    from actionplan.extract.render import render_page

    data = document.read_bytes()
    found: dict[int, Path] = {}
    for page, framed in sorted(boxes.items()):
        try:
            picture = render_page(data, page, scale=STYLE.scale, password=password)
        except (ReadError, IndexError):
            continue
        path = make_folder(folder) / f"{name}-page-{page:03}.png"
        write_bytes(path, _png(picture, framed))
        found[page] = path
    return found


def _png(picture: Image.Image, boxes: Sequence[BBox]) -> bytes:
    """The picture with frames, as a PNG file of few colours."""
    shown = picture.convert("RGB")
    pen = ImageDraw.Draw(shown)
    for x0, y0, x1, y1 in boxes:
        left, top = x0 * STYLE.scale - STYLE.air, y0 * STYLE.scale - STYLE.air
        right, bottom = x1 * STYLE.scale + STYLE.air, y1 * STYLE.scale + STYLE.air
        if left < right and top < bottom:
            pen.rectangle((left, top, right, bottom), outline=STYLE.colour, width=STYLE.width)
    stream = io.BytesIO()
    shown.quantize(64).save(stream, "PNG")
    return stream.getvalue()
