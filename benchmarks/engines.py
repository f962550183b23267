"""The board of second opinions: what each adds on the samples, and on files damaged on purpose.

python benchmarks/engines.py [FOLDER] [--damage N]
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from actionplan.extract import ExtractSettings, ReadError, read_tables
from actionplan.extract.opinion_settings import CamelotSettings
from actionplan.normalise.hints import plan_hints
from actionplan.normalise.interpret import interpret
from actionplan.normalise.scoring import score_plan
from actionplan.schemas.tables import Engine, ReadOptions, TableDocument

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
NO_CAMELOT = replace(ExtractSettings(), camelot=CamelotSettings(max_pages=0))
Way = tuple[str, Engine, ExtractSettings]
WAYS: tuple[Way, ...] = (
    ("pdfium alone", "pdfium", NO_CAMELOT),
    ("with repair and pdfplumber", "auto", NO_CAMELOT),
    ("and camelot (auto)", "auto", ExtractSettings()),
    ("pdfplumber alone", "pdfplumber", NO_CAMELOT),
    ("camelot forced", "camelot", ExtractSettings()),
)
DAMAGED = ("lorringham-no-numbers", "velmouth-web-style", "thrushford-update-stamps")


def main() -> None:
    """Print the board as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--damage", type=int, default=20, metavar="N", help="damages a sample")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # parsers of damaged files complain at length
    _samples(options.folder)
    _damages(options.damage)


def _samples(folder: Path) -> None:
    total: Counter[str] = Counter()
    seconds: dict[str, float] = defaultdict(float)
    lines = []
    for path in sorted(folder.glob("*.pdf")):
        truth = path.with_suffix(".truth.json")
        if not truth.exists():
            continue
        wanted = json.loads(truth.read_text(encoding="utf-8"))
        if "records" not in wanted:
            continue
        cells = {}
        for way in WAYS:
            start = time.process_time()
            document = _read(path.read_bytes(), way)
            seconds[way[0]] += time.process_time() - start
            rows, score = _rows_right(document, wanted), _score(document, wanted)
            total[way[0]] += rows
            cells[way[0]] = f"{rows}, {score:.2f}"
        total["true"] += _rows(wanted["tables"]).total()
        if len(set(cells.values())) > 1:
            lines.append(f"| {path.stem} | {' | '.join(cells.values())} |")
    names = [name for name, _, _ in WAYS]
    print("Rows right in every cell, and F1 of the records' fields, where the readers differ:\n")
    print(f"| sample | {' | '.join(names)} |\n|{' --- |' * (len(names) + 1)}")
    print("\n".join(lines))
    print(f"| **all {total['true']} rows** | {' | '.join(str(total[name]) for name in names)} |")
    print(f"| CPU seconds | {' | '.join(f'{seconds[name]:.1f}' for name in names)} |")


def _read(data: bytes, way: Way) -> TableDocument | None:
    _, engine, settings = way
    options = ReadOptions(engine=engine)
    try:
        return read_tables(data, hints=plan_hints(), settings=settings, options=options)
    except ReadError:
        return None


def _rows(tables: Iterable[dict[str, Any]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(_plain(cell) for cell in row) for t in tables for row in t["rows"])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _rows_right(document: TableDocument | None, wanted: dict[str, Any]) -> int:
    if document is None:
        return 0
    read = Counter(
        tuple("" if cell.covered else _plain(cell.text) for cell in row.cells)
        for table in document.tables
        for row in table.rows
    )
    return (read & _rows(wanted["tables"])).total()


def _score(document: TableDocument | None, wanted: dict[str, Any]) -> float:
    if document is None:
        return 0.0
    return score_plan(interpret(document).model_dump(mode="json"), wanted).overall


def _damages(count: int) -> None:
    """Share of the words that each way still reads, over files damaged at random places."""
    ways = (WAYS[0], WAYS[1], WAYS[3])
    print("\nShare of the words read (and of words that the sound file has not):\n")
    print(f"| damage | files | {' | '.join(name for name, _, _ in ways)} |")
    print(f"|{' --- |' * (len(ways) + 2)}")
    chance = random.Random(7)
    files = [(SAMPLES / f"{name}.pdf").read_bytes() for name in DAMAGED]
    for kind in ("cut off", "hole", "gap", "bytes"):
        kept: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        words = 0
        for data in files:
            true = _words(_read(data, WAYS[0]))
            for _ in range(count):
                broken = _damage(data, kind, chance)
                words += true.total()
                for way in ways:
                    read = _words(_read(broken, way))
                    kept[way[0]] += (read & true).total()
                    wrong[way[0]] += (read - true).total()
        shares = (f"{kept[n] / words:.2f} ({wrong[n] / words:.3f})" for n, _, _ in ways)
        print(f"| {kind} | {count * len(files)} | {' | '.join(shares)} |")


def _damage(data: bytes, kind: str, chance: random.Random) -> bytes:
    """Return `data` with one damage: what a broken download, disk or transfer leaves."""
    at, length = chance.randrange(len(data)), chance.choice([512, 1024, 4096])
    if kind == "cut off":
        return data[: len(data) // 2 + at // 2]
    if kind == "hole":
        return data[:at] + bytes(len(data[at : at + length])) + data[at + length :]
    if kind == "gap":
        return data[:at] + data[at + length :]
    changed = bytearray(data)
    for _ in range(5):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _words(document: TableDocument | None) -> Counter[str]:
    if document is None:
        return Counter()
    return Counter(word for _, line in document.iter_lines() for word in line.text.split())


if __name__ == "__main__":
    main()
