"""Which files a command works on, and what each result is called."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from actionplan.errors import UsageError
from actionplan.origins import Source, file_source, still_there

PLAN_SUFFIX = ".plan.json"
TABLES_SUFFIX = ".tables.json"


def find_inputs(arguments: Sequence[str], *, skip: Path | None = None) -> list[Source]:
    """Return the documents that `arguments` name, each once, sorted by path.

    A file is taken whatever its name; a folder gives its PDF files at any depth, without hidden
    ones and without those under `skip` (the output folder); a pattern gives what it matches.

    Raises:
        UsageError: an argument names nothing, or a folder holds no PDF.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for path in _expand(argument, skip):
            source = file_source(path)
            found.setdefault(source.key, source)
    return sorted(found.values(), key=_order)


def _order(source: Source) -> tuple[list[str], str]:
    """By folder, then by name: a folder's files stand together."""
    return source.place.split("/" if source.kind == "url" else os.sep), source.member


def _expand(argument: str, skip: Path | None) -> Iterable[Path]:
    path = Path(argument)
    if path.is_dir():
        files = _folder(path, skip)
        if not files:
            raise UsageError(f"{argument}: the folder holds no PDF file; name another one")
        return files
    if path.exists():
        return [path]
    found = glob.glob(argument, recursive=True)  # noqa: PTH207 - the pattern may be absolute
    files = [path for path in map(Path, found) if path.is_file()]
    if not files:
        raise UsageError(f"{argument}: no such file or folder; check the path")
    return files


def _folder(folder: Path, skip: Path | None) -> list[Path]:
    """PDF files under `folder`, the hidden and the skipped left out."""
    away = skip.resolve() if skip else None
    return [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".pdf"
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not (away and away != folder.resolve() and path.resolve().is_relative_to(away))
    ]


def result_names(sources: Sequence[Source], taken: Mapping[str, str]) -> list[str]:
    """Return a name for the results of each source: its stem, and ``-2``, ``-3``... on a clash.

    Args:
        sources: the inputs, in order.
        taken: names in use in the output folder, with the key of the source of each. A source
            keeps its name from run to run; a name whose source is gone is free again.

    Returns:
        Names that differ also where capitals do not count, in the order of `sources`.
    """
    owner = {name.casefold(): source for name, source in taken.items() if still_there(source)}
    kept = {source: name for name, source in taken.items()}
    names: list[str] = []
    for source in sources:
        path = source.key
        stem, number = source.stem, 1
        name = kept.get(path, stem)
        while owner.get(name.casefold(), path) != path:
            number += 1
            name = f"{stem}-{number}"
        owner[name.casefold()] = path
        names.append(name)
    return names
