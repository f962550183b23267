"""What the results of a document are called: safe on any file system, and the same in each run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from actionplan.origins import Source, still_there

MAX_BYTES = 180
"""Longest result name in UTF-8: file systems allow 255, and suffixes come behind it."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, whatever follows behind a full stop."""


def safe_name(stem: str) -> str:
    """Return a file name for `stem` that no file system takes for anything else.

    Ordinary names stay as they are. What separates folders, controls a terminal or is forbidden on
    Windows becomes ``_``; a long name is cut, with a fingerprint of the whole.
    """
    name = _UNSAFE.sub("_", stem).strip(" .") or "document"
    if stem.startswith(".") and not name.startswith("_"):
        name = f"_{name}"  # not hidden
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    data = name.encode()
    if len(data) > MAX_BYTES:
        mark = hashlib.sha256(stem.encode(errors="surrogatepass")).hexdigest()[:8]
        name = data[: MAX_BYTES - 9].decode(errors="ignore").rstrip(" .") + f"~{mark}"
    return name


def folded(name: str) -> str:
    """Return what two names have in common where capitals or composed letters do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def result_names(sources: Sequence[Source], taken: Mapping[str, str]) -> list[str]:
    """Return a name for the results of each source: its stem, and ``-2``, ``-3``... on a clash.

    Args:
        sources: the inputs, in order.
        taken: names in use in the output folder, with the key of the source of each. A source
            keeps its name from run to run; a name whose source is gone is free again.

    Returns:
        Names that differ also where capitals do not count, in the order of `sources`.
    """
    owner = {folded(name): key for name, key in taken.items() if still_there(key)}
    kept = {key: name for name, key in taken.items()}
    numbers: dict[str, int] = {}
    names: list[str] = []
    for source in sources:
        stem = safe_name(source.stem)
        name = kept.get(source.key, stem)
        while owner.get(folded(name), source.key) != source.key:
            # Of ten thousand inputs of one name, each starts where the last one stopped.
            numbers[stem] = numbers.get(stem, 1) + 1
            name = f"{stem}-{numbers[stem]}"
        owner[folded(name)] = source.key
        names.append(name)
    return names
