"""Progress: out of a status column, a cell's colour, or the wording of the updates.

A status is a reading; the evidence as printed stands beside it. docs/updates.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.status_evidence import Evidence
from actionplan.normalise.status_prose import read
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
# Longest evidence kept, in characters.
EVIDENCE = 160

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[•●▪\uf000-\uf0ff]\s*")


def status_from_text(text: str) -> Status:
    """Return what `text` says of progress; basis ``text``, or ``none`` where it says nothing.

    What is still open outweighs what is done: "training completed, audit outstanding" is in
    progress. A status word that opens the text counts for the whole.
    """
    value, at, _ = read(text)
    if value == "unknown":
        return _status("unknown", "none", "")
    return _status(value, "text", _sentence(text, at))


def status_from_updates(updates: Sequence[Update], target: Target | None) -> Status:
    """Return the status that a recommendation's updates tell, the latest dated one first.

    Where none tells any, the target's text is asked ("Completed June 2014").
    """
    dated = [update for update in updates if update.date and update.date.start]
    dated.sort(key=lambda update: update.date.start if update.date and update.date.start else "")
    undated = [update.text for update in updates if update not in dated]
    said = _of_target(target)
    lasting = said
    if target is not None and target.kind == "recurring":
        lasting = _status("ongoing", "text", target.text or "")
    for text in [*(update.text for update in reversed(dated)), " ".join(undated)]:
        value, at, found = read(text)
        if value == "unknown":
            continue
        if lasting is not None and _goes_on(value, found, target):
            return lasting
        return _status(value, "text", _sentence(text, at))
    return said or _status("unknown", "none", "")


def _of_target(target: Target | None) -> Status | None:
    """What the words of a target cell say: "Completed June 2014", "Ongoing"."""
    if target is None or not target.text:
        return None
    value = status_from_column(target.text).value
    if value in ("completed", "ongoing", "in_progress"):
        return _status(value, "text", target.text)
    return None


def _goes_on(value: StatusValue, found: Sequence[Evidence], target: Target | None) -> bool:
    """What has no end is not over because a part of it is done.

    Nor is it unfinished because a part is to come; only work under way outweighs "Ongoing".
    """
    if target is None or not (target.ongoing or target.kind in ("ongoing", "recurring")):
        return False
    if value == "completed" and target.kind == "date":
        return not found or found[0].kind not in ("finished", "done")
    kinds = {item.kind for item in found}
    return value == "completed" or (value == "in_progress" and not kinds & {"moving", "open"})


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
        # "Not begun or at risk": what is named first.
        first = re.split(r"\s+or\s+", meaning, maxsplit=1)[0]
        found = (status_from_column(one).value for one in (first, meaning))
        known: StatusValue = next((one for one in found if one != "unknown"), "unknown")
        return _status(known, "column", printed)
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


@cache
def _column() -> re.Pattern[str]:
    lists = load("status")["column"]
    groups = [rf"(?P<{kind}>{any_phrase(words)})" for kind, words in lists.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
