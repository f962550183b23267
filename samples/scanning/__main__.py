"""Make the scans of the fictional plans and their truth.

python -m samples.scanning [NAME ...]     make them
python -m samples.scanning --check        fail where a truth file differs from its plan's
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.scanning import specs
from samples.scanning.scan import make

PLANS = Path(__file__).resolve().parents[1]


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
    print("\n".join(wrong) or "all as meant", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
