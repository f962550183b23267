"""How the runs of a lead cell may follow each other: side by side, wrapped, with a mark between.

States name the run before: ``"POST"``; ``"POST+and"`` with "and" behind it; ``"POST+of"`` with
other words; ``"POST+("`` with a bracket, ``"POST+/"`` with a slash, ``"POST+,"``
with a comma, ``"POST+"`` with another sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_shape import HEALTH, body_type, patterns
from actionplan.normalise.lead_bodies import acts, is_employer, is_generic, is_project
from actionplan.normalise.lead_settings import (
    APART,
    EXPLAINED,
    HEADS,
    LeadSettings,
    Word,
    run_text,
)
from actionplan.normalise.lead_shape import is_place, is_plain, may_begin, may_end

_BARE_TITLES = frozenset(
    {"lead", "head", "executive", "designated", "named", "clinical", "responsible"}
)
# Words that begin the name of a body on the next line ("Royal" / "Kelmouth Hospital").
_FRONTS = frozenset(
    {"royal", "university", "greater", "mid", "central", "north", "south", "east", "west"}
)
_UNIT_LETTERS = 3
"""Letters of a unit's short form behind a rank; two may be initials, four a surname."""
_LINKED = 5
"""Words before a line's end that are looked at for "of" and "for"."""
_LEGAL_FORM = frozenset({"nhs", "foundation", "trust", "ft"})
_SIDE_BY_SIDE = frozenset(
    {("PERSON", "POST"), ("POST", "PERSON"), ("PERSON", "ORG"), ("ORG", "PERSON")}
)


def after_word(before: str, word: Word) -> str:
    """State behind a word that belongs to no run, from the state before it."""
    label, _, parted = before.partition("+")
    if not label:
        return "+"
    if word.text in {"(", "["}:
        return f"{label}+("
    if parted == "and" and word.text.casefold() == "the":
        return before
    if parted == "of" or not word.is_separator:
        return f"{label}+of"
    if word.text in {"/", ","}:
        return f"{label}+{word.text}"
    return f"{label}+and" if word.text.casefold() in {"and", "&", "+"} else f"{label}+"


def bonus(
    words: Sequence[Word],
    start: int,
    end: int,
    before: str,
    label: str,
    settings: LeadSettings,
    *,
    since: int,
) -> float:
    """Points for how the run from `start` to `end` follows the state `before`.

    `since`: where the run before began, if it ends at `start`.
    """
    last, parted, joint = before.partition("+")
    run = words[start:end]
    if words[start].tied:
        return settings.torn
    if last == "POST" and label == "ORG" and _is_topic(run):
        own = bool(words[start].gap) and not parted and not any(w.has("topics") for w in run)
        return 0.0 if own else settings.torn  # "Turning Tides" below a title
    if last == "POST" and not parted and label == "PERSON" and _behind_rank(words, start):
        if run[0].has("SHOUTED") and len(run) == 1 and len(run[0].text) == _UNIT_LETTERS:
            return settings.torn  # "D/Supt PPD"
        return settings.rank_name if _lone_surname(run) else settings.rank_name / 2
    if joint:
        inside = joint == "of" or _inside(words, start, run, last, joint, label)
        return settings.body_over_post if inside and joint == "/" else settings.torn * inside
    if not last or parted or words[start].gap >= settings.spaced_break:
        return 0.0
    if words[start].gap:
        wrapped = _wrapped(words, start, run, last, label, since)
        full = words[start].gap < settings.early_break and (last, label) == ("ORG", "POST")
        cost = settings.body_over_post if full else settings.torn
        return cost if wrapped else 0.0
    return _beside(words, start, run, last, label, settings, since)


def _is_topic(run: Sequence[Word]) -> bool:
    """Words in capitals like a project's name: behind a title rather its topic."""
    text = run_text(run)  # "Three Rivers Ambulance" is none
    return is_project(run) and not (is_employer(text) or find(text) or body_type(text))


