"""What is done to a sample's pages after they were printed: turned, cropped, set side by side.

``[page] post`` lists the steps in order: ``{rotate = 90, pages = [2, 3]}``, ``{unit = 2.0}`` (half
the size in user units twice as long), ``{crop = [left, bottom, right, top]}`` (paper of that many
points more around the crop box, off the origin), ``{nup = true}`` (two pages side by side on A3).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from samples.source import Sample

A4_WIDTH, A4_HEIGHT = 595.28, 841.89


def finish(sample: Sample, target: Path) -> None:
    """Carry out the steps that `sample` asks for on the PDF at `target`, in place."""
    steps = sample.page.get("post", [])
    if not steps:
        return
    import pypdf

    for step in steps:
        reader = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
        writer = side_by_side(reader) if step.get("nup") else changed(reader, step)
        writer.write(target)


def changed(reader: Any, step: dict[str, Any]) -> Any:
    """Return a writer with the pages of `reader`, those of the step changed."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=reader)
    wanted = step.get("pages", range(1, len(writer.pages) + 1))
    for number in wanted:
        page = writer.pages[number - 1]
        if "rotate" in step:
            page.rotate(step["rotate"])
        if "unit" in step:
            unit = step["unit"]
            page.scale_by(1 / unit)
            page[pypdf.generic.NameObject("/UserUnit")] = pypdf.generic.FloatObject(unit)
        if "crop" in step:
            crop_off_origin(page, step["crop"])
    return writer


def crop_off_origin(page: Any, more: list[float]) -> None:
    """Give a page more paper on each side, its content within a crop box off the origin."""
    import pypdf

    left, bottom, right, top = more
    box = pypdf.generic.RectangleObject(page.mediabox)
    page.mediabox = pypdf.generic.RectangleObject(
        (box.left - left, box.bottom - bottom, box.right + right, box.top + top)
    )
    page.cropbox = box
    if left > 0:
        move = pypdf.Transformation().translate(left + 50, bottom + 70)
        page.add_transformation(move)
        for name in ("mediabox", "cropbox"):
            old = getattr(page, name)
            moved = (
                old.left + left + 50,
                old.bottom + bottom + 70,
                old.right + left + 50,
                old.top + bottom + 70,
            )
            setattr(page, name, pypdf.generic.RectangleObject(moved))
        for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
            page.pop(name, None)


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
