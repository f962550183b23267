"""Make the scans of the fictional plans and their truth.

python -m samples.scanning [NAME ...]     make them, and the table in the README
python -m samples.scanning --check        fail where a truth file differs from its plan's
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.readme import page_count
from samples.scanning import specs
from samples.scanning.scan import make

PLANS = Path(__file__).resolve().parents[1]
README = specs.FOLDER / "README.md"
START, END = "<!-- scans -->", "<!-- /scans -->"


def table() -> str:
    """Return the table of all scans, one line each."""
    lines = ["| file | scan of | pages | what it covers |", "| --- " * 4 + "|"]
    for source in specs.sources():
        scan, pdf = specs.load(source), source.with_suffix(".pdf")
        plan = f"`{scan.of}.pdf`"
        lines.append(f"| `{pdf.name}` | {plan} | {page_count(pdf)} | {scan.covers} |")
    return "\n".join(lines)


def write_readme() -> None:
    """Replace the table between the README's two marks."""
    before, rest = README.read_text(encoding="utf-8").split(START)
    text = f"{before}{START}\n{table()}\n{END}{rest.split(END)[1]}"
    README.write_text(text, encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Run the command; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m samples.scanning",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(argv)
    wrong = []
    for source in specs.sources(options.names):
        scan = specs.load(source)
        said = (PLANS / f"{scan.of}.truth.json").read_text(encoding="utf-8")
        truth = source.with_suffix(".truth.json")
        if options.check:
            if not truth.exists() or truth.read_text(encoding="utf-8") != said:
                wrong.append(f"{truth.name} differs: run python -m samples.scanning {source.stem}")
            continue
        make(PLANS / f"{scan.of}.pdf", scan, source.with_suffix(".pdf"))
        truth.write_text(said, encoding="utf-8")
    if not options.check:
        write_readme()
    print("\n".join(wrong) or "all as meant", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
