"""Paths into a record: ``target.text``, ``actions.0.leads.1.post``; numbers count from 0."""

from __future__ import annotations

from typing import Any

from actionplan.errors import EditError

EMPTY_ITEMS: dict[str, dict[str, Any]] = {
    "leads": {"name": None, "post": None, "organisation": None, "text": ""},
    "agencies": {"name": "", "canonical": None, "id": None, "type": None},
    "actions": {
        "number": None,
        "text": "",
        "leads": [],
        "agencies": [],
        "target": None,
        "status": None,
    },
    "updates": {"label": None, "date": None, "text": "", "status": None},
}
"""An item of each list before anything is known of it."""


def get(value: Any, path: str) -> Any:
    """Return what stands at `path` in `value`.

    Raises:
        EditError: there is no such place.
    """
    for step in path.split("."):
        value = _below(value, step, path)
    return value


def put(value: Any, path: str, new: Any) -> Any:
    """Return `value` with `new` at `path`; `value` itself stays as it is.

    Raises:
        EditError: there is no such place.
    """
    return _put(value, path.split("."), new, path)


def _put(value: Any, steps: list[str], new: Any, path: str) -> Any:
    step, *rest = steps
    if rest:
        new = _put(_below(value, step, path), rest, new, path)
    if isinstance(value, list):
        at = _place(value, step, path)
        return [*value[:at], new, *value[at + 1 :]]
    if not isinstance(value, dict) or step not in value:
        raise _missing(path)
    return {**value, step: new}


def _below(value: Any, step: str, path: str) -> Any:
    if isinstance(value, list):
        return value[_place(value, step, path)]
    if not isinstance(value, dict) or step not in value:
        raise _missing(path)
    return value[step]


def _place(items: list[Any], step: str, path: str) -> int:
    if not step.isdecimal() or int(step) >= len(items):
        raise _missing(path)
    return int(step)


def _missing(path: str) -> EditError:
    return EditError(f"the record has no {path!r} (any more); look at it as it is now")


def list_name(path: str) -> str:
    """Return the list that a path names: ``leads`` of ``actions.0.leads``.

    Raises:
        EditError: it names none.
    """
    name = path.rpartition(".")[2]
    if name not in EMPTY_ITEMS:
        raise EditError(f"{path!r} is no list; choose from {', '.join(EMPTY_ITEMS)}")
    return name


def parser_of(path: str) -> str:
    """Return the field whose parser reads the text at a path: ``target`` of ``actions.1.target``.

    A path of an item (``leads.0``) is read as its list.
    """
    steps = [step for step in path.split(".") if not step.isdecimal()]
    return steps[-1]