def _inside(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, joint: str, label: str
) -> bool:
    """Does what stands before the run ("and", a slash, a bracket) stand inside one title or name?"""
    if joint == "/":
        return _slash_inside(words, start, run, last, label)
    if joint == "and" and label == "ORG" and _half_a_name(words[start - 2], run, last):
        return True
    if joint == "and" and (last, label) == ("POST", "ORG") and _shares_title(run):
        return True
    if joint == "and" and (last, label) == ("ORG", "POST") and _shared_title(words, start):
        return True
    if joint == ",":
        return label == "POST" and last in {"ORG", "UNIT"} and _lists_topics(words, start, run)
    short = joint == "(" and last != "PERSON" and all(word.has("post_short") for word in run)
    unit = label == "UNIT" and not (joint == "(" and last == "PERSON")
    return short or unit or (joint == "and" and last == "UNIT")


def _shares_title(run: Sequence[Word]) -> bool:
    """A department or topic behind "and" ("Director of Adult Social Care and Housing")."""
    text = run_text(run)
    topics = len(run) > 1 and is_generic([word.text for word in run]) and not find(text)
    return topics or not acts(text)


def _slash_inside(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, label: str
) -> bool:
    """Does the slash part words of one title ("Policy / Procedures Officer")?

    Not where a person or a body that acts stands before it; short forms without blanks around
    the slash are alternatives ("MARAC/MAPPA Co-ordinator").
    """
    left = _back_to_mark(words, start - 2)
    tight = words[start - 1].glued and words[start].glued
    if last == "POST" and label == "POST":
        return all(word.has("post_adjectives", "acting") for word in left)
    if last == "POST":
        return label == "UNIT" or (label == "ORG" and tight and not acts(run_text(run)))
    if label != "POST" or last == "PERSON":
        return False
    shorts = tight and len(left) == 1 and left[0].has("SHOUTED") and run[0].has("SHOUTED")
    return shorts or not acts(run_text(left))


def _lists_topics(words: Sequence[Word], start: int, run: Sequence[Word]) -> bool:
    """Is a comma one of a list of topics ("Equality, Diversity and Inclusion Manager")?"""
    left = _back_to_mark(words, start - 2)
    first = not any(word.text == "," for word in words[: start - 2])
    linked = any(word.text.casefold() in {"and", "&"} for word in run[1:])
    return first and linked and not acts(run_text(left)) and not run[0].has(*HEADS)


def _back_to_mark(words: Sequence[Word], end: int) -> Sequence[Word]:
    """The words up to and with `end`, back to the last mark or line that ended early."""
    start = end
    while start and not words[start].gap and not words[start - 1].is_separator:
        start -= 1
    return words[start : end + 1]


def _beside(
    words: Sequence[Word],
    start: int,
    run: Sequence[Word],
    last: str,
    label: str,
    settings: LeadSettings,
    since: int,
) -> float:
    """Points for two runs on one line with no mark between them."""
    above = words[since:start]
    if last == "PERSON" and _wants_surname(above) and may_end(run[0].text):
        return settings.torn  # "Dr Colm" before "Heaney GP"
    if last == "POST" and label == "PERSON" and all(word.has("honorifics") for word in above):
        return settings.torn  # "Professor Dame Hester Vane"
    if (last, label) in _SIDE_BY_SIDE:
        lone = (label == "PERSON" and len(run) == 1) or _lone_before(words, start, last)
        name = run if label == "PERSON" else words[max(0, start - 2) : start]
        strange = _strange_name(name) and not (label == "POST" and _heads_line(words, start))
        surname = label == "POST" and last == "PERSON" and _before_comma(words, start)
        return settings.torn if lone or strange or surname else settings.no_mark
    if (last, label) == ("ORG", "POST"):
        if is_employer(run_text(above)) and not above[0].has("post_short"):
            return settings.no_mark
        if not acts(run_text(above)):
            return settings.inside_title
        # "Commissioning Manager" under another line
        return settings.body_over_post if words[start - 1].gap else settings.torn
    if (last, label) == ("POST", "ORG"):
        if is_employer(run_text(run)):
            return settings.no_mark
        return settings.torn if acts(run_text(run)) else settings.inside_title
    return settings.torn


