"""Own columns: what a manifest says of the documents, behind the columns of ``documents``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from actionplan.normalise.dataset.tables import arrow_rows, csv_rows, schema_of
from actionplan.schemas.dataset import DATASET, DatasetTable
from actionplan.schemas.tidy import strings

if TYPE_CHECKING:
    import pyarrow as pa

_TABLE = "documents"
_MEANING = "Own column of a manifest."


class OwnColumns:
    """Columns that people keep about the documents.

    Args:
        values: by document id, the values by column; the order of the columns is that in which
            they come first. Two columns that differ in capitals alone are one.
    """

    def __init__(self, values: Mapping[str, Mapping[str, str]]) -> None:
        names: dict[str, str] = {}
        for row in values.values():
            for name in row:
                names.setdefault(name.casefold(), name)
        self._names = tuple(names.values())
        self._values = {
            document: {names[name.casefold()]: value for name, value in row.items()}
            for document, row in values.items()
        }

    @property
    def tables(self) -> dict[str, DatasetTable]:
        """All tables of the dataset, with these columns in that of the documents."""
        documents = DATASET[_TABLE]
        columns = (*documents.columns, *strings(**dict.fromkeys(self._names, _MEANING)))
        return DATASET | {_TABLE: documents._replace(columns=columns)}

    def applied(
        self, name: str, document: str, text: bytes, table: pa.Table
    ) -> tuple[bytes, pa.Table]:
        """Return the CSV rows and the table of one document with these columns in it."""
        import pyarrow as pa

        if name != _TABLE or not self._names:
            return text, table
        row = self._values.get(document, {})
        for field, value in [(name, row.get(name) or None) for name in self._names]:
            table = table.append_column(field, pa.array([value] * table.num_rows, pa.string()))
        table = table.cast(schema_of(self.tables[_TABLE]))
        return csv_rows(arrow_rows(table)), table
