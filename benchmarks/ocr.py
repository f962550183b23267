"""How well and how fast scans are read, beside plain tesseract and plain OCRmyPDF.

python benchmarks/ocr.py [NAME ...] [--no-peers] [--ocrmypdf PATH] [--wrong]
python benchmarks/ocr.py --levels [EFFECT ...] [--plan NAME]
    one disturbance at a time, growing, on one plan at 200 dpi
python benchmarks/ocr.py --file PDF --truth JSON [--dpi 200] [--degrees 0.7] [--quality 40]
    a plan from elsewhere, scanned: askew, as JPEG

Words are compared as a multiset with those of the plan as it was printed. Seconds are processor
time a page, of the command and the programs that it starts, each on one thread.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ocr_measure import NEVER, Measured, Words, measure_scan, truth_at, words_of
from ocr_peers import find_ocrmypdf, plain_ocrmypdf, plain_tesseract
from table_scores import TableScore

from actionplan import read_tables
from actionplan.normalise.scoring import HARD_FIELDS, Count
from samples.scanning.scan import make
from samples.scanning.specs import Scan, Step, load, sources

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
KEY_FIELDS = ("number", "target_edtf", "leads", "section_agency")
# Each disturbance, from what is hardly seen to what is worse than an office would file.
LEVELS: dict[str, list[tuple[str, dict[str, float]]]] = {
    "dpi": [(f"{dpi} dpi", {"dpi": dpi}) for dpi in (300, 200, 150, 120, 100, 75)],
    "skew": [(f"{n} degrees", {"degrees": n}) for n in (0.3, 0.7, 1.5, 3.0, 5.0, 8.0)],
    "turn": [(f"{n} degrees", {"degrees": n}) for n in (90, 180, 270)],
    "jpeg": [(f"quality {n}", {"quality": n}) for n in (50, 30, 15, 8, 4)],
    "noise": [(f"{n} grey levels", {"sigma": n}) for n in (8, 16, 32, 64)],
    "specks": [(f"{n:.1%} of all places", {"share": n}) for n in (0.001, 0.004, 0.016, 0.05)],
    "blur": [(f"{n} mm", {"mm": n}) for n in (0.1, 0.15, 0.2, 0.3)],
    "background": [(f"grey level {n}", {"level": n}) for n in (230, 200, 160, 120)],
    "light": [(f"{n:.0%} darker", {"strength": n}) for n in (0.2, 0.4, 0.6, 0.8)],
    "faint_rules": [
        (f"{keep:.0%} of the ink, {gaps:.0%} broken", {"keep": keep, "gaps": gaps})
        for keep, gaps in ((0.6, 0.05), (0.4, 0.15), (0.25, 0.3), (0.12, 0.5), (0.0, 0.0))
    ],
    "toner": [(f"{n:.0%} fainter", {"strength": n}) for n in (0.3, 0.5, 0.7, 0.85)],
    "show_through": [(f"{n:.0%}", {"strength": n}) for n in (0.1, 0.2, 0.35, 0.5)],
    "curl": [(f"{n:.1%} of the height", {"depth": n}) for n in (0.002, 0.005, 0.01, 0.02)],
    "photo": [(f"{n:.0%} shorter", {"tilt": n, "degrees": 0.5}) for n in (0.02, 0.05, 0.1)],
    "fax": [(f"ragged by {n}", {"ragged": n}) for n in (10, 25, 50)],
}


def main() -> None:
    """Print the figures as Markdown."""
    options = _options()
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        if options.levels is not None:
            lines = _levels(options, folder)
        elif options.file:
            lines = _outside(options, folder)
        else:
            lines = _samples(options, folder)
        for line in lines:
            print(line, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="these scans only")
    parser.add_argument("--no-peers", action="store_true", help="measure this project alone")
    parser.add_argument("--ocrmypdf", metavar="PATH", help="the program, if it is not on the path")
    parser.add_argument("--wrong", action="store_true", help="list wrong fields and words")
    parser.add_argument("--levels", nargs="*", metavar="EFFECT", help="one disturbance at a time")
    parser.add_argument("--plan", default="tarnwick-seven-columns", help="the plan for --levels")
    parser.add_argument("--file", type=Path, help="a plan from elsewhere")
    parser.add_argument("--truth", type=Path, help="its truth")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--degrees", type=float, default=0.7)
    parser.add_argument("--quality", type=int, default=40)
    options = parser.parse_args()
    if bool(options.file) != bool(options.truth):
        parser.error("--file and --truth go together")
    return options


def _samples(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The scans of `samples/scans/`, and what the plain way makes of them."""
    found = [(source, load(source)) for source in sources(options.names)]
    _warm(found[0][0].with_suffix(".pdf"))
    ours = [_sample(source, scan) for source, scan in found]
    yield from _table(ours)
    if not options.no_peers:
        yield from _peers(found, ours, options.ocrmypdf, folder)
    if options.wrong:
        for (source, scan), measured in zip(found, ours, strict=True):
            yield from _wrong(source, scan, measured)


