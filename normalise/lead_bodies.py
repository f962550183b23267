"""How well a run of words fits a body, a team or a department."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_shape import body_type
from actionplan.normalise.lead_settings import (
    APART,
    EXPLAINED,
    FRONTS_OF_TITLES,
    HEADS,
    LeadSettings,
    Word,
    dangling,
    has_name_above,
    only_adjective,
    run_text,
)
from actionplan.normalise.lead_shape import POSSESSIVE, is_plain, is_plain_noun, may_begin
from actionplan.normalise.lead_words import entries, words

_NO_EMPLOYER = frozenset({"service", "team", "board", "practice", "surgery", "centre"})
_CLOSING = (",", "/", ";", ":", "–", "—", "-", "(", "&")
_EMPLOYERS = frozenset(
    {
        "police", "nhs_trust", "nhs_commissioner", "gp_practice", "council", "probation", "prison",
        "housing", "education", "fire",
    }
)  # fmt: skip
"""Types of body that a post behind which they are printed is a post with."""
_SERVICES = frozenset({"fire", "police", "nhs_trust", "probation"})
"""Types of body that may end in "Service" and employ people ("Kelmouth Ambulance Service")."""
_FORCES = frozenset({"police", "probation", "prison", "council"})
_TOPICAL = frozenset({"council_department", "other", "group", None})
"""Types of body that are topics of titles as often."""


@lru_cache(maxsize=20_000)
def is_employer(text: str) -> bool:
    """A body by its full name, or a kind of body that posts are printed behind ("CCG")."""
    known = find(text)
    if known:
        return any(body.employer for body in known)
    names = text.split()
    if any(name.casefold() in FRONTS_OF_TITLES or name in entries("post_short") for name in names):
        return False  # "GP for Adults", "Hartle Named GP"
    shape = body_type(text)
    return (
        (shape in _EMPLOYERS or (shape == "charity" and names[-1] == "Trust"))
        and len(names) > 1
        and (shape in _SERVICES or names[-1].casefold().rstrip("s") not in _NO_EMPLOYER)
        and names[0][0].isupper()
        and not is_generic(names)
        and not (shape == "police" and is_plain(names[0]))  # "Armed Forces"
    )


@lru_cache(maxsize=20_000)
def is_named_employer(text: str) -> bool:
    """An employer with a name of its own ("Kelmouth Hospitals NHS Trust", not "the Trust")."""
    return " " in text and is_employer(text) and not are_topics(text)


@lru_cache(maxsize=20_000)
def acts(text: str) -> bool:
    """A body that does things itself, no department or topic of one ("Police", not "Housing")."""
    known = find(text)
    if known:
        kinds = [body for body in known if body.type not in _TOPICAL and not body.unit]
        if " " in text and are_topics(text):  # "Primary Care", but not "Probation Service"
            kinds = [k for k in kinds if k.employer or not k.general or k.type in _FORCES]
        return bool(kinds)
    if are_topics(text):
        return False
    return is_employer(text) or body_type(text) in {"partnership", "charity"}


def are_topics(text: str) -> bool:
    """Topics or a department, no body that acts ("Performance & Partnerships" behind a title)."""
    names = text.split()
    acting = names[-1].casefold() in words("acting_ends") and not names[-1].endswith("ships")
    return is_generic([*names, ""]) and not acting


def is_generic(names: Sequence[str]) -> bool:
    """Only words of departments, no place or proper name ("Acute Trust")."""
    return all(
        word.casefold().replace("’", "'") in words("topics") or word in {"&", "and", "of"}
        for word in names[:-1]
    )


def organisation(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A body: one that is known, or a name that ends as names of bodies do."""
    if run[0].text == "The" and len(run) > 1:
        rest = organisation(run[1:], settings)
        plain = len(run) == 2 and run[1].has("CAPITAL") and not run[1].has(*EXPLAINED)
        return settings.project if rest is None and plain else rest
    if dangling(run[0]) or run[-1].has("LINK", "UNIT_END") or len(run) > 12:
        return None
    if not run[0].text[0].isupper():
        return None
    text = run_text(run)
    ranked = any(word.has("ranks") for word in run)
    if ranked and not (_place_and_short(run) or (len(run) > 2 and find(run_text(run)))):
        return None
    said = {word.text.casefold() for word in run[1:]}
    if said & {"at", *FRONTS_OF_TITLES} and not find(text):
        return None
    if any(a.has("post_heads", "post_short") and b.has("LINK") for a, b in pairwise(run)):
        return None  # "Named GP for NHS Kelmouth ICB"
    if text.endswith(_CLOSING) or text.count("(") != text.count(")"):
        return None
    known = find(text)
    if known:
        whole = len(run) > 1 or any(body.employer for body in known)
        return (settings.known_body if whole else settings.kind) + settings.word * len(run)
    if any(word.text in APART for word in run) or _named_person(run):
        return None
    if len(run) > 1 and body_type(text):
        names = sum(1 for word in run[:-1] if word.has("first_names") and not word.has("topics"))
        unlike = 1.5 * names + settings.name_above * has_name_above(run)
        return settings.shaped_body + settings.word * len(run) - unlike
    if len(run) == 1 and run[0].has("SHOUTED") and len(text) > 2 and not run[0].has(*HEADS):
        return 0.8
    return settings.project if is_project(run) or _owner(run) else None


