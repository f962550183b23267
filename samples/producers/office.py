"""Turn a document into a PDF with LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def convert(source: Path, export: str) -> bytes:
    """Return the PDF that LibreOffice makes of `source` with an export filter.

    Raises:
        RuntimeError: LibreOffice is missing or wrote nothing.
    """
    soffice = shutil.which("soffice")
    if not soffice:
        raise RuntimeError("soffice not found: apt-get install libreoffice-core")
    folder = source.parent
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    if ":{" not in export:
        export += ':{"UseTaggedPDF":{"type":"boolean","value":"false"}}'
    subprocess.run(
        [*command, "--convert-to", export, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    result = source.with_suffix(".pdf")
    if not result.exists():
        raise RuntimeError(f"{source.name}: LibreOffice wrote no PDF")
    return result.read_bytes()
