"""Dated labels at the start of a line: "Update Feb 2014:", "12/03/15 JB -", "August 2013."."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from actionplan.normalise.dates import FoundDate, find_dates
from actionplan.normalise.dates_forms import PLAIN
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.update_openings import INITIALS, Opening, read_opening
from actionplan.normalise.vocabulary import load
from actionplan.schemas.plan import Date

# Longest stretch of text, in characters, in which a label is looked for. "Email dated 15 November
# 2016 from the Head of Adult Safeguarding:" has 68.
REACH = 90
# Most words of a label beside its date; longer ones are sentences.
WORDS = 10
_FIRM = (":", "–", "—", "-")
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?=\s*:(?!\d)|\s[–—-]\s)")
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
        free: other words than "Update" and the like stand before its date.
        state: how far it is, where the label says so ("Complete 04/03/2020").
    """

    text: str
    date: FoundDate
    end: int
    worded: bool
    closer: str
    next: str
    free: bool = False
    state: str = ""


# Initials of two capitals to six; several are joined by marks ("JB", "RMcC", "HM/KT", "J.B.").
_INITIALS = (
    rf"(?-i:{INITIALS}(?:\s?[/&,+]\s?{INITIALS})*|(?:[A-Z]\.){{2,3}}"
    r"|(?:(?:Mr|Mrs|Ms|Miss|Dr|[A-Z])\.?\s){1,2}[A-Z][a-z][\w'’-]+)"
)
# A person or a body in brackets ("(Police)", "[Adult Social Care]").
_BRACKETED = r"[\[(]\s*(?-i:[A-Z][\w.'’&/-]*(?:\s+(?:[A-Z&][\w.'’&/-]*|and|of|the)){0,4})\s*[\])]"


