"""A plan with codes and dates only: nothing of what is printed is left."""

from __future__ import annotations

from typing import Any, TypeVar

from actionplan.normalise.privacy.fields import Kind, kinds_of
from actionplan.normalise.privacy.pseudonyms import DROPPED
from actionplan.schemas.plan import Agency, Document, Lead, Model, Plan

_M = TypeVar("_M", bound=Model)
_MARKS: dict[Kind, str] = {"name": DROPPED, "post": "[post]", "body": "[body]"}
"""What stands for a value, so that it can still be counted who has one."""
_ID_DIGITS = 12  # of a document's fingerprint, as the name of its file


def without_text(plan: Plan, *, names: bool) -> Plan:
    """Return the plan without texts; pseudonyms of leads stay if `names` are such."""
    return _bare(plan, names)


def _bare(model: _M, names: bool) -> _M:
    kinds = kinds_of(type(model))
    changes = {
        name: _value(kinds.get(name), name, value, model, names)
        for name, value in model
        if value is not None and kinds.get(name) != "code"
    }
    if isinstance(model, Lead):
        parts = (changes.get(name) for name in ("name", "post", "organisation"))
        changes["text"] = ", ".join(part for part in parts if part)
    if isinstance(model, Document):
        changes["name"] = model.id.partition(":")[2][:_ID_DIGITS] + ".pdf"
    return model.model_copy(update=changes)


def _value(kind: Kind | None, field: str, value: Any, model: Model, names: bool) -> Any:
    if kind is None:
        return _nested(value, names)
    if kind == "name" and names:
        return value
    if kind in _MARKS:
        known = model.canonical if isinstance(model, Agency) else None
        return known or _MARKS[kind]
    if isinstance(value, list | dict):
        return type(value)()
    about = type(model).model_fields[field]
    return "" if about.is_required() or about.default == "" else None


def _nested(value: Any, names: bool) -> Any:
    if isinstance(value, Model):
        return _bare(value, names)
    if isinstance(value, list):
        return [_nested(one, names) for one in value]
    return value
