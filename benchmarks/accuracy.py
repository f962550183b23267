"""The board: how well samples, or a folder of one's own, are read.

python benchmarks/accuracy.py [--outside FOLDER] [--wrong]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import pdfplumber

from actionplan import read_tables
from actionplan.extract.glyphs import clean_word
from actionplan.normalise.interpret import interpret
from actionplan.normalise.scoring import FIELDS, HARD_FIELDS, Count, score_plan
from actionplan.schemas.tables import TableDocument

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> None:
    """Print the board as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outside", type=Path, help="a folder of PDFs, some with truth beside")
    parser.add_argument("--wrong", action="store_true", help="list each wrong field")
    options = parser.parse_args()
    total = _scores(options.outside or SAMPLES, wrong=options.wrong)
    _fields(total)
    if options.outside:
        _words(options.outside)


def _scores(folder: Path, *, wrong: bool) -> dict[str, Count]:
    total = dict.fromkeys(FIELDS, Count())
    print("| document | pages | records | hard-field F1 | fields below 1 |")
    print("| --- | --- | --- | --- | --- |")
    listed = []
    for path in sorted(folder.glob("*.pdf")):
        truth = _truth(path)
        if "records" not in truth:
            continue
        document = read_tables(path)
        score = score_plan(interpret(document).model_dump(mode="json"), truth)
        total = {name: total[name].plus(score.counts[name]) for name in FIELDS}
        low = ", ".join(f"{n} {score.f1(n):.2f}" for n in FIELDS if score.f1(n) < 0.995)
        record = score.counts["record"]
        print(
            f"| {path.stem} | {len(document.pages)} | {record.predicted} of {record.true} "
            f"| {score.overall:.3f} | {low} |"
        )
        listed += [f"- {path.stem}: {item}" for item in score.wrong]
    if wrong:
        print("\n" + "\n".join(listed))
    return total


def _truth(path: Path) -> dict[str, object]:
    for ending in (".truth.json", ".gt.json"):
        beside = path.with_suffix(ending)
        if beside.exists():
            truth: dict[str, object] = json.loads(beside.read_text(encoding="utf-8"))
            return truth
    return {}


def _fields(total: dict[str, Count]) -> None:
    print("\n| field | right | predicted | true | F1 |\n| --- | --- | --- | --- | --- |")
    for name, count in total.items():
        soft = "" if name in HARD_FIELDS else " (not counted in the overall figure)"
        print(
            f"| {name}{soft} | {count.right} | {count.predicted} | {count.true} | {count.f1:.3f} |"
        )
    hard = Count()
    for name in HARD_FIELDS:
        hard = hard.plus(total[name])
    print(f"\nOverall hard-field F1: {hard.f1:.4f}")


def _words(folder: Path) -> None:
    """Audit of every PDF, and its words against pdfplumber's."""
    print("\n| document | words | lost | doubled | pages whose words differ from pdfplumber's |")
    print("| --- | --- | --- | --- | --- |")
    for path in sorted(folder.glob("*.pdf")):
        document = read_tables(path)
        words, lost, doubled = (
            sum(getattr(page, name) for page in document.audit)
            for name in ("words", "lost", "duplicated")
        )
        print(f"| {path.stem} | {words} | {lost} | {doubled} | {_differing(path, document)} |")


def _differing(path: Path, document: TableDocument) -> str:
    ours: dict[int, Counter[str]] = {page.page: Counter() for page in document.pages}
    for _, line in document.iter_lines():
        ours[line.page].update(_plain(word) for word in line.text.split())
    with pdfplumber.open(path) as other:
        pages = [
            number
            for number, page in enumerate(other.pages, 1)
            if ours[number] != Counter(_plain(word["text"]) for word in page.extract_words())
        ]
    return f"{len(pages)} of {len(ours)}"


def _plain(word: str) -> str:
    return clean_word(word).replace("\u00ad", "")


if __name__ == "__main__":
    main()
