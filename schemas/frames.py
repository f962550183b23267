"""Plans as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from actionplan.schemas.plan import Plan, Recommendation


def plan_frame(plan: Plan) -> pd.DataFrame:
    """Return one row per recommendation of `plan`.

    Columns: document, id, section, section_agency, key, number, label, text, scope, levels,
    themes, printed_themes, acceptance, agencies, leads, target, target_edtf, target_start,
    target_end, target_kind, target_ongoing, revised_target, completion, milestones, outcome,
    actions, updates, status, confidence, issues, page. Short lists are joined by ``; ``, actions
    and updates by newlines. Dates are texts: a month or a quarter is no timestamp.
    """
    import pandas as pd

    agencies = {section.id: section.agency for section in plan.sections}
    rows = [
        {"document": plan.document.name, "section_agency": agencies.get(record.section)}
        | _row(record)
        for record in plan.recommendations
    ]
    columns = ["document", "section_agency", *_COLUMNS]
    frame = pd.DataFrame(rows, columns=columns)
    return frame[["document", *_COLUMNS[:2], "section_agency", *_COLUMNS[2:]]]


_COLUMNS = [
    "id",
    "section",
    "key",
    "number",
    "label",
    "text",
    "scope",
    "levels",
    "themes",
    "printed_themes",
    "acceptance",
    "agencies",
    "leads",
    "target",
    "target_edtf",
    "target_start",
    "target_end",
    "target_kind",
    "target_ongoing",
    "revised_target",
    "completion",
    "milestones",
    "outcome",
    "actions",
    "updates",
    "status",
    "confidence",
    "issues",
    "page",
]


def _row(record: Recommendation) -> dict[str, object]:
    target, revised, completion = record.target, record.revised_target, record.completion
    places = [place.page for found in record.provenance.values() for place in found]
    return {
        "id": record.id,
        "section": record.section,
        "key": record.key,
        "number": record.number,
        "label": record.label,
        "text": record.text,
        "scope": record.scope,
        "levels": _joined(record.levels),
        "themes": _joined(record.themes),
        "printed_themes": _joined(record.printed_themes),
        "acceptance": record.acceptance,
        "agencies": _joined(agency.name for agency in record.agencies),
        "leads": _joined(lead.text for lead in record.leads),
        "target": target.text,
        "target_edtf": target.edtf,
        "target_start": target.start,
        "target_end": target.end,
        "target_kind": target.kind,
        "target_ongoing": target.ongoing,
        "revised_target": revised.text if revised else None,
        "completion": completion.edtf if completion else None,
        "milestones": record.milestones,
        "outcome": record.outcome,
        "actions": "\n".join(_numbered(one.number, one.text) for one in record.actions),
        "updates": "\n".join(_numbered(one.label, one.text) for one in record.updates),
        "status": record.status.value,
        "confidence": record.confidence,
        "issues": _joined(dict.fromkeys(one.code for one in record.issues)),
        "page": min(places, default=None),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _numbered(head: str | None, text: str) -> str:
    return f"{head}: {text}" if head else text
