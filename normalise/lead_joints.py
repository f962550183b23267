"""How the runs of a lead cell may follow each other: side by side, wrapped, with a mark between.

States name the run before: ``"POST"``; ``"POST+and"`` with "and" behind it; ``"POST+at"`` with "at"
or "of", which may stand before an employer; ``"POST+of"`` with other words; ``"POST+("``,
``"POST+/"`` and ``"POST+,"`` with a bracket, slash or comma; ``"POST+"`` with another sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_shape import body_type
from actionplan.normalise.lead_beside import beside
from actionplan.normalise.lead_bodies import (
    acts,
    is_employer,
    is_named_employer,
    is_project,
)
from actionplan.normalise.lead_look import (
    back_to_mark,
    behind_rank,
    ends_part,
    is_generic_run,
    lone_surname,
    text_before,
    wants_surname,
)
from actionplan.normalise.lead_settings import HEADS, LeadSettings, Word, run_text
from actionplan.normalise.lead_shape import is_science
from actionplan.normalise.lead_wraps import BARE_TITLES, wrapped

LINKS_TO_BODIES = frozenset({"of", "for", "at", "from", "with", "within", "in"})
"""Words between a title and the body whose title it is ("Manager at Brook Surgery")."""
_LONG_NAME = 8
"""Words of a body's name that are looked at before an "and"."""
_UNIT_LETTERS = 3
"""Letters of a unit's short form behind a rank; two may be initials, four a surname."""


def after_word(before: str, word: Word) -> str:
    """State behind a word that belongs to no run, from the state before it."""
    label, _, parted = before.partition("+")
    if not label:
        return "+"
    if word.text in {"(", "["}:
        return f"{label}+("
    if parted == "and" and word.text.casefold() == "the":
        return before
    if before == "POST" and word.text.casefold() in LINKS_TO_BODIES:
        return "POST+at"
    if parted == "at" and word.text.casefold() == "the":
        return before
    if parted in {"of", "at"} or not word.is_separator:
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
    if last == "POST" and not parted and label != "PERSON" and _is_opening(words[since:start]):
        return settings.inside_title
    if last == "POST" and label == "ORG" and _is_topic(run):
        apart = words[start].gap > 0 or joint == ","
        strange = any(word.has("topics") or is_science(word.text) for word in run)
        return 0.0 if apart and not strange else settings.torn  # "Turning Tides" below a title
    if last == "POST" and not parted and label == "PERSON" and behind_rank(words, start):
        if len(run) == 1 and run[0].has("surnames") and ends_part(words, end):
            return settings.rank_name
        if run[0].has("SHOUTED") and len(run) == 1 and len(run[0].text) == _UNIT_LETTERS:
            return settings.torn  # "D/Supt PPD"
        return settings.rank_name if lone_surname(run) else settings.rank_name / 2
    if joint == "at":
        named = label == "ORG" and is_named_employer(run_text(run)) and ends_part(words, end)
        return 0.0 if named else settings.inside_title
    if joint == "(" and (last, label) == ("PERSON", "POST"):
        before_it = words[start - 2]
        if before_it.has("INITIALS") and len(before_it.text) == _UNIT_LETTERS:
            return settings.initials  # "AKB (Matron)"
    if joint:
        inside = joint == "of" or _inside(words, start, run, last, joint, label)
        cost = settings.inside_title if joint in {"/", "and"} else settings.torn
        return cost if inside else 0.0
    if not last or parted or words[start].gap >= settings.spaced_break:
        return 0.0
    if words[start].gap:
        rest = wrapped(words, start, run, last, label, since)
        if not rest:
            return 0.0
        full = words[start].gap < settings.early_break and (last, label) == ("ORG", "POST")
        if label == last == "PERSON" and wants_surname(words[since:start]):
            return settings.inside_title  # "Dr Mohammed" over "Iqbal Chaudhry"
        if (last, label) == ("ORG", "POST") and not acts(run_text(words[since:start])):
            return settings.inside_title
        return settings.body_over_post if full else settings.torn
    return beside(words, start, run, last, label, settings, since)


