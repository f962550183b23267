"""Which documents a command works on: files, folders, patterns, archives, lists, URLs."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actionplan.console import say
from actionplan.errors import InputRefusedError, UsageError
from actionplan.origins import Source, file_source, is_url, is_web, printable, refused

if TYPE_CHECKING:
    from actionplan.manifest import Row

PLAN_SUFFIX = ".plan.json"
TABLES_SUFFIX = ".tables.json"
ARCHIVE_SUFFIX = ".zip"
STANDARD_INPUT = "-"
_TOLD = 10
"""Rows of a manifest that are told to be left out, one line each; of more, the number."""


def find_inputs(
    arguments: Sequence[str], *, skip: Path | None = None, manifest: Path | None = None
) -> list[Source]:
    """Return the documents that `arguments` and the `manifest` name, each once, by folder and name.

    A file is taken whatever its name, an archive gives its PDF files; a folder gives its PDF files
    at any depth, without hidden ones and without those under `skip` (the output folder); a pattern
    gives what it matches; ``-`` reads a list from standard input; a URL is a document, or a prefix
    of an object store. What names nothing, beside others that do, is a source that fails alone.

    Raises:
        UsageError: nothing names anything, or the manifest is not of its form.
        MissingComponentError: what reads a kind of URL is not installed.
    """
    found: dict[str, Source] = {}
    if manifest:
        for source in _of_manifest(manifest, skip):
            found.setdefault(source.key, source)
    missing: dict[str, str] = {}
    for argument in dict.fromkeys(arguments):
        try:
            for source in _of_argument(argument, skip):
                found.setdefault(source.key, source)
        except _NothingError as error:
            missing.setdefault(argument, str(error))
    if not found:
        if not missing:
            raise UsageError("no document is named; give files, folders or URLs, or --manifest")
        raise UsageError("{}: {}".format(*next(iter(missing.items()))))
    for argument, problem in missing.items():
        source = refused(argument, problem)
        found.setdefault(source.key, source)
    return sorted(found.values(), key=_order)


def _order(source: Source) -> tuple[list[str], str, int]:
    """By folder, then by name: a folder's files stand together."""
    parts = source.place.split("/" if is_url(source.place) else os.sep)
    return parts, source.member, source.position


class _NothingError(Exception):
    """An input names nothing; the text says why and what to do next."""


def _of_argument(argument: str, skip: Path | None) -> Iterable[Source]:
    """The documents of one argument.

    Raises:
        _NothingError: there is none.
    """
    if argument == STANDARD_INPUT:
        return list(_of_list(skip))
    try:
        return _named(argument, skip)
    except _NothingError:
        if is_url(argument) or not glob.has_magic(argument):
            raise
    found = glob.glob(argument, recursive=True)  # noqa: PTH207 - the pattern may be absolute
    files = [path for path in map(Path, found) if path.is_file()]
    if not files:
        raise _NothingError("no such file or folder; check the path")
    return [source for path in files for source in _of_file(path)]


def _of_list(skip: Path | None) -> Iterator[Source]:
    """The documents that standard input names, one a line, or between NUL characters."""
    data = sys.stdin.buffer.read()
    parts = data.split(b"\0") if b"\0" in data else [one.rstrip(b"\r") for one in data.split(b"\n")]
    names = [os.fsdecode(part) for part in parts if part.strip()]
    if not names:
        raise _NothingError("standard input names no document; send one path or URL a line")
    for name in names:
        yield from _named_or_refused(name, skip)


def _of_manifest(path: Path, skip: Path | None) -> Iterator[Source]:
    """The documents of a manifest with their own columns; tell which rows name one again."""
    from actionplan.manifest import read_manifest

    rows: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    for row in read_manifest(path):
        for source in _of_row(path, row, skip):
            first = rows.setdefault(source.key, row.line)
            if first == row.line:
                yield source
            else:
                again.append((row.line, first))
    for line, first in again[:_TOLD]:
        say(f"{path.name}: row {line} names the same document as row {first} and is left out")
    if len(again) > _TOLD:
        say(f"{path.name}: {len(again) - _TOLD} more rows name a document again; left out too")
    if not rows:
        raise UsageError(f"{path}: names no document; add rows below its header")


