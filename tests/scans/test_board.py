"""The arithmetic of the board of scans."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pypdf
import pytest
from ocr_changes import judged
from ocr_measure import Words, timed
from ocr_peers import show_words
from reportlab.pdfgen.canvas import Canvas

from actionplan.schemas.tables import Scan, TableDocument


def test_recall_and_precision_are_shares_of_the_true_words_and_of_those_read() -> None:
    words = Words(right=8, read=10, true=16)
    assert (words.recall, words.precision) == (0.5, 0.8)
    assert words.plus(Words(2, 2, 4)) == Words(10, 12, 20)
    assert Words().recall == Words().precision == 1


def test_time_counts_programs_that_were_started() -> None:
    import subprocess
    import sys

    busy = "sum(n * n for n in range(3_000_000))"
    _, seconds = timed(lambda: subprocess.run([sys.executable, "-c", busy], check=True))
    assert seconds > 0.05


def test_invisible_words_are_made_visible_for_the_born_digital_reader(tmp_path: Path) -> None:
    scan, seen = tmp_path / "scan.pdf", tmp_path / "seen.pdf"
    page = Canvas(str(scan), pageCompression=0)
    text = page.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine("Lead officer")
    page.drawText(text)
    page.save()
    show_words(scan, seen)
    before, after = (pypdf.PdfReader(pdf).pages[0].get_contents() for pdf in (scan, seen))
    assert before is not None and b"3 Tr" in before.get_data()
    assert after is not None and b"0 Tr" in after.get_data() and b"3 Tr" not in after.get_data()


@pytest.mark.parametrize(
    ("true", "right"),
    [("a held b", True), ("a heid b", False), ("a other b", False)],
)
def test_a_change_is_right_if_the_page_has_one_wrong_word_less(true: str, right: bool) -> None:
    box = (0.0, 0.0, 1.0, 1.0)
    scan = Scan(("a", "held", "b"), (box,) * 3, (0.9,) * 3, raw=((1, "heid"),))
    document = TableDocument("a.pdf", "0" * 64, 1, [], [], scans={1: scan})
    assert list(judged(document, Counter(true.split()))) == [("heid", "held", right)]
