"""How well a run of words fits a job title or rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from actionplan.normalise.lead_bodies import is_employer, is_named_employer
from actionplan.normalise.lead_settings import (
    EXPLAINED,
    FRONTS_OF_TITLES,
    HEADS,
    LeadSettings,
    Word,
    dangling,
    has_name_above,
    joined,
    only_adjective,
)
from actionplan.normalise.lead_shape import is_agent, is_plain

_MARKS_IN_POST = {",": 1.2, "(": 0.3, ")": 0.0, "[": 0.3, "]": 0.0, "&": 0.0, "/": 2.5, ":": 4.0}


def post(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A job title or rank: at least one noun of a job title, nothing dangling at the ends."""
    first, last = run[0], run[-1]
    if dangling(first) or dangling(last) or last.text.casefold() in FRONTS_OF_TITLES:
        return None
    agent = not any(word.has(*HEADS) for word in run)
    if (agent and not _ends_as_post(run)) or only_adjective(run):
        return None
    if any(word.has("honorifics") and not word.has("post_heads") for word in run):
        return None  # "Named GP Dr" before a name
    if _employer_in([word.text for word in run]):
        return None
    score = settings.post - (settings.unlisted_post if agent else 0.0)
    depth = 0
    for at, word in enumerate(run):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        score += _word_in_post(word, settings)
        if word.text == "/" and _between_topics(run[at - 1 : at + 2]):
            score += settings.alternative
    score -= settings.name_above * has_name_above(run)
    score -= 2.0 * sum(is_second(a, b) for a, b in pairwise(run))
    score -= 0.4 * sum(_heads_line(a, b) for a, b in pairwise(run[1:]))
    score -= 2.0 * sum(_names_holder(a, b) for a, b in pairwise(run[1:]))
    score -= 2.5 * sum(_rank_below_unit(a, b) for a, b in pairwise(run))
    inside = any(w.text in {"(", "["} for w in run)
    if depth or (inside and _head_in_brackets(run)):
        return None
    return score


def _ends_as_post(run: Sequence[Word]) -> bool:
    """Topics before a word for somebody who does something ("Tenancy Sustainer")?"""
    last = run[-1]
    named = last.has("first_names", "surnames", "topics", "prose") or is_plain(last.text)
    topics = any(word.has("topics") for word in run[:-1]) and not run[-1].gap
    return topics and not named and is_agent(last.text)


def _between_topics(around: Sequence[Word]) -> bool:
    """Does the slash stand between topics or short forms ("Health/Social", "DA / VAWG")?"""
    left, right = around[0], around[-1]
    return all(
        word.has("topics", "SHOUTED", "acting") and not word.has("post_heads", "ranks")
        for word in (left, right)
    )


def is_second(word: Word, following: Word) -> bool:
    """Do the words say "and the"? So begins the second of two leads, hardly the rest of one."""
    return word.text.casefold() in {"and", "&"} and following.text.casefold() == "the"


def _heads_line(word: Word, following: Word) -> bool:
    """Does the line begin with "Head of" or "Director of"? More often so begins a title."""
    head = word.text.casefold() in {"head", "director"}
    return bool(word.gap) and head and following.text.casefold() == "of"


def _names_holder(word: Word, following: Word) -> bool:
    """Does the line begin with "Named Nurse" or "Designated Doctor"? So titles begin."""
    front = word.text.casefold() in FRONTS_OF_TITLES
    return front and word.gap > 0 and following.has("post_heads")


def _rank_below_unit(word: Word, following: Word) -> bool:
    """A rank that begins a line below a unit is another's ("Emergency Department" / "Ch Insp")."""
    return bool(following.gap) and following.has("ranks") and word.has("UNIT_END")


def _head_in_brackets(run: Sequence[Word]) -> bool:
    """Brackets with a job title in them explain the name before; they are no part of a title."""
    depth = 0
    for word in run:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        if depth and word.has("post_heads", "ranks"):
            return True
    return False


def _word_in_post(word: Word, settings: LeadSettings) -> float:
    if word.has("MARK"):
        return -_MARKS_IN_POST.get(word.text, 2.0)
    if word.has(*EXPLAINED):
        return settings.word
    if word.has("first_names"):
        return -2.5
    if word.has("LINK"):
        return 0.1
    if word.has("prose"):
        return -0.8
    return 0.1 if word.text[:1].isupper() or word.has("NUMBER") else -0.1


def _employer_in(run: Sequence[str]) -> bool:
    """Does a body's full name stand in the run; behind "of" or "for", a body's own name?"""
    for start in range(len(run)):
        linked = start > 0 and run[start - 1].casefold() in {"of", "for", "the", "at", "in"}
        is_body = is_named_employer if linked else is_employer
        for end in range(start + 1, min(len(run), start + 8) + 1):
            if end - start < len(run) and is_body(joined(run[start:end])):
                return True
    return False
