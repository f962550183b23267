"""Draw ``page-and-records.png``: a sample's page with its fields marked, beside its records.

Run from the root of the project: ``python docs/images/make.py``
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import actionplan
from actionplan.extract.render import render_page
from actionplan.overlay import INK, PAPER, Style, draw, page_marks
from actionplan.schemas.plan import Lead, Recommendation, Target

SAMPLE = Path("samples/dunmarrow-level-actions.pdf")
PAGE = 2
RECORDS = ("3", "4")
WIDTH = 60  # characters of a line of the records
TYPE = 20  # height of their type, in pixels


def lead(value: Lead) -> str:
    """One lead in a line."""
    parts = {"name": value.name, "post": value.post, "organisation": value.organisation}
    return ", ".join(f"{key}: {text}" for key, text in parts.items() if text)


def target(value: Target) -> str:
    """A target in a line: the printed text and what it was read as."""
    return f'"{value.text}" = {value.edtf or value.kind}{", ongoing" * value.ongoing}'


def lines(record: Recommendation) -> list[str]:
    """A record as indented lines; leads and dates stand with the actions that they are tied to."""
    tied = any(action.leads or action.target for action in record.actions)
    out = [f"number: {record.number}", f"text: {record.text}"]
    out += [f"agency: {agency.name}" for agency in record.agencies]
    if not tied:
        out += [f"lead: {lead(value)}" for value in record.leads]
        out += [f"target: {target(record.target)}"] if record.target.text else []
    for action in record.actions:
        out.append(f"action {action.number or ''}".rstrip() + f": {action.text}")
        out += [f"  lead: {lead(value)}" for value in action.leads]
        out += [f"  target: {target(action.target)}"] if action.target else []
    for update in record.updates:
        out.append(f"update {update.date.edtf if update.date else '(no date)'}: {update.text}")
    if record.status.basis != "none":
        out.append(f"status: {record.status.value} (read from its {record.status.basis})")
    out += [f"to check: {issue.field}, {issue.message}" for issue in record.issues]
    return out


def panel(records: list[Recommendation], height: int) -> Image.Image:
    """The records as a picture of `height` pixels."""
    font = ImageFont.load_default(TYPE)
    picture = Image.new("RGB", (WIDTH * TYPE // 2 + 80, height), PAPER)
    pen = ImageDraw.Draw(picture)
    y = 40
    for record in records:
        for line in lines(record):
            inset = 20 + 24 * line.startswith("  ")
            key, _, value = line.strip().partition(": ")
            wrapped = textwrap.wrap(value, WIDTH - len(key) // 2, max_lines=2, placeholder=" …")
            pen.text((inset, y), f"{key}:", fill=(0, 114, 178), font=font)
            x = inset + pen.textlength(f"{key}: ", font=font)
            for number, part in enumerate(wrapped):
                pen.text((x if number == 0 else inset + 24, y), part, fill=INK, font=font)
                y += TYPE + 5
        y += TYPE
    return picture


def main() -> None:
    """Write the picture."""
    document, plan = actionplan.read_tables(SAMPLE), actionplan.read(SAMPLE)
    style = Style()
    page = render_page(SAMPLE, PAGE, scale=style.scale)
    drawn = draw(page, page_marks(document, plan, PAGE), "", style)
    left = drawn.crop((0, 60, page.width - 100, page.height - 60))
    right = panel([r for r in plan.recommendations if r.number in RECORDS], left.height)
    whole = Image.new("RGB", (left.width + right.width, left.height), PAPER)
    whole.paste(left, (0, 0))
    whole.paste(right, (left.width, 0))
    small = whole.resize((whole.width * 3 // 4, whole.height * 3 // 4), Image.Resampling.LANCZOS)
    small.quantize(128).save(Path(__file__).with_name("page-and-records.png"), optimize=True)


if __name__ == "__main__":
    main()