@cache
def _closing(*, worded: bool, proper: bool = False) -> re.Pattern[str]:
    words = load("label_words")
    after, heads = any_phrase(load("labels")["after"]), any_phrase(words["heads"])
    bodies = any_phrase(words["bodies"])
    named = rf"(?:(?:{any_phrase(words['modifiers'])}|(?-i:[A-Z])[\w'’&/-]*)\s+){{0,4}}{heads}"
    word = rf"\s*[-–—,]?\s*(?P<word>{after}|{named}(?=\s*(?::|[-–—]\s)))(?!\w)(?!\s+\d)"
    # "Update Feb 2017 – Bridgeway Recovery:": whatever body, where a word says that it is a label.
    any_body = r"|\s*[-–—,]\s*(?-i:[A-Z][\w'’&/-]*(?:\s+[A-Z&][\w'’&/-]*){1,4})(?=\s*:)"
    return re.compile(
        # "12/03/15 JB:", "4 Oct 2019 – PN:", "15/11/2016 from A Person:", "Q3 2017/18 update",
        # "March 2014 (Police)", "Nov 2018 – Children's Services:"
        rf"(?P<inner>[\])]?{word if worded else '(?P<word>(?!))?'}"
        rf"(?:\s*[-–—,/]?\s*{_INITIALS}(?=\s*[:.–—-])|\s*{_BRACKETED}"
        rf"|\s*[\[(]\s*(?:{bodies}|{any_phrase(words['states'])}|{heads})\s*[\])]"
        rf"|\s*[-–—,]?\s*(?-i:(?:[A-Z][\w'’&/-]*\s+(?:(?:and|of|the|&)\s+)?){{0,5}})"
        rf"{bodies}(?=\s*:){any_body if proper else ''})?"
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
    return _closing(worded=False, proper=worded).match(text, at)


def read_label(text: str, line_end: int, *, bold: int = 0) -> Label | None:
    """Return the dated label at the start of `text`, or None.

    Args:
        text: running text from the start of a line (bullet removed) on.
        line_end: offset at which the printed line that holds the start of `text` ends.
        bold: so many characters are bold and the rest is not; what is bold may have any words.
    """
    found = _first_date(text[:REACH])
    if found is None or found.unit == "years":
        return None
    opening = read_opening(text[: found.start].translate(PLAIN))
    if opening is None and found.end <= bold and not re.search(r"[.!?;]\s", text[: found.start]):
        opening = Opening("bold", may_have_year=True)
    if opening is None:
        return None
    closing = _close(text, found.end, worded=opening.kind in ("word", "named"))
    label = closing and _label(text, found, closing, line_end, opening)
    return label if label and _fits(label, opening) else None


def _first_date(window: str) -> FoundDate | None:
    """The first date of `window`; a day and a month in figures only where a mark follows."""
    match = _DAY_AND_MONTH.match(window)
    if match and 1 <= int(match["day"]) <= 31 and 1 <= int(match["month"]) <= 12:
        date = Date(text=match[0], edtf=None, start=None, end=None)
        return FoundDate(0, match.end(), date, "year-missing")
    glued = _glued().match(window)
    if glued is None:
        return next(iter(find_dates(window)), None)
    at = glued.end()
    found = next(iter(find_dates(window[at:])), None)
    return found and found._replace(start=found.start + at, end=found.end + at)


@cache
def _glued() -> re.Pattern[str]:
    """A word that lost its blank before a month ("UPDATEAPRIL 2019")."""
    words, months = load("labels")["before"], load("dates")["months"]
    return re.compile(rf"{any_phrase(words)}(?={any_phrase(months)}(?![a-z]))", re.IGNORECASE)


def _fits(label: Label, opening: Opening) -> bool:
    """The label is closed as its opening asks: the freer its words, the clearer its end."""
    is_year = label.date.unit == "year" and not opening.may_have_year
    if opening.kind in ("bare", "word", "bold"):
        return True
    if not label.next or is_year:
        return False
    if opening.kind == "preposition" and label.text[:2].lower() != "by":
        return label.closer == ":"
    exact = label.date.problem is None
    if label.closer in _FIRM:
        return exact or opening.kind != "unparted"
    if opening.kind == "state":
        return label.closer == "." and exact
    if opening.kind == "named" and opening.ends_in_noun:
        bracketed = label.text.endswith((")", "]"))
        return exact and (label.closer in (".", ";", "line") or bracketed)
    return opening.kind == "body" and label.closer == "line" and exact


def _label(
    text: str, found: FoundDate, closing: re.Match[str], line_end: int, opening: Opening
) -> Label | None:
    printed = text[: closing.end("inner")].strip()
    beside = text[: found.start] + " " + text[found.end : closing.end("inner")]
    if len(beside.split()) > WORDS:
        return None
    worded = opening.kind == "word"
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
        free=opening.kind not in ("bare", "word"),
        state=opening.state,
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


@cache
def _subject() -> re.Pattern[str]:
    verbs = any_phrase(["is", "are", "was", "were", "has", "have", "had", "will", "can", "now"])
    return re.compile(
        r"(?P<words>[A-Z][a-z][\w’'-]*(?:\s+[^\W\d][\w’'&/-]*){0,4}?)\s+" + verbs + r"(?!\w)"
    )


def begins_sentence(text: str) -> bool:
    """`text` begins with its own subject and verb ("Matrons have walked ..."), no one's report.

    "Board papers were ..." may be those of the date before it ("March 2014 Board papers").
    """
    match = _subject().match(text)
    heads = load("label_words")["heads"]
    return match is not None and not any(
        word in heads for word in match["words"].casefold().split()
    )


def is_verb(text: str) -> bool:
    """`text` begins with a verb's form, and what stands before it is its subject."""
    return text.split()[0].casefold() in load("labels")["finite"]


def is_account(line: str) -> bool:
    """`line` says whose account its next line dates: "Email from A Person", "Minutes of SAB"."""
    words = any_phrase(load("labels")["accounts"])
    return bool(
        re.fullmatch(
            rf"{words}(?:\s+(?:received|sent))?\s+(?:from|of|with|by|to)\s+(?:the\s+)?"
            r"(?-i:[A-Z][\w'’.&-]*)(?:\s+(?:(?:of|and|the|for)\s+)?(?-i:[A-Z&][\w'’.&-]*)){0,4}",
            line.strip(),
            re.IGNORECASE,
        )
    )


def ends_done(text: str) -> bool:
    """`text` ends with what was done ("Reminder sent")."""
    words = any_phrase(load("labels")["done"])
    return bool(re.search(rf"(?<!\w){words}\s*$", text, re.IGNORECASE))
