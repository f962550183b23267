"""The tables of a dataset: columns, keys and references, once for CSV, Parquet and DuckDB."""

from __future__ import annotations

from typing import Literal, NamedTuple

from actionplan.schemas.tidy import (
    FURTHER,
    RECORD,
    TABLES,
    TidyColumn,
    choice,
    keys,
    number,
    strings,
)

DATASET_VERSION = "1.0"
Relation = Literal["duplicate", "similar"]
Method = Literal["same-text", "near-text"]
Outcome = Literal["applied", "already", "conflict", "no-document", "no-record", "invalid"]


class Reference(NamedTuple):
    """Columns that, where they are filled, name a row of another table (or of the same one)."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


class DatasetTable(NamedTuple):
    """A table of a dataset; `key` names the columns that tell its rows apart."""

    name: str
    description: str
    columns: tuple[TidyColumn, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


_DOCUMENT_KEY = ("document_id",)
_RECORD_KEY = ("document_id", "record_key")
_TO_DOCUMENT = Reference(_DOCUMENT_KEY, "documents", _DOCUMENT_KEY)
_TO_RECORD = Reference(_RECORD_KEY, "recommendations", _RECORD_KEY)
_COPIES = "Names of further files with the same bytes, joined by `; `."
_SAME_PLAN = "The document that holds the same plan and counts in place of this one."
_COUNTED = "Of the same recommendation in another document, which counts in place of this one:"


def _of_record(name: str, description: str, *more: str) -> DatasetTable:
    """A table below the recommendations."""
    columns = (TABLES | FURTHER)[name]
    return DatasetTable(
        name, description, columns, (*_RECORD_KEY, *more, "position"), (_TO_RECORD,)
    )


def _of_document(name: str, description: str, key: str) -> DatasetTable:
    """A table below the documents."""
    columns = (TABLES | FURTHER)[name]
    return DatasetTable(name, description, columns, (*_DOCUMENT_KEY, key), (_TO_DOCUMENT,))


_DOCUMENTS = DatasetTable(
    "documents",
    "One row for each document that holds a plan, by its bytes.",
    (*TABLES["documents"], *strings(copies=_COPIES, duplicate_of=_SAME_PLAN)),
    _DOCUMENT_KEY,
    (Reference(("duplicate_of",), "documents", _DOCUMENT_KEY),),
)
_RECOMMENDATIONS = DatasetTable(
    "recommendations",
    "One row for each recommendation. To count each only once, leave out the rows that have a "
    "duplicate_of_record.",
    (
        *TABLES["recommendations"],
        *strings(
            duplicate_of_document=f"{_COUNTED} document.",
            duplicate_of_record=f"{_COUNTED} key.",
        ),
    ),
    _RECORD_KEY,
    (
        Reference(("document_id", "section_id"), "sections", ("document_id", "section_id")),
        Reference(("duplicate_of_document", "duplicate_of_record"), "recommendations", _RECORD_KEY),
    ),
)
_LINKS = DatasetTable(
    "links",
    "Pairs of the same or nearly the same recommendation in two documents.",
    (
        *RECORD[:1],
        *RECORD[2:3],
        *keys(
            other_document_id="Document of the other recommendation.",
            other_record_key="Key of the other recommendation.",
        ),
        TidyColumn(
            "similarity",
            "number",
            "Share of characters that the two texts have in common, in order, from 0 to 1.",
            unit="share of 1",
            required=True,
        ),
        choice(
            "relation",
            Relation,
            "duplicate: the same recommendation of the same plan, published twice; similar: of "
            "another plan.",
            required=True,
        ),
        choice(
            "method",
            Method,
            "same-text: equal but for case, spaces and punctuation; near-text: found by MinHash "
            "over shingles of characters and compared in full.",
            required=True,
        ),
    ),
    (*_RECORD_KEY, "other_document_id", "other_record_key"),
    (
        _TO_RECORD,
        Reference(("other_document_id", "other_record_key"), "recommendations", _RECORD_KEY),
    ),
)
_CORRECTIONS = DatasetTable(
    "corrections",
    "What people corrected, and whether it could be applied.",
    (
        *keys(file="File that holds the correction."),
        number("position", "Place in the file, from 1.", required=True),
        *strings(
            document_id="Fingerprint of the document's bytes.",
            record_key="Key of the recommendation; empty: of the document or a section.",
            section_id="Section, where the field is one of a section.",
        ),
        choice(
            "change",
            Literal["set", "add", "remove"],
            "set: a field got another value; add, remove: a whole recommendation.",
            required=True,
        ),
        *strings(
            field="Path of the field: `status.value`, `leads.0.post`; empty: the whole.",
            old="Value that the correction expects; a text as it is, anything else as JSON.",
            new="Value that it puts in its place, in the same form.",
            who="Who corrected it.",
        ),
        TidyColumn("when", "date", "Day of the correction."),
        *strings(why="Reason given."),
        choice(
            "outcome",
            Outcome,
            "applied; already: the field has the new value by itself; conflict: it has neither; "
            "no-document, no-record: not in the dataset; invalid: no such field or value.",
            required=True,
        ),
        *strings(found="Where not applied: what was found instead."),
    ),
    ("file", "position"),
)

DATASET: dict[str, DatasetTable] = {
    table.name: table
    for table in (
        _DOCUMENTS,
        _of_document("document_dates", "Dates that say what they are the date of.", "position"),
        _of_document("sections", "One row for each table under one heading.", "section_id"),
        _RECOMMENDATIONS,
        _of_record("themes", "One row for each theme of a recommendation."),
        _of_record("actions", "One row for each action of a recommendation."),
        _of_record("leads", "One row for each person or post that answers for something."),
        _of_record("agencies", "One row for each body named for a recommendation or an action."),
        _of_record("updates", "One row for each piece of a progress text."),
        _of_record("issues", "One row for each doubt."),
        _of_record("provenance", "Page and box of each value.", "field"),
        _of_document("unassigned", "Text of plan pages that is in no table.", "position"),
        _LINKS,
        _CORRECTIONS,
    )
}
"""All tables of a dataset, parents before children."""

PER_DOCUMENT: tuple[str, ...] = tuple(name for name in DATASET if name in TABLES | FURTHER)
"""The tables whose rows come from one document each."""
LEFT_OUT: dict[str, str] = {
    "schema_version": "one value for all plans, in datapackage.json",
    "sections.joins": "evidence about page breaks, for those who check a conversion",
    "recommendations.cells": "the raw text of all columns; the fields have it as running text",
}
"""Fields of a plan file that no table holds, with the reason."""
