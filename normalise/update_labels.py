"""Dated labels at the start of a line: "Update Feb 2014:", "12/03/15 JB -", "August 2013."."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from actionplan.normalise.dates import FoundDate, find_dates
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

# Longest stretch of text, in characters, in which a label is looked for. "Email dated 15 November
# 2016 from the Head of Adult Safeguarding:" has 68.
REACH = 90
# Most words of a label beside its date; longer ones are sentences.
WORDS = 8
# Most words of a note before the word that tells what was done ("joint training plan agreed").
DONE_WITHIN = 4


class Label(NamedTuple):
    """A dated label.

    Attributes:
        text: as printed, without what closes it.
        date: its date.
        end: offset behind it and what closes it.
        worded: it says "Update" or the like beside the date.
        closer: what closes it: a mark, ``"line"`` for the line's end, or "" if nothing does.
        next: the first character of what follows.
    """

    text: str
    date: FoundDate
    end: int
    worded: bool
    closer: str
    next: str


@cache
def _opening() -> re.Pattern[str]:
    words = load("labels")
    before, between = any_phrase(words["before"]), any_phrase(words["between"])
    return re.compile(
        rf"[\[(]?\s*(?:(?P<word>{before})(?:\s+no\.?)?(?:\s+\d{{1,2}})?"
        rf"(?:\s*[:,(–—-]\s*|\s+{between}(?!\w))*\s*(?:the\s+)?)?[\[(]?\s*$",
        re.IGNORECASE,
    )


@cache
def _closing(*, worded: bool) -> re.Pattern[str]:
    words = any_phrase(load("labels")["after"])
    word = rf"\s*[-–—]?\s*(?P<word>{words})(?!\w)(?!\s+\d)" if worded else "(?P<word>(?!))?"
    return re.compile(
        # "12/03/15 JB:", "15/11/2016 from A Person:", "Q3 2017/18 update"
        rf"(?P<inner>[\])]?{word}"
        r"(?:\s*[\[(]?(?-i:[A-Z]{2,4})[\])]?(?=\s*[:.–—-]))?"
        r"(?:\s+(?:from|by|per)\s+[^:.;]{2,50}(?=:|\s[–—-]\s))?"
        r"[\])]?)"
        r"\s*(?P<closer>:\s*[-–—]?|[–—-](?=\s|[A-Z])|\.(?!\d)|[;])?\s*",
        re.IGNORECASE,
    )


def _close(text: str, at: int, *, worded: bool) -> re.Match[str] | None:
    """What closes a label whose date ends at `at`; `worded`: a word stands before the date."""
    match = _closing(worded=True).match(text, at)
    if match is not None:
        # "July 2015 – Review held": there the word begins the text.
        following = text[match.end() : match.end() + 1]
        if match["closer"] or (not worded and (following.isupper() or not following)):
            return match
    return _closing(worded=False).match(text, at)


def read_label(text: str, line_end: int) -> Label | None:
    """Return the dated label at the start of `text`, or None.

    Args:
        text: running text from the start of a line (bullet removed) on.
        line_end: offset at which the printed line that holds the start of `text` ends.
    """
    window = text[:REACH]
    for found in find_dates(window)[:1]:
        opening = _opening().match(window[: found.start].translate(PLAIN))
        if opening is None or found.unit == "years":
            return None
        worded = opening["word"] is not None
        closing = _close(text, found.end, worded=worded)
        return closing and _label(text, found, closing, line_end, worded=worded)
    return None


def _label(
    text: str, found: FoundDate, closing: re.Match[str], line_end: int, *, worded: bool
) -> Label | None:
    printed = text[: closing.end("inner")].strip()
    if len(printed.split()) > WORDS:
        return None
    inside = closing["word"] is not None and closing.end("word") > line_end >= found.end
    if inside:
        # "August 2013" on its own line above "Update Feb 2014": two labels.
        return _at_line_end(text, found, line_end, worded=worded)
    closer = (closing["closer"] or "").strip()[:1]
    if not closer and closing.end() >= line_end >= closing.end("inner") - 1:
        closer = "line"
    return Label(
        text=printed,
        date=found,
        end=closing.end(),
        worded=worded or closing["word"] is not None,
        closer=closer,
        next=text[closing.end() : closing.end() + 1],
    )


def _at_line_end(text: str, found: FoundDate, line_end: int, *, worded: bool) -> Label | None:
    rest = text[found.end : line_end].strip(" .:;-–—)]")
    if rest:
        return None
    return Label(
        text[: found.end].strip(), found, line_end, worded, "line", text[line_end : line_end + 1]
    )


@cache
def _running_on(*, ended: bool) -> re.Pattern[str]:
    words = load("labels")["running_on"]
    if ended:
        words = [word for word in words if word not in load("labels")["may_end"]]
    return re.compile(rf"(?<!\w){any_phrase(words)}\s*$", re.IGNORECASE)


def runs_on(text: str, *, ended: bool = False) -> bool:
    """A line that ends with `text` cannot be the end of a paragraph ("... in the").

    Args:
        text: the line, or its last words.
        ended: the line ends as a paragraph's last does; then an adverb may be its last word
            ("eight were stepped up").
    """
    return bool(_running_on(ended=ended).search(text))


@cache
def _done() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("labels")
    done, finite = any_phrase(words["done"]), any_phrase(words["finite"])
    near = rf"(?:[^\W\d][\w’'-]*\s+){{0,{DONE_WITHIN}}}?"
    told = rf"{near}(?:{done})(?=\s*(?:[,.;:(]|$|[a-z]))"
    return re.compile(told, re.IGNORECASE), re.compile(rf"(?<!\w)(?:{finite})(?!\w)", re.IGNORECASE)


def tells_what_was_done(text: str) -> bool:
    """`text` begins with a note in telegraphic style: "leaflet printed", "sent to all wards"."""
    told, finite = _done()
    match = told.match(text)
    return match is not None and not finite.search(match.group())
