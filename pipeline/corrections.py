"""Plan files as the review desk takes them, and the files of corrections that it writes.

The desk works on what `convert` wrote with the corrections that people wrote beside it; its own
files (``NAME.review.toml``) come last in a build, so they say what is left to correct.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from actionplan.errors import DatasetFileError, PlanFileError

if TYPE_CHECKING:
    from actionplan.normalise.dataset.corrections import Correction
    from actionplan.schemas.plan import Plan

FOLDER = "corrections"
REVIEWED = ".review.toml"  # how the names of the desk's own files end


class Base(NamedTuple):
    """A plan that is reviewed.

    Attributes:
        pdf: id of its document (``sha256:...``).
        print: fingerprint of the plan file and of the corrections of it.
        value: the plan as JSON.
    """

    pdf: str
    print: str
    value: dict[str, Any]


def own_corrections(folder: Path) -> list[Correction]:
    """Return what people wrote into the corrections of an output folder.

    Raises:
        DatasetFileError: one of the files is wrong.
    """
    from actionplan.normalise.dataset.corrections import load_file

    try:
        return [one for path in own_files(folder) for one in load_file(path)]
    except (ValueError, OSError) as error:
        raise DatasetFileError(str(error)) from error


def own_files(folder: Path) -> list[Path]:
    """Return the files of corrections in an output folder that people wrote."""
    paths = sorted((folder / FOLDER).glob("*.toml"))
    return [path for path in paths if not path.name.endswith(REVIEWED)]


def read_base(path: Path, corrections: Sequence[Correction]) -> Base:
    """Return the plan of a plan file, with those of `corrections` that are about it.

    Raises:
        PlanFileError: it is no plan file of this version.
        OSError: it cannot be read.
    """
    from actionplan.normalise.dataset.corrections import correct, digest
    from actionplan.schemas.plan import Plan

    data = path.read_bytes()
    try:
        plan = Plan.model_validate_json(data)
    except ValueError as error:
        raise PlanFileError(path.name, str(error).partition("\n")[0]) from error
    _check(path, plan)
    own = [one for one in corrections if one.document == plan.document.id]
    print_ = hashlib.sha256(data).hexdigest()
    if own:
        plan, _ = correct(plan, own)
        print_ = hashlib.sha256(f"{print_}\n{digest(own)}".encode()).hexdigest()
    return Base(plan.document.id, print_, plan.model_dump(mode="json"))


def _check(path: Path, plan: Plan) -> None:
    """Check what the model leaves open and the desk builds on."""
    keys = [record.key for record in plan.recommendations]
    missing = {one.section for one in plan.recommendations} - {one.id for one in plan.sections}
    if len(set(keys)) < len(keys):
        raise PlanFileError(path.name, "two of its records have the same key")
    if missing:
        raise PlanFileError(path.name, f"there is no section {min(missing)!r}")


def corrections_text(entries: Sequence[Mapping[str, Any]], head: str) -> str:
    """Return a file of corrections; `head` is a comment on one line.

    Of each entry, what is null is left out, as TOML has no null.
    """
    blocks = [f"# {head}\n"]
    for entry in entries:
        lines = [f"{name} = {_toml(value)}\n" for name, value in entry.items() if value is not None]
        blocks.append("\n[[correction]]\n" + "".join(lines))
    return "".join(blocks)


def _toml(value: Any) -> str:
    """A JSON value, or a day, as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _toml_text(value)
    if isinstance(value, Mapping):
        pairs = (
            f"{name if _BARE.fullmatch(name) else _toml_text(name)} = {_toml(one)}"
            for name, one in value.items()
            if one is not None
        )
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return str(value)


def _toml_text(text: str) -> str:
    # JSON escapes what TOML does, but for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_BARE = re.compile(r"[A-Za-z0-9_-]+")
