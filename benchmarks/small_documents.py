"""Ten thousand small documents, two in a hundred hostile: all good ones right, all bad ones told.

    python benchmarks/small_documents.py [--documents 10000] [--jobs 2]

The documents are made up once and kept in ``.bench/``; the hostile ones are
those of ``tests/hostile``, each under many names. Prints a Markdown table; exits with 1 if
anything is wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from made_pdfs import make_folder
from peers import CACHE
from processes import weigh

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.hostile.kinds import Bad
from tests.hostile.make import EVERY

COMMAND = [sys.executable, "-m", "actionplan"]
BAD_SHARE = 50  # each 50th document is hostile


def main() -> int:
    """Print the table, and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    folder, bad = _documents(chosen.documents)
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "out"
        command = [*COMMAND, "convert", str(folder), "-o", str(out), "-j", str(chosen.jobs)]
        first = weigh([*command, "--quiet"])
        again = weigh([*command, "--quiet"])
        wrong = list(_wrong(folder, out, bad))
    print("| run | seconds | documents/s | parent MB | worker MB | exit code |")
    print("| --- " * 6 + "|")
    for name, run in (("first", first), ("again, nothing to do", again)):
        rate = chosen.documents / run.seconds
        print(
            f"| {name} | {run.seconds:.1f} | {rate:.0f} | {run.parent:.0f} | {run.worker:.0f} "
            f"| {run.code} |"
        )
    print(f"\n{chosen.documents - len(bad)} good documents, {len(bad)} hostile ones")
    print(f"Wrong: {len(wrong)} {wrong[:5] or ''}")
    return bool(wrong)


def _documents(count: int) -> tuple[Path, set[str]]:
    """The folder of documents, and the names of the hostile ones."""
    good = count - count // BAD_SHARE
    folder = make_folder(CACHE / f"small-{count}", good, 1)
    names = set()
    kinds = [bad.make() for bad in EVERY.values() if _is_refused(bad)]
    for number in range(count // BAD_SHARE):
        name = f"bad-{number:05}"
        (folder / f"{name}.pdf").write_bytes(kinds[number % len(kinds)])
        names.add(name)
    return folder, names


def _is_refused(bad: Bad) -> bool:
    """Is it refused for what it is? What only a limit of memory ends, is tried in each run."""
    return bad.code in (1, 4) and not bad.options and "memory-limit" not in bad.sees


def _wrong(folder: Path, out: Path, bad: set[str]) -> Iterator[str]:
    """What a run over the folder did otherwise than it should."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    written = Counter(path.name.removesuffix(".plan.json") for path in out.glob("*.plan.json"))
    with (out / "failures.csv").open(encoding="utf-8") as file:
        told = Counter(Path(row["document"]).stem for row in csv.DictReader(file))
    for name, said in truth.items():
        if written[name] != 1 or told[name]:
            yield f"{name}: written {written[name]} times, told as failed {told[name]} times"
            continue
        plan = json.loads((out / f"{name}.plan.json").read_text("utf-8"))
        texts = [record["text"] for record in plan["recommendations"]]
        if texts != [one["text"] for one in said]:
            yield f"{name}: other texts"
    for name in bad:
        if written[name] or told[name] != 1:
            yield f"{name}: written {written[name]} times, told as failed {told[name]} times"


if __name__ == "__main__":
    sys.exit(main())
