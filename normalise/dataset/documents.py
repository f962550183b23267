"""The texts of a dataset for people: README, data dictionary, citation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from actionplan.normalise.dataset.about import About
from actionplan.normalise.dataset.figures import SHARES, Figures
from actionplan.normalise.dataset.package import GUARD
from actionplan.schemas.dataset import DATASET, LEFT_OUT, DatasetTable
from actionplan.schemas.tidy import TidyColumn

_NO_AUTHOR = "Authors not named (about.toml names them)"
_WORDS = {
    "agency": "an agency",
    "date": "a day that they are due",
    "status": "a known status",
    "action": "an action",
    "update": "an update",
}


def data_dictionary(tables: Mapping[str, DatasetTable] = DATASET) -> str:
    """Return the data dictionary: all tables and columns, in Markdown."""
    lines = [
        "# Data dictionary",
        "",
        "Days are ISO 8601, partial dates and intervals ISO 8601-2 (EDTF). An empty cell is no "
        f"value. Lists in one cell are joined by `; `. {GUARD}",
        "",
    ]
    for table in tables.values():
        lines += _table(table)
    lines += ["## Not in the tables", "", "Of a plan file (`NAME.plan.json`):", ""]
    lines += [f"- `{field}`: {reason}" for field, reason in LEFT_OUT.items()]
    return "\n".join(lines) + "\n"


def _table(table: DatasetTable) -> Iterator[str]:
    yield from (f"## {table.name}", "", table.description, "")
    yield f"Key: {', '.join(f'`{name}`' for name in table.key)}."
    for one in table.references:
        columns = ", ".join(f"`{name}`" for name in one.columns)
        target = ", ".join(f"`{name}`" for name in one.target)
        yield f"{columns} refers to {target} of `{one.table}`."
    yield from ("", "| column | type | meaning |", "| --- | --- | --- |")
    yield from map(_row, table.columns)
    yield ""


def _row(column: TidyColumn) -> str:
    notes = [column.description]
    if column.enum:
        notes.append(f"One of {', '.join(f'`{value}`' for value in column.enum)}.")
    if column.unit:
        notes.append(f"Unit: {column.unit}.")
    if column.required:
        notes.append("Never empty.")
    return f"| `{column.name}` | {column.type} | {' '.join(notes).replace('|', chr(92) + '|')} |"


def readme(about: About, figures: Figures, program: str, fingerprint: str) -> str:
    """Return the README of a dataset: what it holds, where it comes from, how to read it."""
    parts = [f"# {' '.join(about.title.split())}"]
    if about.description:
        parts.append(about.description.strip())
    parts += [
        "\n".join(_provenance(program, fingerprint)),
        "## Counts",
        "\n".join(_counts(figures)),
        "\n".join(_shares(figures)),
        "## Files",
        "\n".join(_files()),
        "## Reading it",
        "\n".join(_reading()),
    ]
    return "\n\n".join(parts) + "\n"


def _provenance(program: str, fingerprint: str) -> Iterator[str]:
    yield f"Built by actionplan {program} from the plan files of its documents, which were read out"
    yield "of PDF files by program: check a value on its page before you rely on it. The page and"
    yield "the box of each are in `provenance`, what is in doubt in `issues`, and what people"
    yield f"corrected in `corrections`. Fingerprint of the data: `{fingerprint}`."


def _counts(figures: Figures) -> Iterator[str]:
    yield from ("| table | rows | each once |", "| --- | ---: | ---: |")
    for name, rows in figures.rows.items():
        yield f"| {name} | {rows} | {figures.counts.get(name, '')} |"
    yield ""
    yield "The last column leaves out plans that were published twice: their rows stay, and name in"
    yield "`duplicate_of`, `duplicate_of_document` and `duplicate_of_record` what counts instead."


def _shares(figures: Figures) -> Iterator[str]:
    yield f"Of the {figures.counts['recommendations']} recommendations that count have"
    yield ""
    for name in SHARES:
        yield f"- {_WORDS.get(name, f'a {name}')}: {figures.shares[name]:.1%}"


def _files() -> Iterator[str]:
    yield from ("| file | content |", "| --- | --- |")
    yield "| `TABLE.csv` | UTF-8, commas, line feeds; described in `datapackage.json` |"
    yield "| `TABLE.parquet` | the same, typed |"
    yield "| `dataset.duckdb` | all tables, and views for the usual questions |"
    yield "| `datapackage.json` | Frictionless Data Package with a Table Schema for each CSV file |"
    yield "| `data_dictionary.md` | what each column means |"
    yield "| `CITATION.cff` | how to cite it |"


def _reading() -> Iterator[str]:
    yield f"- {GUARD}"
    yield "- `document_id` and `record_key` join the tables. Both stay when a document is converted"
    yield "  again; a changed text has a new key."
    yield "- In DuckDB: `from overdue('2024-03-31')`, `from per_agency`, `from per_theme`,"
    yield "  `from no_owner`, `from no_date`, `from completion_times`, `from dhrd_recommendations`."


def citation(about: About, program: str, fingerprint: str) -> str:
    """Return the CITATION.cff of a dataset (Citation File Format 1.2.0)."""
    authors = about.authors or (_NO_AUTHOR,)
    facts = {
        "title": about.title,
        "version": about.version or fingerprint.partition(":")[2][:12],
        "abstract": about.description,
        "license": about.license,
        "url": about.url,
    }
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        *(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in facts.items() if text),
        "authors:",
        *(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in authors),
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps(fingerprint)}",
        "    description: Fingerprint of the data",
        "references:",
        "  - type: software",
        "    title: actionplan",
        f"    version: {json.dumps(program)}",
        "    authors:",
        "      - name: The actionplan authors",
    ]
    return "\n".join(lines) + "\n"
