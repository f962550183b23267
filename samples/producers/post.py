"""What is done to a sample's pages after they were printed: turned, cropped, set side by side.

``[page] post`` lists the steps in order, each for all pages or for those it names in `pages`:

    {turn = 90, pages = [2, 3]}              stored turned, shown upright by /Rotate
    {unit = 2.0}                             half the size, in user units twice as long
    {crop = [left, bottom, right, top]}      so many points of paper more around the crop box
    {nup = true}                             two pages side by side on A3
    {damage = true}                          one byte wrong where the first page's content begins
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from samples.source import Sample

OFF_ORIGIN = (31.0, 47.0)
A4_WIDTH, A4_HEIGHT = 595.28, 841.89


def finish(sample: Sample, target: Path) -> None:
    """Carry out the steps that `sample` asks for on the PDF at `target`, in place."""
    steps = sample.page.get("post", [])
    if not steps:
        return
    import pypdf

    for step in steps:
        if step.get("damage"):
            target.write_bytes(damaged(target.read_bytes()))
            continue
        reader = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
        writer = side_by_side(reader) if step.get("nup") else changed(reader, step)
        writer.write(target)


def damaged(data: bytes) -> bytes:
    """Return the file with a wrong byte in the header of its first stream, as a bad disk leaves it.

    The producers write the first page's content there. The length stays, so does every place.
    """
    start = data.rindex(b" 0 obj", 0, data.index(b"stream")) + 1
    return data[:start] + b"?" + data[start + 1 :]


def changed(reader: Any, step: dict[str, Any]) -> Any:
    """Return a writer with the pages of `reader`, those of the step changed."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=reader)
    wanted = step.get("pages", range(1, len(writer.pages) + 1))
    for number in wanted:
        page = writer.pages[number - 1]
        if "turn" in step:
            turn(page, step["turn"])
        if "unit" in step:
            unit = step["unit"]
            page.scale_by(1 / unit)
            page[pypdf.generic.NameObject("/UserUnit")] = pypdf.generic.FloatObject(unit)
        if "crop" in step:
            crop_off_origin(page, step["crop"])
    return writer


def crop_off_origin(page: Any, more: list[float]) -> None:
    """Give a page more paper around its crop box, no box of it at the origin."""
    import pypdf

    left, bottom, right, top = more
    x, y = OFF_ORIGIN
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        page.pop(name, None)
    page.add_transformation(pypdf.Transformation().translate(x + left, y + bottom))
    page.mediabox = pypdf.generic.RectangleObject(
        (x, y, x + left + wide + right, y + bottom + high + top)
    )
    page.cropbox = pypdf.generic.RectangleObject(
        (x + left, y + bottom, x + left + wide, y + bottom + high)
    )


def turn(page: Any, degrees: int) -> None:
    """Store a page turned, with a /Rotate of `degrees` that shows it upright again."""
    page.rotate(360 - degrees)
    page.transfer_rotation_to_content()
    page.rotate(degrees)


def side_by_side(reader: Any) -> Any:
    """Return a writer with two portrait A4 pages on each A3 sheet, as form objects."""
    import pypdf

    writer = pypdf.PdfWriter()
    for at in range(0, len(reader.pages), 2):
        sheet = writer.add_blank_page(2 * A4_WIDTH, A4_HEIGHT)
        for side, page in enumerate(reader.pages[at : at + 2]):
            shift = pypdf.Transformation().translate(side * A4_WIDTH, 0)
            sheet.merge_transformed_page(page, shift)
    writer.compress_identical_objects()
    for sheet in writer.pages:
        sheet.compress_content_streams()
    return writer
