"""What the producers of slides share."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from samples.producers.docx import timeless
from samples.producers.office import convert


def print_deck(deck: Any, name: str, target: Path) -> None:
    """Write the presentation `deck` as a PDF to `target`, with a fixed date.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.pptx"
        deck.save(str(source))
        target.write_bytes(timeless(convert(source, "pdf:impress_pdf_Export"), name))
