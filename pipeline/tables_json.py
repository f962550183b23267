"""Logical tables as files: ``NAME.tables.json`` and one CSV per table."""

from __future__ import annotations

import re
from typing import Any

from actionplan import api
from actionplan.convert import Job, Outcome
from actionplan.errors import ExitCode, OcrMissingError
from actionplan.inputs import TABLES_SUFFIX
from actionplan.scanning import resources, scan_facts
from actionplan.schemas.tables import Join, LogicalTable, TableDocument, join_lines
from actionplan.writers import csv_bytes, json_bytes


def tables_value(document: TableDocument) -> dict[str, Any]:
    """The content of ``NAME.tables.json``."""
    return {
        "tables": [_table(table) for table in document.tables],
        "warnings": [
            {"code": code, "page": page or None, "message": message}
            for code, page, message in document.warnings
        ],
        "differences": [
            {
                "page": item.page,
                "bbox": [round(value, 1) for value in item.bbox],
                "first": item.first,
                "second": item.second,
            }
            for item in document.differences
        ],
    }


def _table(table: LogicalTable) -> dict[str, Any]:
    """One table; a merged cell has its text in the first row and column that it covers."""
    return {
        "section": join_lines(table.heading),
        "columns": [column.header for column in table.columns],
        "rows": _rows(table),
        "pages": table.pages,
        "joins": [_join(join) for join in table.joins],
    }


def _rows(table: LogicalTable) -> list[list[str]]:
    return [["" if cell.covered else cell.text for cell in row.cells] for row in table.rows]


def _join(join: Join) -> dict[str, Any]:
    return {
        "page": join.page,
        "row": join.row,
        "joined": join.joined,
        "score": round(join.score, 2),
        "confidence": round(join.confidence, 2),
        "evidence": [
            {"name": item.name, "weight": round(item.weight, 2), "detail": item.detail}
            for item in join.evidence
        ],
    }


def write_tables(job: Job) -> Outcome:
    """Write the tables of one document, whatever they hold; a job for `batch.run`.

    Raises:
        UnreadableError: the input cannot be read.
        OutputError: a result cannot be written.
    """
    options = job.options
    document = api.read_tables(
        job.source.load(options.fetch, options.password),
        name=job.source.name,
        password=options.password,
        options=options.reading,
        max_pages=options.limits.pages,
        resources=resources(job.folder, options.ocr_threads),
    )
    job.folder.write(f"{job.name}{TABLES_SUFFIX}", json_bytes(tables_value(document)))
    for number, table in enumerate(document.tables, 1):
        header = [column.header for column in table.columns]
        data = csv_bytes(header, _rows(table), bom=options.bom)
        job.folder.write(f"{job.name}.table-{number}.csv", data)
    _drop_stale(job, len(document.tables))
    facts = {
        "pages": len(document.pages),
        "tables": len(document.tables),
        "rows": sum(len(table.rows) for table in document.tables),
        "rejoined": sum(join.joined for table in document.tables for join in table.joins),
    }
    facts |= scan_facts(document)
    if document.tables:
        return Outcome(job.source, job.name, "converted", facts=facts)
    if facts.get("nothing_read"):
        raise OcrMissingError(job.source.name, document.ocr_missing)
    step = "look at the pages with `actionplan inspect --png`"
    message = f"{job.source.name}: no table found; {step}"
    return Outcome(job.source, job.name, "nothing found", ExitCode.NO_PLAN, message, facts)


def _drop_stale(job: Job, count: int) -> None:
    """Remove tables of an earlier run that found more of them."""
    pattern = re.compile(re.escape(job.name) + r"\.table-(\d+)\.csv")
    for name in job.folder.names():
        match = pattern.fullmatch(name)
        if match and int(match[1]) > count:
            job.folder.delete(name)
