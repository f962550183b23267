"""Progress out of a status or RAG column: words, letters, percentages and colours; acceptance.

docs/status.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.status_mixed import asked, labelled, ticked
from actionplan.normalise.status_prose import read
from actionplan.normalise.status_tags import mended
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Status, StatusBasis, StatusValue
from actionplan.schemas.tables import Colour

# Largest distance of two colours (root of the summed squares of red, green, blue, 0..441) that are
# one colour of a key: tints of one theme colour lie within 40, amber and red 90 apart.
SAME_COLOUR = 60.0
# What a cell without fill shows.
WHITE: Colour = (255, 255, 255)
# Most words of a cell that is a status word with little beside it; longer ones are sentences.
_WORDS = 3
# "G – on track", "R (overdue)": a letter and what it stands for.
_CODED = re.compile(r"(?P<code>[A-Za-z])\s*(?:[–—:/=(-]|\s-)\s*(?P<rest>.{3,})", re.DOTALL)
# "Yes - March 2015": the answer to the column's header, and more.
_YES_OR_NO = re.compile(r"(?P<answer>\w+)\s*[-–—,.;:(]\s*(?P<rest>\S.*)", re.DOTALL)
# So many kinds of status between strokes are a choice that nobody has made.
_CHOICES = 3
_ORDER: tuple[StatusValue, ...] = ("in_progress", "not_started", "ongoing", "completed")
_COLOURS: dict[str | None, StatusValue] = {
    "red": "not_started",
    "amber": "in_progress",
    "green": "completed",
}
# Colours of which work that is under way may be: an amber cell that awaits something was begun.
_BEGUN = re.compile(r"\W*(?:amber|yellow|green)\b", re.IGNORECASE)


def status_from_column(text: str, key: Mapping[str, str] | None = None) -> Status:
    """Return the status of a status or RAG cell: a word, a letter, a percentage, or a sentence.

    Args:
        text: the cell.
        key: the document's own key, letter or word in lower case to its meaning
            (``{"g": "On track"}``).

    Returns:
        The status; basis ``none`` where the cell tells none.
    """
    printed = text.strip()
    value = _of_cell(_glued().sub(r"\g<0> ", printed), key or {})
    return _status(value, "column" if value != "unknown" else "none", printed)


def _of_cell(text: str, key: Mapping[str, str]) -> StatusValue:
    meaning = key.get(_bare(text))
    if meaning is not None:
        return _of_meaning(meaning)
    if answer := _answer().match(text):
        rest = text[answer.end() :].strip(" .,;:()–—-")
        return _of_cell(rest, key) if rest else "unknown"
    if ticked(text) == "" or _is_choice(text):
        return "unknown"
    part = ticked(text) or labelled(text)
    if part is not None and (value := _of_cell(part, key)) != "unknown":
        return value
    if question := asked(text):
        return _of_answer(*question)
    return _of_words(text, key)


def _is_choice(text: str) -> bool:
    """A choice that nobody has made: "Complete / In progress / Not started"."""
    parts = text.split("/")
    told = {status_word(part) for part in parts} - {None}
    return len(parts) >= _CHOICES and len(told) >= _CHOICES


def _of_words(text: str, key: Mapping[str, str]) -> StatusValue:
    if coded := _CODED.match(text):
        told = status_word(coded["rest"])
        return told or _of_cell(coded["code"], key)
    whole: Mapping[str, StatusValue] = load("status")["whole"]
    value = status_word(text) or whole.get(_bare(text), "unknown")
    more = _YES_OR_NO.match(text)
    if more and more["answer"].lower() in whole:
        said = _of_words(more["rest"], key)
        return whole[more["answer"].lower()] if said == "unknown" else said
    if value == "unknown" or len(text.split()) > _WORDS:
        value = _of_sentence(text, value)
    return value


def _of_answer(word: str, is_so: bool) -> StatusValue:
    """Read "Complete: Y"; what is not complete is open, what is not begun has not started."""
    told = status_word(word) or "unknown"
    if is_so:
        return told
    return "not_started" if word in ("started", "begun", "commenced") else "in_progress"


def status_word(text: str) -> StatusValue | None:
    """Return what the letter, the percentage or the status words of `text` tell, else None.

    Unlike `status_from_column` it reads no sentences: a cell that it knows looks like a status.
    """
    plain = _bare(text)
    letter: StatusValue | None = load("status")["letters"].get(plain)
    return letter or _column_words(" ".join(mended(plain.split())))


def _bare(text: str) -> str:
    return text.strip(" .:()[]").lower()


def _of_meaning(meaning: str) -> StatusValue:
    """What a key says of a code: "Not begun or at risk" is what is named first."""
    first = re.split(r"\s+or\s+", meaning, maxsplit=1)[0]
    found = (status_from_column(one).value for one in (first, meaning))
    return next((one for one in found if one != "unknown"), "unknown")


def _of_sentence(text: str, word: StatusValue) -> StatusValue:
    """What the sentence in a status cell tells; its status words where it tells nothing."""
    said = read(text)[0]
    if said == "unknown":
        return word
    return "in_progress" if said == "not_started" and _BEGUN.match(text) else said


def _column_words(text: str) -> StatusValue | None:
    percent = re.search(r"\b(\d{1,3})\s?(?:%|per\s?cent)", text)
    if percent:
        share = int(percent[1])
        return "completed" if share >= 100 else "in_progress" if share else "not_started"
    # What is open is named before what is done: "partially complete", "not achieved".
    found = {match.lastgroup for match in _column().finditer(text)}
    if "partial" in found:
        return "in_progress"
    for kind in _ORDER:
        if kind in found:
            return kind
    return next((_COLOURS[kind] for kind in _COLOURS if kind in found), None)


def status_from_colour(fill: Colour | None, key: Mapping[Colour, str]) -> Status:
    """Return the status of a cell's colour, explained by the document's key.

    A colour without a key says nothing: it may mark a directorate or an owner. A cell without fill
    is white, if the key explains white.

    Args:
        fill: background colour of the cell, RGB 0..255.
        key: colour to its meaning as printed.
    """
    shown = WHITE if fill is None and WHITE in key else fill
    if shown is None or not key:
        return _status("unknown", "none", "")
    nearest = min(key, key=lambda colour: _distance(colour, shown))
    if _distance(nearest, shown) > SAME_COLOUR:
        return _status("unknown", "none", "")
    value = _of_meaning(key[nearest])
    return _status(value, "colour" if value != "unknown" else "none", key[nearest])


def _distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def acceptance(text: str) -> str | None:
    """Return the answer to a recommendation that opens `text` ("Partly agreed"), or None.

    It says whether a recommendation is accepted, not how far it is. It is given as printed, with
    what it is subject to; an answer in capitals alone is put into small letters.
    """
    match = _answer().match(text)
    if match is None:
        return None
    answer = " ".join(match["answer"].split())
    return answer.capitalize() if answer.isupper() else answer


def is_answer(text: str) -> bool:
    """Whether `text` is the answer to a recommendation and nothing else."""
    answer = acceptance(text)
    return answer is not None and len(answer) >= len(" ".join(text.split()).strip(" .;:()"))


@cache
def _answer() -> re.Pattern[str]:
    lists = load("status")
    return re.compile(
        rf"\W*(?P<answer>(?:{any_phrase(lists['acceptance'])})(?!\w)"
        rf"(?:,?\s+(?:{any_phrase(lists['words']['provisos'])})(?!\w)[^.;:\n]*)?)",
        re.IGNORECASE,
    )


@cache
def _glued() -> re.Pattern[str]:
    """A status word that lost the blank before its date ("completedFeb14")."""
    lists, months = load("status"), any_phrase(load("dates")["months"])
    words = any_phrase([*lists["column"]["completed"], *lists["column"]["ongoing"]])
    return re.compile(rf"(?<!\w){words}(?=(?:{months})[\s.'’]*\d|\d)", re.IGNORECASE)


@cache
def _column() -> re.Pattern[str]:
    lists = load("status")["column"]
    degrees, done = any_phrase(load("status")["words"]["degrees"]), any_phrase(lists["completed"])
    # "Nearly finished", "not yet fully met", "met in part": less than what it is a part of.
    part = rf"(?:{degrees})[\s-]+(?:{done})|(?:{done})[\s-]+(?:in[\s-]+part|partially|partly)"
    denied = rf"not(?:[\s-]+(?:yet|fully|been|quite))*[\s-]+(?:{done})"
    named = {kind: any_phrase(words) for kind, words in lists.items()}
    first = {"not_started": named.pop("not_started"), "partial": f"{part}|{denied}"}
    groups = [rf"(?P<{kind}>{words})" for kind, words in {**first, **named}.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def _status(value: StatusValue, basis: StatusBasis, text: str) -> Status:
    return Status(value=value, basis=basis, text=text)
