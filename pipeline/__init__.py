"""Turn published review action plans (PDF) into records.

    import actionplan

    plan = actionplan.read("plan.pdf")
    plan.recommendations[0].leads
    plan.to_frame()

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actionplan.api import read as read
    from actionplan.api import read_tables as read_tables
    from actionplan.errors import ActionplanError as ActionplanError
    from actionplan.schemas.plan import Plan as Plan

__version__ = "0.1.0"

_HOMES = {
    "ActionplanError": "actionplan.errors",
    "Plan": "actionplan.schemas.plan",
    "read": "actionplan.api",
    "read_tables": "actionplan.api",
}
__all__ = ["ActionplanError", "Plan", "__version__", "read", "read_tables"]


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """Public names, loaded or not."""
    return sorted(__all__)