def _wants_surname(name: Sequence[Word]) -> bool:
    """A form of address and a given name, no surname yet ("Dr Helen")."""
    return len(name) > 1 and name[-1].has("first_names") and name[-2].has("honorifics", "ranks")


def _wrapped(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, label: str, since: int
) -> bool:
    """Is the run on a new line the rest of the run above ("Operations" over "Manager")?"""
    above = words[start - 1]
    alone = len(run) == 1
    if label == "POST" and all(word.has("ranks") for word in run):
        if last == "POST" and above.has("ranks"):
            return True
        after = words[start + len(run) : start + len(run) + 1]
        return not any(_lone_surname([word]) or word.has("first_names") for word in after)
    if label == "POST":
        open_title = last == "POST" and (
            alone or above.has("post_adjectives") or _bare_title(words, start)
        )
        body_above = last == "ORG" and not is_employer(run_text(words[since:start]))
        surname = last == "PERSON" and _before_comma(words, start)
        return last == "UNIT" or open_title or body_above or surname
    if label == "PERSON":
        titled = words[start].has("honorifics")
        if last == "PERSON" and not titled and _wants_surname(words[since:start]):
            return True  # "Dr Mohammed" over "Iqbal Chaudhry"
        return alone and (_open_name(words, start, last) or not _may_stand_alone(run[0]))
    if last == "PERSON" and alone and _open_name(words, start, last):
        return True  # "Dr Helen" over "Court", a word of bodies too
    if label == "ORG" and last != "POST" and _ends_body(words, start, run, last):
        return True
    if last != "POST" and all(word.text.casefold() in _LEGAL_FORM for word in run):
        return True  # "Kelmouth Community NHS" over "Foundation Trust"
    if last in {"POST", "UNIT"} and label == "ORG" and alone:
        return not is_employer(run[0].text) or _is_proper(above)
    if last == "POST" and label == "ORG" and start > 1:
        if _is_proper(above) and is_generic([word.text for word in run]):
            return True  # "Chair, Kelmouth" over "Safeguarding Partnership"
        return (
            _linked(words, start)
            and not is_employer(run_text(run))
            and is_generic([w.text for w in run])
        )
    if last == "ORG":
        return ends_name(run) or (label == "UNIT" and alone)
    return last == "UNIT" and any(body.unit for body in find(run_text(run)))


def _ends_body(words: Sequence[Word], start: int, run: Sequence[Word], last: str) -> bool:
    """Is the body the end of a name that begins on the line above?

    So are a kind of body under a place ("NHS Kelmouth" over "CCG"), and the last words of a
    group ("Quality" over "Assurance Subgroup").
    """
    above, text = words[start - 1], run_text(run)
    if above.text.casefold() in _FRONTS:
        return is_employer(f"{above.text} {text}")
    if last == "PERSON" and _lone_before(words, start, last) and _is_proper(above):
        return not _behind_rank(words, start - 1)
    if last == "PERSON":  # no body by itself, under a place ("Hospitals NHS Trust")
        strange = _strange_name(words[max(0, start - 2) : start])
        return strange and is_generic([word.text for word in run]) and not find(text)
    if above.text == "NHS":
        return body_type(text) in HEALTH and len(run) > 1
    if last == "ORG" or above.has("UNIT_END"):
        return False
    if len(run) == 1 or not above.has("topics"):
        return is_generic([word.text for word in run]) and not above.has("topics")
    return is_generic([word.text for word in run]) and not find(text)


def _linked(words: Sequence[Word], start: int) -> bool:
    """Does "of" or "for" stand shortly before `start`, with no mark between?

    ("Chair of the Safeguarding" over "Adults Board".)
    """
    before = words[max(0, start - _LINKED) : start]
    at = max((k for k, word in enumerate(before) if word.is_separator), default=-1)
    return any(word.text.casefold() in {"of", "for"} for word in before[at + 1 :])


