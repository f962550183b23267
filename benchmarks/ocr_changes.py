"""How often a mended word of a scan is right: on poor scans of all plans of few pages.

python benchmarks/ocr_changes.py [NAME ...] [--all]

Each plan is scanned twice, as a poor JPEG of 150 dpi and as a ragged fax of 200 dpi. A change is
right if the page then has one wrong word less and no right one less, as a multiset; all others are
listed, since a word that is cut at a line's end or bears a wrong stop counts as wrong either way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ocr_measure import NEVER, words_of

from actionplan import read_tables
from actionplan.schemas.tables import TableDocument
from samples.readme import page_count
from samples.scanning.scan import make
from samples.scanning.specs import Scan, Step

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
MOST_PAGES = 3
POOR = {
    "JPEG": Scan(
        of="",
        dpi=150,
        quality=25,
        seed=5,
        steps=(
            Step("skew", (), {"degrees": 0.8}),
            Step("blur", (), {"mm": 0.09}),
            Step("noise", (), {"sigma": 12}),
            Step("jpeg", (), {"quality": 18}),
        ),
    ),
    "fax": Scan(
        of="",
        dpi=200,
        bits=1,
        seed=6,
        steps=(
            Step("toner", (), {"strength": 0.45}),
            Step("skew", (), {"degrees": -0.5}),
            Step("blur", (), {"mm": 0.08}),
            Step("fax", (), {"threshold": 170, "ragged": 34}),
            Step("specks", (), {"share": 0.002}),
        ),
    ),
}


def main() -> None:
    """Print the changes that are not right, and how many are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="these plans only")
    parser.add_argument("--all", action="store_true", help="list the right changes too")
    options = parser.parse_args()
    counted: Counter[bool] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for plan in sorted(SAMPLES.glob("*.pdf")):
            if page_count(plan) > MOST_PAGES or (options.names and plan.stem not in options.names):
                continue
            true = words_of(read_tables(plan, options=NEVER))
            for kind, scan in POOR.items():
                target = Path(folder) / "scan.pdf"
                make(plan, scan, target)
                for raw, text, right in judged(read_tables(target), true):
                    counted[right] += 1
                    if options.all or not right:
                        print(f"{'' if right else '? '}{plan.stem}, {kind}: {raw} -> {text}")
    print(f"{counted[True]} changes right, {counted[False]} to be looked at")


def judged(document: TableDocument, true: Counter[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield each mended word, what it is taken for, and whether that is right.

    Args:
        document: the scan as read.
        true: the words of the plan as it was printed.
    """
    raw = {(page, k): read for page, scan in document.scans.items() for k, read in scan.raw}
    now: Counter[str] = Counter()
    for page, scan in document.scans.items():
        for k, text in enumerate(scan.text):
            now.update(raw.get((page, k), text).split())
    for (page, k), read in raw.items():
        text = document.scans[page].text[k]
        fits = all(now[part] < true[part] for part in text.split())
        yield read, text, fits and now[read] > true[read]
        now[read] -= 1
        now.update(text.split())


if __name__ == "__main__":
    main()
