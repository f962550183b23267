"""From plan files to the files of a dataset, in a folder of their own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

from actionplan.normalise.dataset.about import About
from actionplan.normalise.dataset.corrections import (
    Correction,
    Result,
    correction_rows,
    digest,
    hidden,
)
from actionplan.normalise.dataset.database import write_database
from actionplan.normalise.dataset.documents import citation, data_dictionary, readme
from actionplan.normalise.dataset.figures import Figures
from actionplan.normalise.dataset.links import find_links
from actionplan.normalise.dataset.own import OwnColumns
from actionplan.normalise.dataset.package import WrittenFile, data_package
from actionplan.normalise.dataset.patch import Patch
from actionplan.normalise.dataset.store import Prepared, Store, read_tables, store_key
from actionplan.normalise.dataset.tables import (
    Values,
    arrow_table,
    csv_header,
    csv_rows,
    schema_of,
)
from actionplan.normalise.privacy.protect import Privacy
from actionplan.schemas.dataset import DATASET, DatasetTable

if TYPE_CHECKING:
    import pyarrow as pa

PACKAGE = "datapackage.json"
DATABASE = "dataset.duckdb"
_ID = re.compile(rb'"id"\s*:\s*"(sha256:[0-9a-f]{64})"')
_ROWS_IN_GROUP = 50_000  # of a Parquet file: a few megabytes each


class Source(NamedTuple):
    """A plan file that is prepared.

    Attributes:
        key: fingerprint of all that `prepared` depends on.
        corrections: those of this document.
    """

    path: Path
    key: str
    corrections: list[Correction]
    prepared: Prepared

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.prepared.digest.id


class Built(NamedTuple):
    """What came of a build.

    Attributes:
        fingerprint: of the data, ``sha256:…``.
        corrections: each with its result.
    """

    figures: Figures
    fingerprint: str
    corrections: list[tuple[Correction, Result]]


def prepare(path: Path, corrections: Sequence[Correction], store: Store) -> Source:
    """Lay out one plan file, or find what is kept of it.

    Args:
        path: of the plan file.
        corrections: of all documents.
        store: where laid-out plans are kept.

    Raises:
        ValueError: it is no plan file, or one that contradicts itself.
        OSError: it cannot be read, or the store cannot be written to.
    """
    data = path.read_bytes()
    found = _ID.search(data)
    if not found:
        raise ValueError("it names no document")
    own = [one for one in corrections if one.document == found[1].decode()]
    key = store_key(data, digest(own), store.privacy.fingerprint)
    prepared = store.load(key) or _lay_out(data, key, own, store)
    return Source(path, key, own, prepared)


def _lay_out(data: bytes, key: str, corrections: Sequence[Correction], store: Store) -> Prepared:
    from actionplan.schemas.plan import Plan

    return store.save(key, Plan.model_validate_json(data), corrections)


def write_dataset(
    sources: Sequence[Source],
    corrections: Sequence[Correction],
    about: About,
    store: Store,
    folder: Path,
    program: str,
    own: OwnColumns | None = None,
) -> Built:
    """Write all files of a dataset into `folder`, which is empty.

    The order of `sources` does not matter, but of two with the same document the first counts.

    Args:
        sources: the plan files.
        corrections: those of all documents, whether these are among `sources` or not.
        about: what people say of the dataset.
        store: where `sources` are kept.
        folder: to write to.
        program: version of this program.
        own: what people say of single documents; left out where names are seen to, since it may
            hold any.

    Raises:
        OSError: a file cannot be written.
    """
    firsts: dict[str, Source] = {}
    copies: dict[str, list[str]] = {}
    for source in sources:
        if firsts.setdefault(source.document, source) is not source:
            copies.setdefault(source.document, []).append(_name(source, store.privacy))
    ordered = sorted(firsts.values(), key=lambda source: source.document)
    results = _results(ordered, corrections)
    prepared = [source.prepared for source in ordered]
    links = find_links([one.digest for one in prepared], [one.signatures for one in prepared])
    further: dict[str, Sequence[Values]]
    told = [hidden(*one) for one in results] if store.privacy.changes else results
    further = {"links": links.rows, "corrections": correction_rows(told)}
    own = OwnColumns({}) if own is None or store.privacy.changes else own
    tables, written = _write_tables(
        ordered, Patch(links, copies), own, further, folder, partial(_tables_of, store=store)
    )
    _write_parquet(tables, folder)
    figures = write_database(folder / DATABASE, tables, own.tables)
    built = Built(figures, _fingerprint(written), results)
    _write_texts(built, written, about, program, own.tables, folder)
    return built


def _name(source: Source, privacy: Privacy) -> str:
    """The name of a further copy: of the file, or of the document where names are seen to."""
    if privacy.no_text:
        return "[file]"
    return source.prepared.digest.name if privacy.changes else source.path.name


def _tables_of(source: Source, store: Store) -> dict[str, tuple[bytes, pa.Table]]:
    """The tables of a document; laid out once more if what was kept is damaged or gone."""
    try:
        return read_tables(source.prepared)
    except (OSError, ValueError, BadZipFile):
        data = source.path.read_bytes()
        again = _lay_out(data, source.key, source.corrections, store)
        return read_tables(again)


def _results(
    sources: Iterable[Source], corrections: Iterable[Correction]
) -> list[tuple[Correction, Result]]:
    """Each correction with its result; those of no document have none of their own."""
    known = {
        (one.file, one.position): result
        for source in sources
        for one, result in zip(source.corrections, source.prepared.results, strict=True)
    }
    missing = Result("no-document")
    return [(one, known.get((one.file, one.position), missing)) for one in corrections]


def _write_tables(
    sources: Sequence[Source],
    patch: Patch,
    own: OwnColumns,
    further: Mapping[str, Sequence[Values]],
    folder: Path,
    tables_of: Callable[[Source], dict[str, tuple[bytes, pa.Table]]],
) -> tuple[dict[str, pa.Table], dict[str, WrittenFile]]:
    """Write the CSV files; return the Arrow tables, and the sizes and hashes of the files."""
    import pyarrow as pa

    with ExitStack() as stack:
        files = {
            name: stack.enter_context(_CsvFile(folder, table)) for name, table in own.tables.items()
        }
        parts: dict[str, list[pa.Table]] = {name: [] for name in DATASET}
        for source in sources:
            for name, (text, table) in tables_of(source).items():
                if name in patch.tables and source.document in patch.documents:
                    text, table = patch.applied(name, table)
                text, table = own.applied(name, source.document, text, table)
                files[name].write(text)
                parts[name].append(table)
        for name, rows in further.items():
            files[name].write(csv_rows(rows))
            parts[name].append(arrow_table(name, rows))
        written = {name: file.facts() for name, file in files.items()}
    tables = {
        name: pa.concat_tables([schema_of(table).empty_table(), *parts[name]]).combine_chunks()
        for name, table in own.tables.items()
    }
    return tables, written


class _CsvFile:
    """A CSV file of a table that is written bit by bit, and hashed on the way."""

    def __init__(self, folder: Path, table: DatasetTable) -> None:
        self._file = (folder / f"{table.name}.csv").open("wb")
        self._sha = hashlib.sha256()
        self._size = 0
        self.write(csv_header(table))

    def __enter__(self) -> _CsvFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        """Append `data`."""
        self._file.write(data)
        self._sha.update(data)
        self._size += len(data)

    def facts(self) -> WrittenFile:
        """Size and hash of what was written."""
        return WrittenFile(self._size, self._sha.hexdigest())


def _write_parquet(tables: Mapping[str, pa.Table], folder: Path) -> None:
    from pyarrow import parquet

    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        parquet.write_table(table, path, compression="zstd", row_group_size=_ROWS_IN_GROUP)


def _fingerprint(written: Mapping[str, WrittenFile]) -> str:
    lines = "".join(f"{name} {file.sha256}\n" for name, file in written.items())
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def _write_texts(
    built: Built,
    written: Mapping[str, WrittenFile],
    about: About,
    program: str,
    tables: Mapping[str, DatasetTable],
    folder: Path,
) -> None:
    facts = (about, built.figures, program, built.fingerprint)
    package = data_package(written, about, program, built.fingerprint, tables)
    texts = {
        "README.md": readme(*facts),
        "data_dictionary.md": data_dictionary(tables),
        "CITATION.cff": citation(about, program, built.fingerprint),
        PACKAGE: json.dumps(package, ensure_ascii=False, indent=2) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
