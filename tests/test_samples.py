"""The samples are complete: each PDF has a current, well-formed truth whose words it prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pypdfium2
import pytest

from actionplan.schemas.plan import SectionKind, StatusValue, TargetKind
from tests.extract.pages import OTHERWISE_CUT, other_pages

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PDFS = sorted(pdf for pdf in SAMPLES.rglob("*.pdf") if pdf.parent.name != "scans")
PLANS = [pdf for pdf in PDFS if pdf.parent == SAMPLES]
FIVE_MB = 5_000_000
RECORD_KEYS = {
    "section_kind", "section_agency", "number", "recommendation", "agencies", "actions", "leads",
    "target", "updates", "status",
}  # fmt: skip
DAY = r"\d{4}(-\d{2}(-\d{2})?)?"


def truth_of(pdf: Path) -> dict[str, Any]:
    """Return a sample's truth."""
    truth: dict[str, Any] = json.loads(pdf.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return truth


def texts(value: object) -> Iterator[str]:
    """Yield every string in a JSON value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def letters(text: str) -> str:
    """Return letters and digits only, lower case, ligatures resolved."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def printed_words(pdf: Path) -> set[str]:
    """Return the letters of every word that a PDF prints, as pdfplumber reads it."""
    words = [text for page in other_pages(pdf) for text, *_ in page.words]
    return {letters(part) for word in words for part in [word, *word.split("/")]} - {""}


def run_together(pdf: Path) -> str:
    """Return the letters of all that a PDF prints, without a gap, as pdfium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return letters("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def occurs(word: str, words: set[str], pieces: int = 3) -> bool:
    """Say whether a word is printed, whole or in up to `pieces` parts cut by line ends."""
    return word in words or (pieces > 1 and any(
        word[:at] in words and occurs(word[at:], words, pieces - 1) for at in range(1, len(word))
    ))  # fmt: skip


def test_there_are_plans_of_every_kind() -> None:
    records = [record for pdf in PLANS for record in truth_of(pdf)["records"]]
    assert len(PLANS) >= 14
    assert {record["target"]["kind"] for record in records} == set(get_args(TargetKind))
    assert {record["status"] for record in records} == set(get_args(StatusValue))


@pytest.mark.parametrize("pdf", PDFS, ids=lambda pdf: pdf.stem)
def test_every_pdf_has_a_source_and_a_truth_and_a_line_in_the_readme(pdf: Path) -> None:
    name = pdf.relative_to(SAMPLES)
    assert pdf.with_suffix(".truth.json").exists()
    assert (SAMPLES / "sources" / name).with_suffix(".toml").exists()
    assert f"`{name.as_posix()}`" in (SAMPLES / "README.md").read_text(encoding="utf-8")


def test_truth_and_pdfs_are_what_the_sources_say() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "samples.build", "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_the_pdfs_are_small() -> None:
    assert sum(pdf.stat().st_size for pdf in PDFS) < FIVE_MB


@pytest.mark.parametrize("pdf", PDFS, ids=lambda pdf: pdf.stem)
def test_the_truth_has_the_shape_that_scorers_read(pdf: Path) -> None:
    truth = truth_of(pdf)
    assert isinstance(truth["document"], dict)
    for table in truth["tables"] + truth.get("other_tables", []):
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert bool(truth["records"]) == (pdf in PLANS)
    for record in truth["records"]:
        assert set(record) == RECORD_KEYS
        assert record["section_kind"] in get_args(SectionKind)
        assert record["status"] in get_args(StatusValue)
        check_dates(record)
        for lead in record["leads"]:
            assert set(lead) == {"name", "post", "organisation"} and any(lead.values())
        names = {value for lead in record["leads"] for value in lead.values()}
        for action in record["actions"]:
            assert set(action) == {"number", "text", "leads", "target"}
            assert set(action["leads"]) <= names


def check_dates(record: dict[str, Any]) -> None:
    """Check a record's target and update dates: an EDTF date, season or interval, or none."""
    target = record["target"]
    assert target["kind"] in get_args(TargetKind)
    for date in [target["edtf"], *(update["date"] for update in record["updates"])]:
        assert date is None or re.fullmatch(f"{DAY}(/{DAY})?", date)
    if target["edtf"]:
        assert target["kind"] == "date" and target["raw"]
    for update in record["updates"]:
        assert set(update) == {"label", "date", "text"} and (update["label"] or update["text"])


@pytest.mark.parametrize("pdf", PDFS, ids=lambda pdf: pdf.stem)
def test_every_word_of_the_truth_is_printed(pdf: Path) -> None:
    truth, words = truth_of(pdf), printed_words(pdf)
    ungapped = run_together(pdf) if pdf.stem in OTHERWISE_CUT else ""
    said = [truth["tables"], truth.get("other_tables", [])]
    for record in truth["records"]:
        target = record["target"]["raw"] or ""
        said += [record["recommendation"], record["agencies"], record["leads"], target]
        said += [[action["text"], action["leads"]] for action in record["actions"]]
        said += [[update["label"] or "", update["text"]] for update in record["updates"]]
    for text in texts(said):
        assert text == " ".join(text.split()) and "\u00ad" not in text
        missing = [w for w in map(letters, text.split()) if w and not occurs(w, words)]
        missing = [w for w in missing if w not in ungapped]
        assert not missing, f"{missing} of {text!r}"