def _warm(pdf: Path) -> None:
    """Imports and first calls are not what is timed."""
    read_tables(pdf, options=NEVER)


def _sample(source: Path, scan: Scan) -> Measured:
    plan = SAMPLES / f"{scan.of}.pdf"
    return measure_scan(source.with_suffix(".pdf"), truth_at(plan.with_suffix(".truth.json")), plan)


def _table(measured: Sequence[Measured], title: str = "scan") -> Iterator[str]:
    yield (
        f"| {title} | pages | words: recall | precision | cell F1 | mean cell similarity "
        "| records | hard-field F1 | numbers, dates, leads | seconds a page |"
    )
    yield "| --- " * 10 + "|"
    yield from map(_line, measured)
    if len(measured) > 1:
        yield _total(measured)


def _line(item: Measured) -> str:
    record = item.plan.counts["record"]
    return (
        f"| {item.name} | {item.pages} | {item.words.recall:.3f} | {item.words.precision:.3f} "
        f"| {item.tables.f1:.3f} | {item.tables.likeness:.3f} "
        f"| {record.right} of {record.true}{_invented(record)} | {item.plan.overall:.3f} "
        f"| {_sum([item], KEY_FIELDS).f1:.3f} | {item.per_page:.2f} |"
    )


def _invented(record: Count) -> str:
    more = record.predicted - record.right
    return f", {more} more" if more else ""


def _total(measured: Sequence[Measured]) -> str:
    words, tables = Words(), TableScore()
    for item in measured:
        words, tables = words.plus(item.words), tables.plus(item.tables)
    pages = sum(item.pages for item in measured)
    record = _sum(measured, ("record",))
    return (
        f"| **all** | {pages} | {words.recall:.3f} | {words.precision:.3f} | {tables.f1:.3f} "
        f"| {tables.likeness:.3f} | {record.right} of {record.true}{_invented(record)} "
        f"| {_sum(measured, HARD_FIELDS).f1:.3f} | {_sum(measured, KEY_FIELDS).f1:.3f} "
        f"| {sum(item.seconds for item in measured) / pages:.2f} |"
    )


def _sum(measured: Sequence[Measured], fields: Sequence[str]) -> Count:
    total = Count()
    for item in measured:
        for name in fields:
            total = total.plus(item.plan.counts[name])
    return total


def _peers(
    found: Sequence[tuple[Path, Scan]], ours: Sequence[Measured], named: str | None, folder: Path
) -> Iterator[str]:
    """Plain tesseract's time and words; plain OCRmyPDF with the born-digital reader."""
    program = find_ocrmypdf(named)
    if program is None:
        print("OCRmyPDF is not installed and left out: pip install ocrmypdf", file=sys.stderr)
    yield ""
    yield (
        "| scan | seconds a page | tesseract: seconds | times as long | word recall | precision "
        "| OCRmyPDF: seconds | word recall | cell F1 | records | hard-field F1 |"
    )
    yield "| --- " * 11 + "|"
    for (source, scan), measured in zip(found, ours, strict=True):
        pdf, plan = source.with_suffix(".pdf"), SAMPLES / f"{scan.of}.pdf"
        seconds, read = plain_tesseract(pdf, scan.dpi, folder)
        words = _compared(read, plan)
        yield (
            f"| {pdf.stem} | {measured.per_page:.2f} | {seconds:.2f} "
            f"| {measured.per_page / seconds:.2f} | {words.recall:.3f} | {words.precision:.3f} "
            f"| {_ocrmypdf(pdf, scan, plan, folder, program)} |"
        )


