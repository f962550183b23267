"""Arguments and options that several commands have, each defined once."""

from __future__ import annotations

from enum import StrEnum
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
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on a dask cluster: tcp://HOST:PORT, or local:N for N workers on this machine.",
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
Rehash = Annotated[
    bool,
    typer.Option("--rehash", help="Read also what looks unchanged by size and time, to be sure."),
]
LogJson = Annotated[
    bool,
    typer.Option("--log-json", help="Show what happens as JSON, one event per line, on stderr."),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit", min=0, metavar="SECONDS", help="Most time for one document; 0: any."
    ),
]
MemoryLimit = Annotated[
    int,
    typer.Option(
        "--memory-limit", min=0, metavar="MB", help="Most memory for one document; 0: any."
    ),
]
MaxPages = Annotated[
    int,
    typer.Option("--max-pages", min=0, metavar="N", help="Most pages of one document; 0: any."),
]


class OcrChoice(StrEnum):
    """What `--ocr` names."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


Ocr = Annotated[
    OcrChoice,
    typer.Option("--ocr", help="Recognise words in pictures of pages; auto: where a page is one."),
]
OcrLanguage = Annotated[
    str,
    typer.Option(
        "--ocr-language",
        metavar="NAMES",
        help="Languages of scans as tesseract names them: eng, eng+cym.",
    ),
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV files with a byte order mark.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show errors alone.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
