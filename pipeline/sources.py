"""The plan files of an output folder: found, read, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from actionplan.console import say
from actionplan.errors import DatasetFileError, UnreadableError, UsageError
from actionplan.inputs import PLAN_SUFFIX

if TYPE_CHECKING:
    from actionplan.normalise.dataset.corrections import Correction
    from actionplan.schemas.plan import Plan


def plan_files(folder: Path) -> list[Path]:
    """Return the plan files in `folder`, by name.

    Raises:
        UsageError: there is none, or no such folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the one that convert wrote to")
    found = sorted(folder.glob(f"*{PLAN_SUFFIX}"))
    if not found:
        raise UsageError(
            f"{folder}: the folder holds no plan file (NAME{PLAN_SUFFIX}); "
            "make some with `actionplan convert`"
        )
    return found


def read_plans(paths: Sequence[Path], corrections: Path) -> dict[Path, Plan]:
    """Return the plans of `paths`, corrected; tell which cannot be read.

    Args:
        paths: plan files.
        corrections: folder of corrections; there need not be one.

    Raises:
        DatasetFileError: a file of corrections is wrong.
        UnreadableError: no plan file can be read.
    """
    from actionplan.normalise.dataset.corrections import load_corrections

    try:
        every = load_corrections(corrections)
    except (ValueError, OSError) as error:
        raise DatasetFileError(str(error)) from error
    found = {path: plan for path in paths if (plan := _read(path, every))}
    if not found:
        raise UnreadableError(str(paths[0].parent), "none of its plan files is whole")
    return found


def _read(path: Path, corrections: Sequence[Correction]) -> Plan | None:
    from actionplan.normalise.dataset.corrections import correct
    from actionplan.schemas.plan import Plan

    try:
        plan = Plan.model_validate_json(path.read_bytes())
    except OSError as error:
        say(f"{path.name}: cannot be read ({error.strerror}); check its permissions")
        return None
    except ValueError as error:
        first = str(error).partition("\n")[0]
        say(f"{path.name}: is no plan file of this version ({first}); convert its PDF again")
        return None
    own = [one for one in corrections if one.document == plan.document.id]
    plan, results = correct(plan, own)
    for one, result in zip(own, results, strict=True):
        if result.outcome != "applied":
            say(f"{one.file}, correction {one.position} ({one.subject}): {result.outcome}")
    return plan