def _is_proper(word: Word) -> bool:
    """A word in capitals that no list explains: under a title more likely a place."""
    return word.has("CAPITAL") and not word.has(*EXPLAINED, "first_names", "post_adjectives")


def _bare_title(words: Sequence[Word], start: int) -> bool:
    """Does a single word that says little by itself stand above `start` ("Lead" / "Nurse")?"""
    alone = start == 1 or words[start - 2].is_separator
    return alone and words[start - 1].text.casefold() in _BARE_TITLES


def _may_stand_alone(word: Word) -> bool:
    return word.has("first_names", "INITIALS", "honorifics")


def _open_name(words: Sequence[Word], start: int, last: str) -> bool:
    """Does a given name without surname end above `start` ("Dr Helen" over "Vaughan")?"""
    given = words[start - 1].has("first_names") and not words[start].has("INITIALS", "honorifics")
    before = words[start - 2] if start > 1 else None
    titled = before is not None and before.has("honorifics", "ranks")
    return last == "PERSON" and given and titled


def _half_a_name(left: Word, run: Sequence[Word], last: str) -> bool:
    """Does "and" stand inside a name ("HRI and Kelbrook Hospital", "Lead for DA and VAWG")?"""
    if last == "ORG":
        return _unknown_short(left)
    return last == "POST" and len(run) == 1 and _unknown_short(run[0])


def _shared_title(words: Sequence[Word], start: int) -> bool:
    """Do a kind of body and the words behind "and" share a title ("Health & Justice Manager")?"""
    left = max((at for at in range(start) if words[at].is_separator), default=0)
    return not words[start].has(*HEADS) and not is_employer(_text_before(words, left))


def _unknown_short(word: Word) -> bool:
    """A short form that no list knows: half of a name ("HRI and Kelbrook Hospital")."""
    return word.has("SHOUTED") and not find(word.text)


def _behind_rank(words: Sequence[Word], start: int) -> bool:
    """Does a rank, perhaps with a collar number, stand before `start` ("PC 1234 Hartle")?"""
    numbered = start > 1 and words[start - 1].has("NUMBER")
    return words[start - 2 if numbered else start - 1].has("ranks")


def ends_name(run: Sequence[Word]) -> bool:
    """Is the run a single word that ends names of bodies ("Council")?"""
    return len(run) == 1 and name_key(run[0].text) in patterns().ends


def _strange_name(run: Sequence[Word]) -> bool:
    """Two words that no list of names knows: without a mark beside them hardly a person."""
    return not any(word.has("first_names", "INITIAL", "INITIALS", "honorifics") for word in run)


def _heads_line(words: Sequence[Word], start: int) -> bool:
    """Do the two words before `start` begin a line or follow a mark, and read as a name?

    No plain word may stand among them: "Harrow Eastside Manager" is a post.
    """
    at = start - 2
    if (
        at < 0
        or words[start - 1].gap
        or not (at == 0 or words[at].gap or words[at - 1].is_separator)
    ):
        return False
    given, surname = words[at].text, words[at + 1].text
    named = may_begin(given) and may_end(surname) and not is_plain(surname)
    return named and not is_place(given, surname)


def _before_comma(words: Sequence[Word], start: int) -> bool:
    """Does a comma follow the word at once? So it ends a name ("Helen Court, Named GP")."""
    return any(word.text == "," for word in words[start + 1 : start + 2])


def _lone_before(words: Sequence[Word], start: int, last: str) -> bool:
    """Was the person before `start` a single word on this line?"""
    first = start == 1 or words[start - 1].gap > 0 or words[start - 2].is_separator
    return last == "PERSON" and first


def _text_before(words: Sequence[Word], start: int) -> str:
    """The longest employer's name that ends before `start`, or nothing."""
    marks = [at for at in range(start) if words[at].text in APART]
    for begin in range(max(0, start - 8, marks[-1] + 1 if marks else 0), start):
        text = run_text(words[begin:start])
        if is_employer(text):
            return text
    return ""


def _lone_surname(run: Sequence[Word]) -> bool:
    return len(run) == 1 and run[0].has("CAPITAL") and not run[0].has(*EXPLAINED)
