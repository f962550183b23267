"""The tidy tables: one list of columns each, in the order in which they are written.

Days are ISO 8601 (``2014-07-31``), partial dates and intervals ISO 8601-2 (EDTF). ``document_id``
with ``record_key`` joins all tables and stays the same when a document is converted again;
``record_id`` numbers the records as printed. Lists in one cell are joined by ``; ``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

ColumnType = Literal["string", "integer", "number", "boolean", "date"]


class TidyColumn(NamedTuple):
    """A column of a tidy table."""

    name: str
    type: ColumnType
    description: str


def _strings(**columns: str) -> tuple[TidyColumn, ...]:
    return tuple(TidyColumn(name, "string", text) for name, text in columns.items())


def _date(prefix: str, what: str) -> tuple[TidyColumn, ...]:
    return (
        TidyColumn(f"{prefix}_text", "string", f"{what}, as printed."),
        TidyColumn(f"{prefix}_edtf", "string", f"{what}, ISO 8601-2; empty without a single date."),
        TidyColumn(f"{prefix}_start", "date", f"{what}: first day."),
        TidyColumn(f"{prefix}_end", "date", f"{what}: last day."),
    )


_DOCUMENT = _strings(
    document_id="Fingerprint of the file's bytes.",
    document="Name of the file.",
)
_RECORD = (
    *_DOCUMENT,
    *_strings(
        record_key="Stable key of the recommendation within the document.",
        record_id="Section and place of the recommendation, as printed.",
    ),
)
_POSITION = TidyColumn("position", "integer", "Place in the record's list, from 1.")
_PERSON = _strings(
    name="A person.", post="A job title or rank.", organisation="A body.", text="As printed."
)
_BODY = _strings(
    name="As printed.",
    canonical="Full name.",
    agency_id="Identifier of the body.",
    type="Kind of body.",
)
_ACTION = TidyColumn("action", "integer", "Place of the action it belongs to; empty: the record.")

TABLES: dict[str, tuple[TidyColumn, ...]] = {
    "documents": (
        *_DOCUMENT,
        *_strings(
            title="Title.",
            partnership="The board or partnership that publishes the plan.",
            review_type="Kind of review.",
            case="Number of the case.",
            pseudonym="Name given to the person reviewed.",
            version="Version, as printed.",
        ),
        *_date("date", "Date of the plan"),
        *_date("review_period", "The time that the review looks at"),
        *_strings(marking="Protective marking.", producer="Program that wrote the file."),
        TidyColumn("bytes", "integer", "Size of the file."),
        TidyColumn("pages", "integer", "Pages of the file."),
        TidyColumn("tagged", "boolean", "The file carries a structure tree."),
        TidyColumn("scanned_pages", "string", "Pages without a text layer."),
        TidyColumn("sections", "integer", "Number of sections."),
        TidyColumn("recommendations", "integer", "Number of recommendations."),
        TidyColumn("words_on_plan_pages", "integer", "Words on the pages of the plan."),
        TidyColumn("words_unassigned", "integer", "Of these, outside cells, headings, furniture."),
        TidyColumn("words_duplicated", "integer", "Of these, assigned twice (0 but for a defect)."),
    ),
    "sections": (
        *_DOCUMENT,
        *_strings(
            section_id="Section.",
            kind="overview, agency or other.",
            agency="Agency in the heading, as printed.",
            heading="Heading.",
            columns="Columns as header=field.",
        ),
        TidyColumn("first_page", "integer", "First page."),
        TidyColumn("last_page", "integer", "Last page."),
        TidyColumn("recommendations", "integer", "Number of recommendations."),
    ),
    "recommendations": (
        *_RECORD,
        *_strings(
            section_id="Section.",
            section_kind="overview, agency or other.",
            section_agency="Agency in the section's heading.",
            number="Number alone.",
            label="Label as printed.",
            text="The recommendation without its label.",
            scope="The scope column, as printed.",
            levels="local, regional, national, where the plan says so.",
            themes="Themes of the published vocabulary.",
            printed_themes="Bands and theme columns, as printed.",
            acceptance="Whether the recommendation was accepted.",
            agencies="Agencies, as printed.",
            leads="Leads, as printed.",
        ),
        *_date("target", "Target date"),
        TidyColumn("target_kind", "string", "Kind of target."),
        TidyColumn("target_ongoing", "boolean", "The target is (also) ongoing."),
        *_date("revised_target", "Revised target date"),
        *_date("completion", "Date of completion"),
        *_strings(milestones="Milestones, measures, evidence.", outcome="Outcome."),
        TidyColumn("actions", "integer", "Number of actions."),
        TidyColumn("updates", "integer", "Number of updates."),
        *_strings(
            status="completed, in_progress, not_started, ongoing or unknown.",
            status_basis="column, colour, text or none.",
            status_text="What the status was read from.",
        ),
        TidyColumn("confidence", "number", "0 to 1."),
        TidyColumn("issues", "string", "Codes of doubt."),
        TidyColumn("page", "integer", "Page on which the record begins."),
        TidyColumn("last_page", "integer", "Page on which it ends."),
        TidyColumn("bbox", "string", "Box of the text on its first page: x0 y0 x1 y1, in points."),
    ),
    "actions": (
        *_RECORD,
        _POSITION,
        *_strings(
            number="Number of the action.",
            text="The action.",
            leads="Leads tied to the action.",
            agencies="Agencies tied to the action.",
        ),
        *_date("target", "Target date tied to the action"),
        *_strings(target_kind="Kind of target.", status="Status of the action."),
    ),
    "leads": (*_RECORD, _ACTION, _POSITION, *_PERSON),
    "agencies": (*_RECORD, _ACTION, _POSITION, *_BODY),
    "updates": (
        *_RECORD,
        _POSITION,
        *_strings(label="Label as printed; empty: undated."),
        *_date("date", "Date in the label"),
        *_strings(text="The update.", status="Status that the update tells."),
    ),
    "issues": (
        *_RECORD,
        _POSITION,
        *_strings(code="Code, see docs/issues.md.", field="Field in doubt.", message="What is."),
        TidyColumn("page", "integer", "Page to look at."),
    ),
}

CHECK: tuple[TidyColumn, ...] = (
    *_strings(document="Name of the file."),
    TidyColumn("page", "integer", "Page to look at."),
    *_strings(
        record="Record to look at.",
        number="Its number.",
        field="Field in doubt.",
        reason="What is in doubt.",
        code="Code, see docs/issues.md.",
    ),
    TidyColumn("confidence", "number", "Confidence of the record, 0 to 1."),
    *_strings(document_id="Fingerprint of the file's bytes.", record_key="Key of the record."),
)


def column_names(table: str) -> list[str]:
    """Return the column names of a tidy table, or of ``check``.

    Raises:
        KeyError: there is no such table.
    """
    columns = CHECK if table == "check" else TABLES[table]
    return [column.name for column in columns]