def _is_opening(title: Sequence[Word]) -> bool:
    """A single word that begins titles ("Deputy", "Executive"): what follows belongs to it."""
    word = title[0]
    bare = word.has("post_adjectives", "acting") or word.text.casefold() in BARE_TITLES
    return len(title) == 1 and bare and word.has("CAPITAL")


def _is_topic(run: Sequence[Word]) -> bool:
    """Words in capitals like a project's name: behind a title rather its topic."""
    text = run_text(run)  # "Three Rivers Ambulance" is none
    return is_project(run) and not (is_employer(text) or find(text) or body_type(text))


def _inside(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, joint: str, label: str
) -> bool:
    """Is what stands before the run ("and", a slash, a bracket) inside one title or name?"""
    if joint == "/":
        return _slash_inside(words, start, run, last, label)
    if joint == "and" and last == "ORG" and _one_name(words, start, run):
        return True
    if joint == "and" and label == "ORG" and _half_a_name(words[start - 2], run, last):
        return True
    if joint == "and" and (last, label) == ("POST", "ORG") and _shares_title(run):
        return True
    if joint == "and" and (last, label) == ("ORG", "POST") and _shared_title(words, start):
        return True
    if joint == ",":
        return label == "POST" and last in {"ORG", "UNIT"} and _lists_topics(words, start, run)
    if joint == "(" and _defines(words, start, run):
        return True
    short = joint == "(" and last != "PERSON" and all(word.has("post_short") for word in run)
    unit = label == "UNIT" and not (joint == "(" and last == "PERSON")
    return short or unit or (joint == "and" and last == "UNIT")


def _one_name(words: Sequence[Word], start: int, run: Sequence[Word]) -> bool:
    """Does "and" stand inside the name of a known body ("Department of Health and Social Care")?"""
    firsts = range(max(0, start - _LONG_NAME), start - 1)
    return any(find(run_text([*words[first:start], *run])) for first in firsts)


def _defines(words: Sequence[Word], start: int, run: Sequence[Word]) -> bool:
    """A short form of the words before the bracket ("Risk Management (RM) Lead")?"""
    letters = run[0].text
    if len(run) != 1 or not run[0].has("SHOUTED", "INITIALS") or len(letters) < 2:
        return False
    named = [w.text[0].upper() for w in words[: start - 1] if not w.has("LINK", "MARK")]
    return named[-len(letters) :] == list(letters)


def _shares_title(run: Sequence[Word]) -> bool:
    """A department or topic behind "and" ("Director of Adult Social Care and Housing")."""
    text = run_text(run)
    topics = len(run) > 1 and is_generic_run(run) and not find(text)
    return topics or not acts(text)


def _slash_inside(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, label: str
) -> bool:
    """Does the slash part words of one title ("Policy / Procedures Officer")?

    Not where a person or a body that acts stands before it; short forms without blanks around
    the slash are alternatives ("MARAC/MAPPA Co-ordinator").
    """
    left = back_to_mark(words, start - 2)
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
    left = back_to_mark(words, start - 2)
    first = not any(word.text == "," for word in words[: start - 2])
    linked = any(word.text.casefold() in {"and", "&"} for word in run[1:])
    return first and linked and not acts(run_text(left)) and not run[0].has(*HEADS)


def _half_a_name(left: Word, run: Sequence[Word], last: str) -> bool:
    """Does "and" stand inside a name ("HRI and Kelbrook Hospital", "Lead for DA and VAWG")?"""
    if last == "ORG":
        return _unknown_short(left)
    return last == "POST" and len(run) == 1 and _unknown_short(run[0])


def _shared_title(words: Sequence[Word], start: int) -> bool:
    """Do a kind of body and the words behind "and" share a title ("Health & Justice Manager")?"""
    left = max((at for at in range(start) if words[at].is_separator), default=0)
    return not words[start].has(*HEADS) and not is_employer(text_before(words, left))


def _unknown_short(word: Word) -> bool:
    """A short form that no list knows: half of a name ("HRI and Kelbrook Hospital")."""
    return word.has("SHOUTED") and not find(word.text)
