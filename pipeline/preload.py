"""Imported once, before the first worker: reads all code and data that reading a plan needs.

It reads a plan of two rows, made here, so that what is loaded when it is first needed (grammars,
word lists, the model for leads) is there before workers are forked: they begin at once, and share
that memory with each other.
"""

from __future__ import annotations

from actionplan.console import hush_libraries

_HEADER = ("No", "Recommendation", "Lead", "Target date", "Progress", "Status")
_ROW = ("1", "Review the policy.", "Jo Bloggs, Head", "1 May 2024", "Update: done", "Complete")
_LEFT, _TOP, _WIDTH, _HEIGHT = 40, 540, 125, 30


def read_sample() -> None:
    """Read the made plan, and let it be forgotten."""
    from actionplan import api

    plan = api.read(sample_pdf(), name="sample.pdf")
    plan.model_dump_json(indent=2)


def sample_pdf() -> bytes:
    """Return a PDF of one page with one ruled table."""
    marks = []
    for line, row in enumerate((_HEADER, _ROW, _ROW)):
        for column, text in enumerate(row):
            x, y = _LEFT + column * _WIDTH, _TOP - line * _HEIGHT
            marks.append(f"{x} {y} {_WIDTH} {_HEIGHT} re S")
            marks.append(f"BT /F 10 Tf {x + 4} {y + 10} Td ({text}) Tj ET")
    stream = "\n".join(marks)
    return _pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _pdf(*objects: str) -> bytes:
    """Objects as a file, with the table of where they are."""
    out = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"
    return out.encode("ascii")


hush_libraries()
read_sample()
