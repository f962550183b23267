"""The command ``actionplan review``; all but the arguments is imported when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from actionplan.console import finish
from actionplan.shared_options import Debug, PlansFolder


def review(
    plans: PlansFolder,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port; 0: any free one.")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address; do not open a browser.")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="WHO", help="Who reviews; else asked for."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the files of corrections, and stop.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Check records against their pages and correct them, in a local web app."""

    def body() -> int:
        from actionplan.review.start import start, write_corrections

        if write:
            return write_corrections(plans)
        return start(plans, port=port, open_browser=not no_browser, who=name)

    finish(body, debug=debug)
