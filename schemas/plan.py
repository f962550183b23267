"""The record model: one `Plan` per document, written as ``NAME.plan.json``."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"

TargetKind = Literal[
    "date", "ongoing", "immediate", "relative", "recurring", "tbc", "conditional", "none"
]
StatusValue = Literal["completed", "in_progress", "not_started", "ongoing", "unknown"]
StatusBasis = Literal["column", "colour", "text", "none"]
SectionKind = Literal["overview", "agency", "other"]
Level = Literal["local", "regional", "national"]
DateRole = Literal[
    "plan", "report", "submitted", "approved", "published", "updated", "review", "death"
]
BBox = tuple[float, float, float, float]


class Model(BaseModel):
    """Base of all record types: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class Date(Model):
    """A date as printed and as an interval; nothing is filled in that the text does not give."""

    text: str = Field(description="As printed.")
    edtf: str | None = Field(None, description="ISO 8601-2 (EDTF) string, or null.")
    start: str | None = Field(None, description="First day, ISO 8601.")
    end: str | None = Field(None, description="Last day, ISO 8601.")


class DocumentDate(Date):
    """A date of the document and what it is the date of."""

    role: DateRole


class Target(Model):
    """A target date cell."""

    text: str | None = Field(None, description="The whole cell as running text.")
    edtf: str | None = Field(None, description="Null where no single date can be had.")
    start: str | None = Field(None, description="First day, ISO 8601.")
    end: str | None = Field(None, description="Last day, ISO 8601.")
    kind: TargetKind = "none"
    ongoing: bool = False


class Agency(Model):
    """A body named in an agency column or in the heading of an agency's table."""

    name: str = Field(description="As printed.")
    canonical: str | None = None
    id: str | None = None
    type: str | None = None


class Lead(Model):
    """One person or post that answers for a recommendation or an action."""

    name: str | None = Field(None, description="A person.")
    post: str | None = Field(None, description="A job title or rank.")
    organisation: str | None = Field(None, description="A body.")
    text: str = Field(description="As printed.")


class Status(Model):
    """Progress, and what it was read from."""

    value: StatusValue = "unknown"
    basis: StatusBasis = "none"
    text: str = Field("", description="The evidence as printed.")


class Action(Model):
    """One action under a recommendation; its own number and bullet are not in `text`."""

    number: str | None = None
    text: str
    leads: list[Lead] = Field(default_factory=list)
    agencies: list[Agency] = Field(default_factory=list)
    target: Target | None = None
    status: Status | None = None


class Update(Model):
    """One dated (or undated: label null) piece of a progress text."""

    label: str | None = Field(
        None, description="As printed, without a closing colon, stop or dash."
    )
    date: Date | None = None
    text: str
    status: Status | None = None


class Issue(Model):
    """A doubt about a field; every code is listed in docs/issues.md."""

    code: str
    field: str
    message: str


class Place(Model):
    """A box on a page, in points from the page's top left corner."""

    page: int = Field(ge=1)
    bbox: BBox


class Recommendation(Model):
    """One record."""

    id: str
    section: str
    number: str | None = None
    label: str | None = None
    key: str = Field(description="Stable record key: a fingerprint of the content and an ordinal.")
    text: str
    scope: str | None = Field(None, description="The scope column, as printed.")
    levels: list[Level] = Field(
        default_factory=list, description="Local, regional, national, where the plan says so."
    )
    level_evidence: str | None = Field(None, description="The words that say so, as printed.")
    themes: list[str] = Field(
        default_factory=list, description="Ids of the vocabulary in docs/themes.md."
    )
    theme_evidence: dict[str, list[str]] = Field(
        default_factory=dict, description="For each theme the words that speak of it, as printed."
    )
    printed_themes: list[str] = Field(
        default_factory=list, description="Bands and theme columns, as printed."
    )
    acceptance: str | None = None
    agencies: list[Agency] = Field(default_factory=list)
    leads: list[Lead] = Field(default_factory=list)
    target: Target = Field(default_factory=lambda: Target())
    revised_target: Target | None = None
    completion: Date | None = None
    milestones: str | None = None
    outcome: str | None = None
    actions: list[Action] = Field(default_factory=list)
    updates: list[Update] = Field(default_factory=list)
    status: Status = Field(default_factory=lambda: Status())
    confidence: float = Field(1.0, ge=0, le=1)
    issues: list[Issue] = Field(default_factory=list)
    provenance: dict[str, list[Place]] = Field(default_factory=dict)
    cells: list[list[str]] = Field(
        default_factory=list, description="Raw cell text per logical row, in column order."
    )


class SectionColumn(Model):
    """A column of a section's table and the field it was read as."""

    header: str
    field: str


class JoinReason(Model):
    """Why the first row after a page break was joined to the row before it, or was not."""

    page: int = Field(ge=1, description="The page on which the questioned row begins.")
    joined: bool
    score: float = Field(description="Sum of the evidence; above 0 joins.")
    confidence: float = Field(ge=0, le=1)
    record: str | None = Field(
        None, description="Id of the recommendation that was cut, if joined."
    )
    evidence: list[str] = Field(default_factory=list, description="Reasons, strongest first.")


class Section(Model):
    """A table (or a run of tables) under one heading."""

    id: str
    kind: SectionKind
    agency: str | None = None
    heading: str
    pages: list[int]
    columns: list[SectionColumn]
    joins: list[JoinReason] = Field(default_factory=list)


class OcrChange(Model):
    """A word of a scanned page that is taken for another one than was read."""

    page: int = Field(ge=1)
    bbox: BBox
    raw: str = Field(description="As it was read.")
    text: str = Field(description="What it is taken for.")


class Document(Model):
    """Facts of the document."""

    id: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    name: str
    bytes: int
    pages: int
    title: str | None = None
    partnership: str | None = None
    review_type: str | None = None
    case: str | None = None
    pseudonym: str | None = None
    version: str | None = None
    date: Date | None = None
    dates: list[DocumentDate] = Field(
        default_factory=list, description="All dates that say what they are the date of."
    )
    review_period: Date | None = Field(None, description="The time that the review looks at.")
    marking: str | None = None
    producer: str | None = None
    tagged: bool = False
    scanned_pages: list[int] = Field(default_factory=list)
    ocr_changes: list[OcrChange] = Field(
        default_factory=list,
        exclude_if=operator.not_,
        description="Words of scans that were mended; left out where none was.",
    )


class Unassigned(Model):
    """Text of a plan page that is in no cell, header, heading or furniture."""

    page: int = Field(ge=1)
    bbox: BBox
    text: str


class Audit(Model):
    """Where the words of the plan's pages went."""

    words_on_plan_pages: int
    in_cells: int
    in_headings: int
    in_headers: int
    in_furniture: int
    unassigned: int
    duplicated: int


class Plan(Model):
    """A review action plan."""

    schema_version: str = SCHEMA_VERSION
    document: Document
    sections: list[Section] = Field(default_factory=list)
    recommendations: list[Recommendation] = Field(default_factory=list)
    unassigned: list[Unassigned] = Field(default_factory=list)
    audit: Audit

    def to_frame(self) -> pd.DataFrame:
        """One row per recommendation: scalar fields, and lists joined by ``; `` or newlines."""
        from actionplan.schemas.frames import plan_frame

        return plan_frame(self)