def _compared(read: Iterable[str], plan: Path) -> Words:
    true, found = words_of(read_tables(plan, options=NEVER)), Counter(read)
    return Words((true & found).total(), found.total(), true.total())


def _ocrmypdf(pdf: Path, scan: Scan, plan: Path, folder: Path, program: str | None) -> str:
    if program is None:
        return "| | | |"
    how = "--redo-ocr" if scan.hidden else "--force-ocr" if scan.no_map else "--skip-text"
    truth = truth_at(plan.with_suffix(".truth.json"))
    result = plain_ocrmypdf(pdf, [how], truth, plan, folder, program)
    if isinstance(result, str):
        return f"failed: {result} | | | |"
    measured, seconds = result
    record = measured.plan.counts["record"]
    return (
        f"{seconds:.2f} | {measured.words.recall:.3f} | {measured.tables.f1:.3f} "
        f"| {record.right} of {record.true}{_invented(record)} | {measured.plan.overall:.3f}"
    )


def _wrong(source: Path, scan: Scan, measured: Measured) -> Iterator[str]:
    """Wrong fields, and the words read otherwise than printed."""
    yield f"\n{measured.name}"
    for wrong in measured.plan.wrong:
        yield f"- {wrong.field} of record {wrong.record + 1}"
    true = words_of(read_tables(SAMPLES / f"{scan.of}.pdf", options=NEVER))
    read = words_of(read_tables(source.with_suffix(".pdf")))
    yield f"- not read: {' '.join(sorted((true - read).elements()))}"
    yield f"- read instead: {' '.join(sorted((read - true).elements()))}"


def _levels(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """One disturbance at a time, at growing strength, on one plan."""
    plan = SAMPLES / f"{options.plan}.pdf"
    truth = truth_at(plan.with_suffix(".truth.json"))
    unknown = set(options.levels) - set(LEVELS)
    if unknown:
        raise SystemExit(f"no levels for {', '.join(sorted(unknown))}: {', '.join(LEVELS)}")
    yield from list(_table([]))
    for effect in options.levels or LEVELS:
        for told, arguments in LEVELS[effect]:
            target = folder / "level.pdf"
            make(plan, _level(options.plan, effect, arguments), target)
            measured = measure_scan(target, truth, plan)
            yield _line(measured).replace("| level |", f"| {effect}: {told} |", 1)


def _level(plan: str, effect: str, arguments: dict[str, float]) -> Scan:
    if effect == "dpi":
        return Scan(of=plan, dpi=int(arguments["dpi"]), quality=60)
    bits = 1 if effect == "fax" else 8
    return Scan(of=plan, dpi=200, quality=60, bits=bits, steps=(Step(effect, (), arguments),))


def _outside(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """A plan from elsewhere, scanned askew and as JPEG, beside itself as it was printed."""
    target = folder / f"{options.file.stem}-scanned.pdf"
    steps = (
        Step("skew", (), {"degrees": options.degrees}),
        Step("jpeg", (), {"quality": options.quality}),
    )
    make(options.file, Scan(of="", dpi=options.dpi, quality=options.quality, steps=steps), target)
    truth = truth_at(options.truth)
    measured = measure_scan(target, truth, options.file)
    yield from _table([measured, measure_scan(options.file, truth, options.file, NEVER)][:1])
    seconds, read = plain_tesseract(target, options.dpi, folder)
    words = _compared(read, options.file)
    yield (
        f"\nPlain tesseract: {seconds:.2f} seconds a page (we take "
        f"{measured.per_page / seconds:.2f} times as long), word recall {words.recall:.3f}, "
        f"precision {words.precision:.3f}."
    )
    if options.wrong:
        for wrong in measured.plan.wrong:
            yield f"- {wrong.field} of record {wrong.record + 1}"


if __name__ == "__main__":
    main()
