"""The tidy tables: one list of columns each, in the order in which they are written.

Days are ISO 8601 (``2014-07-31``), partial dates and intervals ISO 8601-2 (EDTF). ``document_id``
with ``record_key`` joins all tables and stays the same when a document is converted again;
``record_id`` numbers the records as printed. Lists in one cell are joined by ``; ``.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

from actionplan.schemas.plan import (
    DateRole,
    SectionKind,
    StatusBasis,
    StatusValue,
    TargetKind,
)

ColumnType = Literal["string", "integer", "number", "boolean", "date"]


class TidyColumn(NamedTuple):
    """A column of a tidy table.

    Attributes:
        enum: all values that it can have, if they are few.
        unit: of a number.
        required: it is never empty.
    """

    name: str
    type: ColumnType
    description: str
    enum: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False


def strings(**columns: str) -> tuple[TidyColumn, ...]:
    """Return columns of text, each with its description."""
    return tuple(TidyColumn(name, "string", text) for name, text in columns.items())


def keys(**columns: str) -> tuple[TidyColumn, ...]:
    """Return columns of text that are never empty."""
    return tuple(column._replace(required=True) for column in strings(**columns))


def number(name: str, description: str, unit: str = "", *, required: bool = False) -> TidyColumn:
    """Return a column of whole numbers."""
    return TidyColumn(name, "integer", description, unit=unit, required=required)


def choice(name: str, values: Any, description: str, *, required: bool = False) -> TidyColumn:
    """Return a column that holds one of the `values` of a `Literal` type."""
    return TidyColumn(name, "string", description, enum=get_args(values), required=required)


def date(prefix: str, what: str) -> tuple[TidyColumn, ...]:
    """Return the four columns of a date: text, EDTF, first and last day."""
    return (
        TidyColumn(f"{prefix}_text", "string", f"{what}, as printed."),
        TidyColumn(f"{prefix}_edtf", "string", f"{what}, ISO 8601-2; empty without a single date."),
        TidyColumn(f"{prefix}_start", "date", f"{what}: first day."),
        TidyColumn(f"{prefix}_end", "date", f"{what}: last day."),
    )


def _target(prefix: str, what: str) -> tuple[TidyColumn, ...]:
    return (
        *date(prefix, what),
        choice(f"{prefix}_kind", TargetKind, f"{what}: kind."),
        TidyColumn(f"{prefix}_ongoing", "boolean", f"{what}: it is (also) ongoing."),
    )


def _status(what: str) -> tuple[TidyColumn, ...]:
    return (
        choice("status", StatusValue, f"Status of the {what}."),
        choice("status_basis", StatusBasis, "What the status was read from."),
        *strings(status_text="The words that the status was read from."),
    )


DOCUMENT = keys(
    document_id="Fingerprint of the file's bytes.",
    document="Name of the file.",
)
RECORD = (
    *DOCUMENT,
    *keys(
        record_key="Stable key of the recommendation within the document.",
        record_id="Section and place of the recommendation, as printed.",
    ),
)
POSITION = number("position", "Place in the record's list, from 1.", required=True)
_PERSON = strings(
    name="A person.", post="A job title or rank.", organisation="A body.", text="As printed."
)
_BODY = strings(
    name="As printed.",
    canonical="Full name.",
    agency_id="Identifier of the body.",
    type="Kind of body.",
)
_ACTION = number("action", "Place of the action it belongs to; empty: the recommendation.")

TABLES: dict[str, tuple[TidyColumn, ...]] = {
    "documents": (
        *DOCUMENT,
        *strings(
            title="Title.",
            partnership="The board or partnership that publishes the plan.",
            review_type="Kind of review.",
            case="Number of the case.",
            pseudonym="Name given to the person reviewed.",
            version="Version, as printed.",
        ),
        *date("date", "Date of the plan"),
        *date("review_period", "The time that the review looks at"),
        *strings(marking="Protective marking.", producer="Program that wrote the file."),
        number("bytes", "Size of the file.", "bytes"),
        number("pages", "Pages of the file.", "pages"),
        TidyColumn("tagged", "boolean", "The file carries a structure tree."),
        TidyColumn("scanned_pages", "string", "Pages without a text layer."),
        number("sections", "Number of sections.", "sections"),
        number("recommendations", "Number of recommendations.", "recommendations"),
        number("words_on_plan_pages", "Words on the pages of the plan.", "words"),
        number("words_in_cells", "Of these, in cells.", "words"),
        number("words_in_headings", "Of these, in headings.", "words"),
        number("words_in_headers", "Of these, in headers of tables.", "words"),
        number("words_in_furniture", "Of these, in running lines.", "words"),
        number("words_unassigned", "Of these, in none of them.", "words"),
        number("words_duplicated", "Of these, assigned twice (0 but for a defect).", "words"),
    ),
    "sections": (
        *DOCUMENT,
        *keys(section_id="Section."),
        choice("kind", SectionKind, "Whose recommendations they are."),
        *strings(
            agency="Agency in the heading, as printed.",
            heading="Heading.",
            columns="Columns as header=field.",
        ),
        number("first_page", "First page.", "page"),
        number("last_page", "Last page.", "page"),
        number("recommendations", "Number of recommendations.", "recommendations"),
    ),
    "recommendations": (
        *RECORD,
        *keys(section_id="Section."),
        choice("section_kind", SectionKind, "Kind of the section."),
        *strings(
            section_agency="Agency in the section's heading.",
            number="Number alone.",
            label="Label as printed.",
            text="The recommendation without its label.",
            scope="The scope column, as printed.",
            levels="local, regional, national, where the plan says so.",
            level_evidence="The words that say so, as printed.",
            themes="Themes of the published vocabulary.",
            printed_themes="Bands and theme columns, as printed.",
            acceptance="Whether the recommendation was accepted.",
            agencies="Agencies, as printed.",
            leads="Leads, as printed.",
        ),
        *_target("target", "Target date"),
        *_target("revised_target", "Revised target date"),
        *date("completion", "Date of completion"),
        *strings(milestones="Milestones, measures, evidence.", outcome="Outcome."),
        number("actions", "Number of actions.", "actions"),
        number("updates", "Number of updates.", "updates"),
        *_status("recommendation"),
        TidyColumn(
            "confidence", "number", "How sure the record is, from 0 to 1.", unit="share of 1"
        ),
        TidyColumn("issues", "string", "Codes of doubt."),
        number("page", "Page on which the record begins.", "page"),
        number("last_page", "Page on which it ends.", "page"),
        TidyColumn("bbox", "string", "Box of the text on its first page: x0 y0 x1 y1, in points."),
    ),
    "actions": (
        *RECORD,
        POSITION,
        *strings(
            number="Number of the action.",
            text="The action.",
            leads="Leads tied to the action.",
            agencies="Agencies tied to the action.",
        ),
        *_target("target", "Target date tied to the action"),
        *_status("action"),
    ),
    "leads": (*RECORD, _ACTION, POSITION, *_PERSON),
    "agencies": (*RECORD, _ACTION, POSITION, *_BODY),
    "updates": (
        *RECORD,
        POSITION,
        *strings(label="Label as printed; empty: undated."),
        *date("date", "Date in the label"),
        *strings(text="The update."),
        *_status("recommendation that the update tells"),
    ),
    "issues": (
        *RECORD,
        POSITION,
        *strings(code="Code, see docs/issues.md.", field="Field in doubt.", message="What is."),
        number("page", "Page to look at.", "page"),
    ),
}
"""What `actionplan convert` writes over the documents of a run."""

FURTHER: dict[str, tuple[TidyColumn, ...]] = {
    "document_dates": (
        *DOCUMENT,
        number("position", "Place in the document's list, from 1.", required=True),
        choice("role", DateRole, "What it is the date of.", required=True),
        *date("date", "The date"),
    ),
    "themes": (
        *RECORD,
        POSITION,
        choice("basis", Literal["vocabulary", "printed"], "Whose word it is.", required=True),
        *strings(
            theme="Id in the published vocabulary, or the words as printed.",
            evidence="For the vocabulary's: the words that speak of it, as printed.",
        ),
    ),
    "provenance": (
        *RECORD,
        *keys(field="The field that was read there."),
        number("position", "Place in the field's list, from 1.", required=True),
        number("page", "Page, from 1.", "page", required=True),
        *(
            TidyColumn(name, "number", f"{edge} edge of the box.", unit="points", required=True)
            for name, edge in {"x0": "Left", "y0": "Upper", "x1": "Right", "y1": "Lower"}.items()
        ),
    ),
    "unassigned": (
        *DOCUMENT,
        number("position", "Place in the document's list, from 1.", required=True),
        number("page", "Page, from 1.", "page", required=True),
        TidyColumn("bbox", "string", "Box on the page: x0 y0 x1 y1, in points."),
        *strings(text="Text in no cell, header, heading or running line."),
    ),
}
"""What a dataset has of each document beside these."""

CHECK: tuple[TidyColumn, ...] = (
    *strings(document="Name of the file."),
    number("page", "Page to look at.", "page"),
    *strings(
        record="Record to look at.",
        number="Its number.",
        field="Field in doubt.",
        reason="What is in doubt.",
        code="Code, see docs/issues.md.",
    ),
    TidyColumn("confidence", "number", "Confidence of the record, 0 to 1.", unit="share of 1"),
    *strings(document_id="Fingerprint of the file's bytes.", record_key="Key of the record."),
)


def column_names(table: str) -> list[str]:
    """Return the column names of a tidy table, or of ``check``.

    Raises:
        KeyError: there is no such table.
    """
    return list(_NAMES[table])


_NAMES = {
    table: tuple(column.name for column in columns)
    for table, columns in (TABLES | FURTHER | {"check": CHECK}).items()
}
