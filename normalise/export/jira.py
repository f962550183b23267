"""Jira: the configuration that its CSV importer saves and loads, and keys of issues it has."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from actionplan.normalise.csv_text import read_rows
from actionplan.normalise.export.mapping import Column, Mapping
from actionplan.normalise.export.render import Table

ISSUE_KEY = "Issue key"
KEY_COLUMN = Column(ISSUE_KEY, jira="issuekey")


def jira_config(mapping: Mapping, columns: Iterable[Column], file: str) -> dict[str, Any]:
    """Return the configuration for an import of `file`.

    Its form is that of the file which the importer offers to save at its last step, version 2.0;
    all values are texts. A column without a field of Jira is left for the importer to ask about.

    Args:
        mapping: of the export.
        columns: those of the CSV file.
        file: name of the CSV file.
    """
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        place = {"jira.field": column.jira} if column.jira else {}
        if column.custom:
            place = {"existing.custom.field": column.custom}
        if place:
            found[column.header] = {**place, "userChanged": "true", "manualMapping": "false"}
    return {
        "config.version": "2.0",
        "config.project.from.csv": "false",
        "config.encoding": "UTF-8",
        "config.email.suffix": "@",
        "config.file.name": file,
        "config.field.mappings": found,
        "config.value.mappings": {},
        "config.delimiter": ",",
        "config.project": {
            "project.type": None,
            "project.key": mapping.project,
            "project.description": None,
            "project.url": None,
            "project.name": "",
            "project.lead": None,
        },
        "config.date.format": "yyyy-MM-dd",
    }


def issue_keys(text: str, keys: Iterable[str]) -> dict[str, str]:
    """Return Jira's key of each row that it has already.

    Args:
        text: issues as Jira exports them to CSV, with the columns "Issue key" and "Labels".
        keys: of the rows; each is a label of its issue.

    Raises:
        ValueError: it is no CSV file, or has no column "Issue key".
    """
    try:
        rows = list(read_rows(text.lstrip("\ufeff")))
    except csv.Error as error:
        raise ValueError(f"is no CSV file ({error})") from error
    header = rows[0] if rows else []
    if ISSUE_KEY not in header:
        raise ValueError(f"has no column {ISSUE_KEY!r}; export the issues with it and their labels")
    place, wanted = header.index(ISSUE_KEY), set(keys)
    found: dict[str, str] = {}
    for row in rows[1:]:
        for cell in row:
            for word in cell.split():
                if word in wanted and len(row) > place:
                    found.setdefault(word, row[place])
    return found


def with_issue_keys(table: Table, keys: Sequence[str]) -> Table:
    """Return `table` with Jira's own key of each row in front, by which the importer updates."""
    rows = [[key, *row] for key, row in zip(keys, table.rows, strict=True)]
    return Table([KEY_COLUMN, *table.columns], rows, table.notes)
