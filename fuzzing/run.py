"""Fuzz a stage: ``python -m fuzzing.run TARGET --minutes 60``; needs ``pip install atheris``.

The corpus grows in ``.fuzz/TARGET/corpus``. A broken promise or an unexpected exception is kept
once per place in ``.fuzz/TARGET/findings`` with its traceback, and the search goes on. A crash of
native code, a hang or a memory blow-up ends the process that searches; the input is kept there too,
and another process takes over until the time is up.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".fuzz"

_TOO_SHORT = 20
"""Seconds; a search that ends sooner without a finding, with time left, did not run."""


@dataclass(frozen=True, slots=True)
class FuzzSettings:
    """Limits of one input.

    Attributes:
        timeout: seconds on the clock: instrumented code on a busy machine takes 30 times the usual.
        memory: megabytes of the whole process; pdfium and spaCy take 300 of them.
        largest: bytes of an input; larger samples only slow the search down.
        pages: of a sample that is taken into the corpus.
    """

    timeout: int = 300
    memory: int = 2500
    largest: int = 200_000
    pages: int = 2


def main() -> int:
    """Run searches one after the other until the time is up; return 1 if anything was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("target", choices=("reader", "grid", "joins", "interpretation"))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        _search(chosen.target, chosen.minutes, FuzzSettings())
    corpus, findings = _folders(chosen.target)
    _plant(chosen.target, corpus, FuzzSettings())
    start, end = time.time(), time.time() + 60 * chosen.minutes
    while (left := end - time.time()) > 1:
        command = [sys.executable, "-m", "fuzzing.run", chosen.target, "--worker"]
        begun, before = time.time(), set(findings.iterdir())
        subprocess.run([*command, "--minutes", str(left / 60)], cwd=ROOT, check=False)
        if time.time() - begun < _TOO_SHORT and set(findings.iterdir()) == before:
            raise SystemExit("the search ended before it began: see what it printed above")
    found = sorted(path.name for path in findings.iterdir() if path.suffix != ".txt")
    hours = (time.time() - start) / 3600
    kept = len(list(corpus.iterdir()))
    print(f"{chosen.target}: {hours:.2f} h, {kept} inputs kept, findings: {found or 'none'}")
    return bool(found)


def _folders(target: str) -> tuple[Path, Path]:
    folders = WORK / target / "corpus", WORK / target / "findings"
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return folders


def _plant(target: str, corpus: Path, settings: FuzzSettings) -> None:
    """Begin the corpus: the first pages of all samples, their streams open to change; or bytes."""
    if target != "reader":
        for seed in range(40):
            (corpus / f"seed-{seed}").write_bytes(Random(seed).randbytes(20 * (seed + 1)))
        return
    for pdf in sorted((ROOT / "samples").rglob("*.pdf")):
        kept = corpus / pdf.stem
        if not kept.exists() and len(data := opened(pdf, settings.pages)) <= settings.largest:
            kept.write_bytes(data)


def opened(pdf: Path, pages: int) -> bytes:
    """Return the first pages of a PDF with streams not compressed; as it is if that cannot be."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import StreamObject

    try:
        writer = PdfWriter()
        for page in PdfReader(pdf).pages[:pages]:
            writer.add_page(page)
        for number, item in enumerate(writer._objects):
            if isinstance(item, StreamObject) and item.get("/Subtype") != "/Image":
                plain = StreamObject()
                plain.update(
                    {k: v for k, v in item.items() if k not in ("/Filter", "/DecodeParms")}
                )
                plain.set_data(item.get_data())
                writer._objects[number] = plain
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()
    except Exception:  # a sample that is damaged on purpose
        return pdf.read_bytes()


def _search(target: str, minutes: float, settings: FuzzSettings) -> None:
    """Search in this process; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["actionplan"]):
        from actionplan.console import hush_libraries
        from fuzzing.targets import TARGETS
    hush_libraries()
    os.environ["OMP_NUM_THREADS"] = "1"
    corpus, findings = _folders(target)
    flags = [
        f"-max_total_time={int(60 * minutes)}",
        f"-timeout={settings.timeout}",
        f"-rss_limit_mb={settings.memory}",
        f"-max_len={settings.largest}",
        f"-artifact_prefix={findings}/",
        "-print_final_stats=1",
        str(corpus),
    ]
    check = _keeping(TARGETS[target], findings)
    if target == "reader":
        atheris.Setup([sys.argv[0], *flags], check, custom_mutator=_pdf_mutator(corpus))
    else:
        atheris.Setup([sys.argv[0], *flags], check)
    atheris.Fuzz()


def _keeping(check: Callable[[bytes], None], findings: Path) -> Callable[[bytes], None]:
    """`check`, with what it raises kept, one input for each place that raises."""

    def kept(data: bytes) -> None:
        try:
            check(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{type(error).__name__} {frames[-1].filename} {frames[-1].lineno}"
            if type(error).__name__ == "BrokenPromise":
                place = str(error)[:12]
            name = f"error-{hashlib.sha256(place.encode()).hexdigest()[:10]}"
            if not (findings / name).exists() or len(data) < (findings / name).stat().st_size:
                (findings / name).write_bytes(data)
                (findings / f"{name}.txt").write_text(traceback.format_exc(), encoding="utf-8")

    return kept


def _pdf_mutator(corpus: Path) -> Callable[[bytes, int, int], bytes]:
    from fuzzing.mutate import mutated

    others = [path.read_bytes() for path in sorted(corpus.iterdir())[:60]]

    def mutate(data: bytes, largest: int, seed: int) -> bytes:
        return mutated(data, seed, others[seed % len(others)])[:largest]

    return mutate


if __name__ == "__main__":
    sys.exit(main())