def _owner(run: Sequence[Word]) -> bool:
    """Words in capitals that own what follows ("Harbour Step's" before a title)."""
    capitals = all(word.has("CAPITAL") and not word.has(*HEADS) for word in run)
    named = run[0].has("first_names", "honorifics")
    return 1 < len(run) <= 4 and capitals and not named and bool(POSSESSIVE.search(run[-1].text))


def _place_and_short(run: Sequence[Word]) -> bool:
    """A place before a short form that is a rank elsewhere ("Fallowmere CC")?"""
    place, short = run[:-1], run[-1]
    capitals = all(word.has("CAPITAL") and not word.has("first_names", *HEADS) for word in place)
    return (
        bool(place) and capitals and short.has("SHOUTED") and body_type(run_text(run)) is not None
    )


def _named_person(run: Sequence[Word]) -> bool:
    """Does the run begin with a form of address and a given name ("Dr Helen Court")?"""
    if len(run) < 2 or not run[0].has("honorifics"):
        return False
    return run[1].has("first_names", "INITIAL") or may_begin(run[1].text)


def is_project(run: Sequence[Word]) -> bool:
    """Words in capitals that begin with a plain English word, or end with a plain noun."""
    return (
        1 < len(run) <= 4
        and all(word.has("CAPITAL") and not word.has(*HEADS) for word in run)
        and not run[0].has("first_names")
        and (is_plain(run[0].text) or is_plain_noun(run[-1].text) or is_plain(run[-1].text))
    )


def _without_place(run: Sequence[Word]) -> Sequence[Word]:
    """A team without its place ("Neighbourhood Team, Kelmouth")."""
    commas = [at for at, word in enumerate(run) if word.text == ","]
    if len(commas) != 1 or not run[commas[0] - 1].has("UNIT_END"):
        return run
    place = run[commas[0] + 1 :]
    strange = all(w.has("CAPITAL") and not w.has("first_names", *EXPLAINED) for w in place)
    return run[: commas[0]] if strange and len(place) <= 2 else run


def unit(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A team, ward or department, or words of one; no head of a job title in it."""
    if (
        len(run) > 8
        or dangling(run[0])
        or run[-1].has("LINK", "MARK")
        or not run[0].text[0].isalnum()
    ):
        return None
    if any(word.has("ranks", "MARK") and word.text not in {"&", ","} for word in run):
        return None
    run = _without_place(run)
    ends = (len(run) > 1 and run[-1].has("UNIT_END")) or (
        len(run) == 2 and run[0].has("UNIT_END") and run[1].has("NUMBER")
    )
    known = sum(1 for word in run if word.has("topics", "LINK") or word.text in {"&", ","})
    if ends:
        return settings.unit + settings.word * known * 0.8 - 0.3 * (len(run) - known)
    strange = len(run) - known
    if strange > (len(run) > 1) or any(
        word.has("post_heads", "first_names") for word in run[only_adjective(run) :]
    ):
        return None
    if strange and not all(word.text[0].isupper() for word in run if not word.has("LINK")):
        return None
    return settings.topic * (1.0 if len(run) > 1 else 0.4) + 0.8 * settings.word * known - strange