def _of_row(path: Path, row: Row, skip: Path | None) -> Iterator[Source]:
    where = f"row {row.line} of {path.name}"
    if row.problem:
        told = f"{where} {row.problem}" if row.target else row.problem
        yield refused(row.target or where, told, row.columns)
        return
    target = row.target if is_url(row.target) else _beside(path, row.target)
    for source in _named_or_refused(target, skip):
        problem = f"{where}: {source.problem}" if source.problem else ""
        yield replace(source, columns=row.columns, problem=problem)


def _beside(manifest: Path, target: str) -> str:
    """A path of a manifest, from its folder; written on Windows, it may have backslashes."""
    path = manifest.parent / target
    other = manifest.parent / target.replace("\\", "/")
    return str(other if "\\" in target and not os.path.lexists(path) else path)


def _named_or_refused(name: str, skip: Path | None) -> Iterable[Source]:
    try:
        return _named(name, skip)
    except _NothingError as error:
        return [refused(name, str(error))]


def _named(name: str, skip: Path | None) -> Iterable[Source]:
    """The documents of a path or a URL, taken literally.

    Raises:
        _NothingError: there is none.
    """
    if is_url(name):
        return _of_url(name)
    path = Path(name)
    try:
        if path.is_dir():
            return _of_folder(path, skip)
        if os.path.lexists(path):
            return _of_file(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _NothingError(f"no path that can be looked up ({reason}); check it") from error
    raise _NothingError("no such file or folder; check the path")


def _of_file(path: Path) -> list[Source]:
    """A file, or the documents in it if it is an archive."""
    if path.suffix.lower() != ARCHIVE_SUFFIX:
        return [file_source(path)]
    from actionplan.archives import list_members

    try:
        members = list_members(path)
    except InputRefusedError as error:
        return [refused(str(path), error.problem)]
    if not members:
        return [refused(str(path), "the archive holds no PDF file; name another one")]
    return [
        Source(
            "refused" if member.problem else "member",
            str(path),
            member=member.name,
            position=member.position,
            repeats=member.repeats,
            mark=member.mark,
            problem=member.problem,
        )
        for member in members
    ]


def _of_folder(folder: Path, skip: Path | None) -> list[Source]:
    """PDF files under `folder`, the hidden and the skipped left out."""
    away = str(skip.resolve()) if skip and skip.resolve() != folder.resolve() else None
    sources: list[Source] = []

    def unread(error: OSError) -> None:
        problem = f"the folder cannot be listed ({error.strerror}); check its permissions"
        sources.append(refused(str(error.filename), problem))

    for top, folders, files in os.walk(folder, onerror=unread):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (not away or os.path.realpath(f"{top}/{name}") != away)
        ]
        sources += [
            file_source(Path(top, name))
            for name in files
            if name.lower().endswith(".pdf") and not name.startswith(".")
        ]
    if not sources:
        raise _NothingError("the folder holds no PDF file; name another one")
    return sources


def _of_url(url: str) -> list[Source]:
    """The document at a URL, or those below a prefix of an object store.

    Raises:
        _NothingError: nothing reads this kind of URL.
        MissingComponentError: what reads it is not installed.
    """
    from actionplan.objects import BACK_ENDS, list_objects, scheme_of

    scheme = scheme_of(url)
    if is_web(url):
        if url != printable(url) or not _host(url):
            raise _NothingError("no address of the web; check it")
        return [Source("url", url)]
    if scheme not in BACK_ENDS:
        raise _NothingError(f"{scheme}: is not read; name files, https: or s3: addresses")
    try:
        return [Source("url", found.url, mark=found.mark) for found in list_objects(url)]
    except InputRefusedError as error:
        return [refused(url, error.problem)]


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.port != 0 else None
    except ValueError:
        return None
