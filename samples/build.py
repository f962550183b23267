"""Make the sample PDFs and their truth from the sources.

python -m samples.build [NAME ...]     make PDFs, truth and the README's table
python -m samples.build --truth        truth only; needs no PDF producer
python -m samples.build --check        fail where truth or PDF differs from its source
python -m samples.build --map NAME     show on which pages each cell lies
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from samples import checks, readme
from samples.producers.post import finish
from samples.source import Sample, load
from samples.truth import truth_of

HERE = Path(__file__).parent


def sources(names: list[str]) -> list[Path]:
    """Return the source files, all or those named.

    Raises:
        SystemExit: a name has no source.
    """
    found = sorted(HERE.glob("sources/**/*.toml"))
    if unknown := set(names) - {path.stem for path in found}:
        raise SystemExit(f"no source for {', '.join(sorted(unknown))} in samples/sources/")
    return [path for path in found if not names or path.stem in names]


def target_of(source: Path) -> Path:
    """Return the path of a source's PDF: beside this module, or in the source's own folder."""
    return HERE / source.relative_to(HERE / "sources").with_suffix(".pdf")


def truth_text(sample: Sample) -> str:
    """Return the truth file's content."""
    return json.dumps(truth_of(sample), ensure_ascii=False, indent=1) + "\n"


def make(source: Path, pdf: bool = True) -> list[str]:
    """Write a sample's PDF and truth; return what is wrong with the PDF."""
    sample, target = load(source), target_of(source)
    target.parent.mkdir(exist_ok=True)
    target.with_suffix(".truth.json").write_text(truth_text(sample), encoding="utf-8")
    if not pdf:
        return []
    producer = importlib.import_module(f"samples.producers.{sample.producer}")
    producer.produce(sample, target)
    finish(sample, target)
    return verified(sample, target)


def verified(sample: Sample, target: Path) -> list[str]:
    """Return what a PDF does not show as its source says: a cell's text, a page break."""
    try:
        return checks.run(target, sample)
    except AssertionError as error:
        return [str(error)]


def stale(names: list[str]) -> list[str]:
    """Return the truth files that differ from their sources, and what the PDFs do not show."""
    wrong = []
    for source in sources(names):
        sample, target = load(source), target_of(source)
        truth = target.with_suffix(".truth.json")
        if not truth.exists() or truth.read_text(encoding="utf-8") != truth_text(sample):
            wrong.append(f"{truth.name} differs from {source.name}: run python -m samples.build")
        wrong += verified(sample, target)
    return wrong


def main(argv: list[str] | None = None) -> int:
    """Run the command; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        prog="python -m samples.build",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--truth", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--map", action="store_true")
    options = parser.parse_args(argv)
    if options.map:
        for source in sources(options.names):
            print(source.stem, checks.page_map(target_of(source), load(source)), sep="\n")
        return 0
    wrong = stale(options.names) if options.check else []
    if not options.check:
        for source in sources(options.names):
            wrong += make(source, pdf=not options.truth)
        readme.write(HERE, [(load(path), target_of(path)) for path in sources([])])
    print("\n".join(wrong) or "all as meant", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
