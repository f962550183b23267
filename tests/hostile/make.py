"""Make the bad files: ``python -m tests.hostile.make FOLDER`` writes them all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.hostile import active, bombs, boxes, cells, letters, no_pdf, trees
from tests.hostile.kinds import Bad

SHELVES = (no_pdf, trees, bombs, boxes, letters, active, cells)
EVERY: dict[str, Bad] = {}
for _module in SHELVES:
    if EVERY.keys() & _module.shelf.keys():
        raise ValueError(f"{_module.__name__}: a name is there already")
    EVERY.update(_module.shelf)


def write(folder: Path, bad: Iterable[Bad] = EVERY.values()) -> list[Path]:
    """Write bad files to `folder`, named ``NAME.pdf``; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for one in bad:
        paths.append(folder / f"{one.name}.pdf")
        paths[-1].write_bytes(one.make())
    return paths


if __name__ == "__main__":
    print(len(write(Path(sys.argv[1]))), "files")
