"""People whose given name no list holds: told by the form of the name.

A name may be two or three words in capitals, each a word that no list explains: no word of job
titles, departments, bodies or sentences, and no plain English word such as begins the names of
projects and places ("White Ribbon", "Bright Futures").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from actionplan.normalise.agency_gazetteer import bodies, find, name_key
from actionplan.normalise.agency_shape import patterns
from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.lead_words import words

LEAST_SHOUTED = 4
"""Letters of the shortest word in capitals that may be a name; shorter ones are short forms."""
_FORMED = frozenset({"CAPITAL", "SHOUTED", "INITIAL", "INITIALS"})
# A short form of a unit that nobody can pronounce ("PVPU"): no surname in capitals.
VOICELESS = re.compile(r"(?=.{4,6}$)[B-DF-HJ-NP-TV-XZ]{3,}U?")
POSSESSIVE = re.compile(r"(?<=[^\W\d_])(?:['’]s|(?<=s)['’])$")
_NOUN_END = re.compile(r"(?:ings?|[ts]ions?|ments?|ness|ships?|[^s']s)$")
_NO_NAME_END = re.compile(r"(?:[ts]ion|ment|ness|ship|ism|ics|ical|ful|less|able|[^aeiou]'s)$")
# Words of science, medicine above all; no list can hold them.
_SCIENCE_END = re.compile(r"(?:olog(?:y|ical)|iatr(?:y|ics?)|osis|itis|aemia|therapy|graphy)$")
_AGENT_END = re.compile(
    r"(?:[bcdfghklmnprstvz]er|[st]or|ist|ician|ologist|keeper|worker|man|woman)s?$"
)
_PLACE_END = re.compile(
    r"(?:borough|bury|chester|haven|marsh|mere|minster|mouth|shire|stead|wich)$"
)


@lru_cache(maxsize=20_000)
def may_begin(text: str) -> bool:
    """May the word be a given name that no list holds?"""
    return _unexplained(text) and not is_plain(text)


@lru_cache(maxsize=20_000)
def may_end(text: str) -> bool:
    """May the word be a surname behind such a name? Any unexplained word but plain nouns."""
    return _unexplained(text, "first_names", "surnames") and not is_plain_noun(text)


@lru_cache(maxsize=20_000)
def is_plain(text: str) -> bool:
    """A plain English word, or one that ends names of bodies: no given name."""
    word = text.casefold().rstrip(".").replace("’", "'")
    listed = word in words("plain_words") or name_key(word) in patterns().ends
    return listed or bool(_NO_NAME_END.search(word))


def is_plain_noun(text: str) -> bool:
    """A plain word that is no surname either: a plural, "-ing", "-tion" ("Futures")."""
    return is_plain(text) and bool(_NOUN_END.search(text.casefold()))


def is_science(text: str) -> bool:
    """A word of science by its ending ("Hepatitis", "Oncopsychology"): in no name of a person."""
    return bool(_SCIENCE_END.search(text.casefold()))


def is_agent(text: str) -> bool:
    """A word for somebody who does something, by its ending ("Sustainer", "Phoniatrician")."""
    return bool(_AGENT_END.search(text.casefold()))


def is_place(given: str, surname: str) -> bool:
    """Are both words of bodies' names, or does the first end as names of places do?

    ("Tower Hamlets", "Kelmouth Eastside"): beside a job title, with no mark between, a place.
    """
    known = _words_of_bodies()
    ends_so = bool(_PLACE_END.search(given.casefold()))
    return ends_so or (name_key(given) in known and name_key(surname) in known)


def _unexplained(text: str, *besides: str) -> bool:
    labels = set(word_labels(text))
    shouted = "SHOUTED" in labels and len(text) >= LEAST_SHOUTED and not find(text)
    return (shouted or "CAPITAL" in labels) and labels <= _FORMED.union(besides)


@cache
def _words_of_bodies() -> frozenset[str]:
    files = ("kinds", "police", "national", "charities")  # names of all towns are surnames too
    names = (name for body in bodies(*files) for name in (body.name, *body.aliases))
    return frozenset(word for name in names for word in name_key(name).split())
