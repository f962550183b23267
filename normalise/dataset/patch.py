"""Columns that need other documents: what a document or a recommendation is a duplicate of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from actionplan.normalise.dataset.links import Links
from actionplan.normalise.dataset.tables import Values, arrow_rows, arrow_table, csv_rows
from actionplan.schemas.dataset import DATASET

if TYPE_CHECKING:
    import pyarrow as pa

_LIST = "; "


class Patch:
    """Fills these columns in the tables of the few documents that have something in them."""

    tables = frozenset({"documents", "recommendations"})

    def __init__(self, links: Links, copies: Mapping[str, Sequence[str]]) -> None:
        self._links = links
        self._copies = copies
        self.documents = {*copies, *links.documents, *(document for document, _ in links.records)}

    def applied(self, name: str, table: pa.Table) -> tuple[bytes, pa.Table]:
        """Return the CSV rows and the table of one document with these columns filled."""
        fill: Callable[[dict[str, object]], None]
        fill = self._document if name == "documents" else self._record
        rows: list[Values] = []
        for values in arrow_rows(table):
            row = dict(zip(DATASET[name].names, values, strict=True))
            fill(row)
            rows.append(tuple(row.values()))
        return csv_rows(rows), arrow_table(name, rows)

    def _document(self, row: dict[str, object]) -> None:
        document = str(row["document_id"])
        row["copies"] = _LIST.join(self._copies.get(document, ())) or None
        row["duplicate_of"] = self._links.documents.get(document)

    def _record(self, row: dict[str, object]) -> None:
        place = (str(row["document_id"]), str(row["record_key"]))
        document, record = self._links.records.get(place, (None, None))
        row["duplicate_of_document"], row["duplicate_of_record"] = document, record
