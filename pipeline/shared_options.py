"""Arguments and options that several commands have, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PlansFolder = Annotated[
    Path, typer.Argument(metavar="OUTPUTS", help="Folder of plan files, as convert writes it.")
]
CorrectionsFolder = Annotated[
    Path | None,
    typer.Option(
        "--corrections", metavar="DIR", help="Corrections; without it OUTPUTS/corrections."
    ),
]
PdfFolder = Annotated[
    Path | None, typer.Option("--pdfs", metavar="DIR", help="Where the PDF files are now.")
]
BaseUrl = Annotated[
    str, typer.Option("--base-url", metavar="URL", help="Where the documents are, for links.")
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="CSV",
        help="CSV file of inputs: a column path or url, further ones are carried along.",
    ),
]
MaxBytes = Annotated[
    int,
    typer.Option(
        "--max-bytes", min=0, metavar="N", help="Largest document in bytes; 0: of any size."
    ),
]
Rate = Annotated[
    float,
    typer.Option(
        "--rate", min=0, metavar="N", help="Requests per second to one web server; 0: no limit."
    ),
]
Password = Annotated[
    str | None,
    typer.Option(
        "--password",
        metavar="TEXT",
        envvar="ACTIONPLAN_PASSWORD",
        help="Password of protected PDFs.",
    ),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV files with a byte order mark.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show errors alone.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
