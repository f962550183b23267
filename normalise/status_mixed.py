"""The part of a mixed status cell that tells the status: "Progress: with designer RAG: Amber"."""

from __future__ import annotations

import re
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

_TICKED, _UNTICKED = "☑☒✓✔√✅🗹■⊠", "☐□▢⬜"
_BOX = re.compile(rf"[{_TICKED}{_UNTICKED}]|[\[(]\s?[xX✓✔√]?\s?[\])]")
_MARKED = re.compile(rf"[{_TICKED}xX]")
_LABEL = re.compile(r"(?<![\w-])[A-Z][\w/ ]{1,24}?\s?(?:[:=]|[–—-](?=\s))\s*")


def ticked(text: str) -> str | None:
    """Return the option whose box is ticked ("☐ Complete ☑ In progress"); "" if no box is.

    A box stands before its option where the cell begins with one, else behind it. None where there
    are no boxes, or several are ticked.
    """
    boxes = list(_BOX.finditer(text))
    if len(boxes) < 2:
        return None
    starts = [0, *(box.end() for box in boxes)]
    ends = [*(box.start() for box in boxes), len(text)]
    options = [text[begin:end].strip(" ,;/") for begin, end in zip(starts, ends, strict=True)]
    behind = options[1:] if not options[0] else options[:-1]
    marked = [one for box, one in zip(boxes, behind, strict=True) if _MARKED.search(box[0])]
    return (*marked, "")[0] if len(marked) < 2 else None


def labelled(text: str) -> str | None:
    """Return what stands behind a label that says status or RAG, up to the next label or sentence.

    None where the cell has no such label.
    """
    match = _status_label().search(text)
    if match is None:
        return None
    rest = text[match.end() :]
    following = _LABEL.search(rest, 1)
    return rest[: following.start() if following else len(rest)].strip(" .,;") or None


def asked(text: str) -> tuple[str, bool] | None:
    """Return a status word that is asked for, and the answer: ("complete", True) of "Complete: Y".

    None where the cell is no question with its answer.
    """
    match = _question().fullmatch(text.strip(" ."))
    if match is None:
        return None
    return match["asked"].casefold(), match["answer"].casefold() in load("status")["words"]["yes"]


@cache
def _status_label() -> re.Pattern[str]:
    names = any_phrase(load("status")["words"]["status_labels"])
    return re.compile(rf"(?<!\w){names}\s*(?:[:=]|[–—-](?=\s)|\bis\b)\s*", re.IGNORECASE)


@cache
def _question() -> re.Pattern[str]:
    lists = load("status")
    words = [word for kind in ("completed", "in_progress") for word in lists["column"][kind]]
    answers = [*lists["words"]["yes"], *lists["words"]["no"]]
    return re.compile(
        rf"(?P<asked>{any_phrase(words)})\s*(?:\([^)]*\)\s*)?[:?=–—-]+\s*"
        rf"(?P<answer>{any_phrase(answers)})",
        re.IGNORECASE,
    )
