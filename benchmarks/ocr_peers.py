"""The plain way: tesseract on each page as it is, and OCRmyPDF with the born-digital reader."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from ocr_measure import NEVER, Measured, measure_scan, timed
from pypdf.generic import StreamObject

ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}
SECONDS = 900  # for one document
INVISIBLE, VISIBLE = b"3 Tr", b"0 Tr"


def plain_tesseract(pdf: Path, dpi: float, folder: Path) -> tuple[float, list[str]]:
    """Return the seconds a page of ``tesseract PAGE stdout``, and the words that it reads."""
    words: list[str] = []
    document = pypdfium2.PdfDocument(pdf)
    seconds = 0.0
    try:
        for number, page in enumerate(document, 1):
            picture = folder / f"{pdf.stem}-{number}.png"
            page.render(scale=dpi / 72, grayscale=True).to_pil().save(picture)
            command = ["tesseract", str(picture), "stdout", "--dpi", str(round(dpi))]
            done, took = timed(lambda command=command: _run(command))  # type: ignore[misc]
            words += done.stdout.decode("utf-8", "replace").split()
            seconds += took
        return seconds / len(document), words
    finally:
        document.close()


def plain_ocrmypdf(
    pdf: Path, how: list[str], truth: dict[str, Any], plan: Path, folder: Path, program: str
) -> tuple[Measured, float] | str:
    """Return what the born-digital reader makes of OCRmyPDF's file, and its seconds a page.

    OCRmyPDF writes the words as invisible text behind the pictures. They are made visible here,
    since the reader leaves out what nobody sees.

    Args:
        pdf: the scan.
        how: OCRmyPDF's options for a file of its kind (``--skip-text``).
        truth: as for `measure_scan`.
        plan: the same.
        folder: for the files in between.
        program: OCRmyPDF's path.
    """
    out = folder / f"{pdf.stem}.ocr.pdf"
    command = [program, *how, "--jobs", "1", "--output-type", "pdf", "-O", "0", str(pdf), str(out)]
    done, seconds = timed(lambda: _run(command))
    if done.returncode:
        return done.stderr.decode("utf-8", "replace").strip().splitlines()[-1]
    seen = folder / f"{pdf.stem}.seen.pdf"
    show_words(out, seen)
    measured = measure_scan(seen, truth, plan, NEVER)
    return measured, (seconds + measured.seconds) / measured.pages


def show_words(pdf: Path, target: Path) -> None:
    """Copy a PDF, its invisible text made visible."""
    writer = pypdf.PdfWriter(clone_from=pdf)
    for held in writer._objects:
        if isinstance(held, StreamObject) and held.get("/Subtype") != "/Image":
            data = held.get_data()
            if INVISIBLE in data:
                held.set_data(data.replace(INVISIBLE, VISIBLE))
    writer.write(target)


def find_ocrmypdf(named: str | None) -> str | None:
    """Return the path of OCRmyPDF: the one named, or that of the system; None without one."""
    return shutil.which(named or "ocrmypdf")


def _run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, capture_output=True, timeout=SECONDS, env=ONE_THREAD, check=False
    )
