"""The corrected plan of a document as a file for the reviewer."""

from __future__ import annotations

from actionplan.downloads import plan_csv, plan_json, plan_workbook
from actionplan.errors import EditError
from actionplan.inputs import PLAN_SUFFIX
from actionplan.review.model import Download
from actionplan.schemas.plan import Plan

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMS = {
    "json": (PLAN_SUFFIX, "application/json", plan_json),
    "csv": (".csv", "text/csv; charset=utf-8", plan_csv),
    "xlsx": (".xlsx", _WORKBOOK, plan_workbook),
}


def download(plan: Plan, name: str, form: str) -> Download:
    """Return a plan as a file; see `Desk.download`."""
    if form not in _FORMS:
        raise EditError(f"there is no form {form!r}; choose from {', '.join(_FORMS)}")
    suffix, media_type, make = _FORMS[form]
    return Download(f"{name}{suffix}", media_type, make(plan))
