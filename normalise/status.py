"""Progress: out of a status column, a cell's colour, or the wording of the updates.

A status is a reading; the evidence as printed stands beside it. docs/updates.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Status, StatusBasis, StatusValue, Target, Update
from actionplan.schemas.tables import Cell, Colour, LogicalTable, TableDocument

# Largest distance of two colours (root of the summed squares of red, green, blue, 0..441) that are
# one colour of a key: tints of one theme colour lie within 40, amber and red 90 apart.
SAME_COLOUR = 60.0
# A key of colours is a small table: at most so many rows and columns.
KEY_ROWS = 8
KEY_COLUMNS = 4
# Least difference of a fill's strongest and weakest part, 0..255; less is a grey, a background.
COLOURED = 40
# How far before a phrase, in characters, "if" or "to ensure" makes it a condition or an aim.
SUPPOSED = 80
# Longest evidence kept, in characters.
EVIDENCE = 160

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[•●▪\uf000-\uf0ff]\s*")
# "not been completed", "have not yet implemented": a denied participle.
_DENIED = (
    r"\b(?:not|never|cannot|nor)\s+(?:yet\s+|currently\s+|been\s+|be\s+|fully\s+|all\s+){0,4}"
    r"(?:\w+ed|done|begun|met|complete|in\s+place)\b"
)
_ADVERBS = r"(?:(?:now|also|all|both|since|recently|already|fully)\s+){0,3}"
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|until|(?:to|will|would) ensure)\b"
    r"|^\W*no\s+\w+\s+(?:is|are|can|will|may|should)\b",
    re.IGNORECASE,
)
# "Form changed.", "All nine shortened by the date": a few words up to a participle.
_SHORT_REPORT = re.compile(
    r"^\W*(?:[\w'’-]+\s+){1,4}\w{3,}ed(?:\s+(?:by|in|on|to)\s[^,]{1,40})?\W*$"
)
_TO_DO = re.compile(r"^\W*(?:[A-Z][\w'’&/-]*\s+)?(?:[\w'’&/-]+\s+){0,7}?to\s+[a-z]+")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|\w+ed|agreed)\b(?!\s+to\b)", re.IGNORECASE
)


def status_from_text(text: str) -> Status:
    """Return what `text` says of progress; basis ``text``, or ``none`` where it says nothing.

    What is still open outweighs what is done: "training completed, audit outstanding" is in
    progress. A status word that opens the text counts for the whole.
    """
    said = [
        (match.lastgroup or "", match.start())
        for match in _phrases().finditer(text)
        if not _supposed(text, match.start())
    ]
    value, at = _weigh(text, said)
    if value is None:
        first = _SENTENCE_END.split(text.strip())[0]
        if _SHORT_REPORT.match(first):
            return _status("completed", "text", first)
        if _TO_DO.match(first) and not _FINITE.search(first):
            return _status("not_started", "text", first)
        return _status("unknown", "none", "")
    return _status(value, "text", _sentence(text, at))


def _supposed(text: str, at: int) -> bool:
    """The phrase at `at` is a condition or an aim: "unless it has been assessed"."""
    before = _SENTENCE_END.split(text[max(0, at - SUPPOSED) : at])[-1]
    return bool(_CONDITION.search(before))


def _weigh(text: str, said: Sequence[tuple[str, int]]) -> tuple[StatusValue | None, int]:
    """The value of a text out of its phrases, and the offset of the phrase that decided."""
    first: dict[str, int] = {}
    for kind, at in said:
        first.setdefault("open" if kind == "denied" else kind, at)
    if "passive" in first:
        first["completed"] = min(first["passive"], first.get("completed", first["passive"]))
    headline = _headline(text, said)
    if "open" in first and (headline or "").startswith(("completed", "ongoing")):
        return "in_progress", first["open"]
    if headline is not None:
        return _HEADLINES[headline], said[0][1]
    for kind in ("open", "in_progress"):
        if kind in first:
            return "in_progress", first[kind]
    if "not_started" in first:
        return ("in_progress" if "completed" in first else "not_started"), first["not_started"]
    if "ongoing_done" in first:
        return "ongoing", first["ongoing_done"]
    if "completed" in first:
        return ("in_progress" if "future" in first else "completed"), first["completed"]
    if "ongoing" in first:
        return "ongoing", first["ongoing"]
    planned = first.get("future", first.get("future_weak"))
    return (None, 0) if planned is None else ("not_started", planned)


_HEADLINES: dict[str, StatusValue] = {
    "ongoing_done": "ongoing",
    "not_started": "not_started",
    "in_progress": "in_progress",
    "ongoing": "ongoing",
    "completed": "completed",
}


def _headline(text: str, said: Sequence[tuple[str, int]]) -> str | None:
    """The kind of a status word that opens the text and is set off: "Completed.", "Ongoing - "."""
    if not said or re.search(r"\w", text[: said[0][1]].casefold().removeprefix("action ")):
        return None
    match = _phrases().search(text)
    behind = text[match.end() :] if match else ""
    set_off = re.match(r"\s*(?:[.:;,–—/(-]|$|\d|[A-Z])", behind)
    return said[0][0] if set_off and said[0][0] in _HEADLINES else None


def status_from_updates(updates: Sequence[Update], target: Target | None) -> Status:
    """Return the status that a recommendation's updates tell, the latest dated one first.

    Where none tells any, the target's text is asked ("Completed June 2014").
    """
    dated = [update for update in updates if update.date and update.date.start]
    dated.sort(key=lambda update: update.date.start if update.date and update.date.start else "")
    undated = [update.text for update in updates if update not in dated]
    for text in [*(update.text for update in reversed(dated)), " ".join(undated)]:
        status = status_from_text(text)
        if status.value == "completed" and target is not None and target.kind == "ongoing":
            # What has no end is not over because a part of it is done.
            return _status("ongoing", "text", target.text or "")
        if status.value != "unknown":
            return status
    if target is None or not target.text:
        return _status("unknown", "none", "")
    status = status_from_column(target.text)
    if status.value in ("completed", "ongoing", "in_progress"):
        return _status(status.value, "text", target.text)
    return _status("unknown", "none", "")


def status_from_column(text: str, key: Mapping[str, str] | None = None) -> Status:
    """Return the status of a status or RAG cell: a word, a letter, or a percentage.

    Args:
        text: the cell.
        key: the document's own key, letter or word in lower case to its meaning
            (``{"g": "On track"}``).
    """
    printed = text.strip()
    plain = printed.strip(" .:()[]").lower()
    meaning = (key or {}).get(plain)
    if meaning is not None:
        return _status(status_from_column(meaning).value, "column", printed)
    value: StatusValue = load("status")["letters"].get(plain, "unknown")
    if value == "unknown":
        value = _column_words(printed) or "unknown"
    return _status(value, "column" if value != "unknown" else "none", printed)


def _column_words(text: str) -> StatusValue | None:
    percent = re.search(r"\b(\d{1,3})\s?(?:%|per\s?cent)", text)
    if percent:
        share = int(percent[1])
        return "completed" if share >= 100 else "in_progress" if share else "not_started"
    # What is open is named before what is done: "partially complete", "not achieved".
    found = {match.lastgroup: match.start() for match in _column().finditer(text)}
    if not found:
        return None
    for kind in _COLUMN_ORDER:
        if kind in found:
            return kind
    return next(_COLOURS[kind] for kind in found if kind in _COLOURS)


_COLUMN_ORDER: tuple[StatusValue, ...] = ("in_progress", "not_started", "ongoing", "completed")
_COLOURS: dict[str | None, StatusValue] = {
    "red": "not_started",
    "amber": "in_progress",
    "green": "completed",
}


def status_from_colour(fill: Colour | None, key: Mapping[Colour, str]) -> Status:
    """Return the status of a cell's colour, explained by the document's key.

    A colour without a key says nothing: it may mark a directorate or an owner.

    Args:
        fill: background colour of the cell, RGB 0..255.
        key: colour to its meaning as printed.
    """
    if fill is None or not key:
        return _status("unknown", "none", "")
    nearest = min(key, key=lambda colour: _distance(colour, fill))
    if _distance(nearest, fill) > SAME_COLOUR:
        return _status("unknown", "none", "")
    value = status_from_column(key[nearest]).value
    return _status(value, "colour" if value != "unknown" else "none", key[nearest])


def colour_key(doc: TableDocument) -> dict[Colour, str] | None:
    """Return what the fills of status cells mean in `doc`, None where it does not say.

    Read from a small table whose coloured cells stand beside or hold a status, or from a line
    such as "Key: Green = complete, Amber = in progress".
    """
    for table in doc.tables:
        key = _from_table(table)
        if len(key) >= 2:
            return key
    text = " ".join(line.text for line in (*doc.unassigned, *doc.furniture))
    return _from_text(text) or None


def _from_table(table: LogicalTable) -> dict[Colour, str]:
    if len(table.rows) > KEY_ROWS or len(table.columns) > KEY_COLUMNS:
        return {}
    key: dict[Colour, str] = {}
    for row in table.rows:
        for cell, meaning in _coloured(row.cells):
            if cell.fill is not None and _tells(meaning):
                key.setdefault(cell.fill, meaning)
    return key


def _coloured(cells: list[Cell]) -> Iterator[tuple[Cell, str]]:
    """Coloured cells, each with its own text or that of its right neighbour."""
    for at, cell in enumerate(cells):
        if cell.fill is None or max(cell.fill) - min(cell.fill) < COLOURED:
            continue
        beside = cells[at + 1].text if at + 1 < len(cells) else ""
        yield cell, beside if not _tells(cell.text) else cell.text


def _tells(text: str) -> bool:
    """`text` gives a status in words, not only by the name of a colour."""
    names = any_phrase(load("status")["colours"])
    plain = re.sub(rf"(?<!\w){names}(?!\w)", " ", text, flags=re.IGNORECASE)
    return status_from_column(plain).value != "unknown"


def _from_text(text: str) -> dict[Colour, str]:
    colours: dict[str, list[list[int]]] = load("status")["colours"]
    pattern = re.compile(
        rf"(?<!\w)({any_phrase(colours)})\s*(?:=|:|[-–—]|means)\s*([^,;.=]{{3,60}}?)"
        rf"(?=\s*(?:[,;.]|$|(?<!\w){any_phrase(colours)}(?!\w)))",
        re.IGNORECASE,
    )
    meanings = {m[1].lower(): m[2].strip() for m in pattern.finditer(text) if _tells(m[2])}
    if len(meanings) < 2:
        return {}
    return {(r, g, b): meaning for name, meaning in meanings.items() for r, g, b in colours[name]}


def _distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def acceptance(text: str) -> str | None:
    """Return the answer to a recommendation that opens `text` ("Partly agreed"), or None.

    It says whether a recommendation is accepted, not how far it is.
    """
    words = load("status")["acceptance"]
    match = re.match(rf"\W*({any_phrase(words)})(?!\w)", text, re.IGNORECASE)
    if match is None:
        return None
    answer: str = words[" ".join(re.split(r"[\s-]+", match[1].lower()))]
    return answer


def _status(value: StatusValue, basis: StatusBasis, text: str) -> Status:
    return Status(value=value, basis=basis, text=text)


def _sentence(text: str, at: int) -> str:
    """The sentence of `text` around offset `at`, cut to `EVIDENCE` characters."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > at:
            return text[begin : match.start()].strip()[:EVIDENCE]
        begin = match.end()
    return text[begin:].strip()[:EVIDENCE]


# Where two kinds begin at the same place the first of these wins.
_PHRASE_ORDER = (
    *("ongoing_done", "not_started", "denied", "open", "in_progress", "ongoing", "passive"),
    *("completed", "future", "future_weak"),
)


@cache
def _phrases() -> re.Pattern[str]:
    lists = load("status")["text"]
    group = {kind: any_phrase(lists[kind]) for kind in lists}
    done = rf"(?:\w+ed|{group['participles']})"
    group["denied"] = _DENIED
    group["passive"] = rf"(?:(?:has|have)\s+{_ADVERBS}been|was|were)\s+{_ADVERBS}{done}"
    # "will be updated", "is to be fully revised": there the participle is no completion.
    group["future"] = rf"{group['future']}(?:\s+{_ADVERBS}(?:be\s+)?{_ADVERBS}{done}(?!\w))?"
    groups = (f"(?P<{kind}>{group[kind]})" for kind in _PHRASE_ORDER)
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


@cache
def _column() -> re.Pattern[str]:
    lists = load("status")["column"]
    groups = [rf"(?P<{kind}>{any_phrase(words)})" for kind, words in lists.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
