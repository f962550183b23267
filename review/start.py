"""What ``actionplan review`` does: the desk opened in a browser, or its corrections written."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from actionplan.console import say
from actionplan.errors import ExitCode, MissingComponentError, UsageError

_COMPONENTS = ("fastapi", "jinja2", "uvicorn", "js_lib_htmx")


def start(folder: Path, *, port: int, open_browser: bool, who: str | None) -> ExitCode:
    """Serve the desk of the output folder `folder` until it is interrupted.

    Args:
        folder: the output folder of a conversion; it may be empty, for plans that are uploaded.
        port: on 127.0.0.1; 0: any free one.
        open_browser: open the first page in the user's browser.
        who: the reviewer's name; asked for on the first page if left out.

    Raises:
        UsageError: there is no such folder.
        MissingComponentError: the extra ``review`` is not installed.
    """
    missing = [name for name in _COMPONENTS if find_spec(name) is None]
    if missing:
        raise MissingComponentError(" and ".join(missing), "review")
    from actionplan.review.app import serve

    serve(_checked(folder), port=port, open_browser=open_browser, who=who)
    return ExitCode.OK


def write_corrections(folder: Path) -> ExitCode:
    """Write the files of corrections of all documents that were edited.

    Raises:
        UsageError: there is no such folder.
        OutputError: a file cannot be written.
    """
    from actionplan.review.desk import Desk

    with Desk(_checked(folder)) as desk:
        for path in desk.write_corrections():
            say(f"written: {path}")
    return ExitCode.OK


def _checked(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the one that convert wrote to")
    return folder
