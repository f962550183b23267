"""Keep the table of samples in the README."""

from __future__ import annotations

from pathlib import Path

from samples.source import Sample
from samples.truth import truth_of

START, END = "<!-- samples -->", "<!-- /samples -->"


def page_count(pdf: Path) -> int:
    """Return the number of pages of a PDF; 0 where it is not made yet."""
    import pypdfium2

    if not pdf.exists():
        return 0
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def table(here: Path, samples: list[tuple[Sample, Path]]) -> str:
    """Return the table, one line a sample."""
    lines = ["| file | producer | pages | records | what it covers |", "| --- " * 5 + "|"]
    for sample, pdf in samples:
        records = len(truth_of(sample)["records"])
        name = pdf.relative_to(here).as_posix()
        lines.append(
            f"| `{name}` | {sample.producer} | {page_count(pdf)} | {records} | {sample.covers} |"
        )
    return "\n".join(lines)


def write(here: Path, samples: list[tuple[Sample, Path]]) -> None:
    """Replace the table between the README's two marks."""
    path = here / "README.md"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    path.write_text(f"{before}{START}\n{table(here, samples)}\n{END}{after}", encoding="utf-8")
