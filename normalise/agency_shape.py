"""Does a phrase look like the name of a body, and of what type? No knowledge of single bodies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.lead_words import entries, phrases
from actionplan.normalise.lead_words import words as topic_words

_SHORT = re.compile(r"\s*\(([A-Z][\w&/-]{1,9})\)\s*$")
_WORD = re.compile(r"[^\s,]+")
_OF_MANY = re.compile(r"(?<=\w)s['’]$")  # "the designated leads' network"
HEALTH = frozenset({"nhs_trust", "nhs_commissioner", "gp_practice"})
"""Types of bodies of the health service."""
_NO_START = frozenset({"of", "for", "and", "in", "on", "with", "at", "by", "from", "to", "or"})
_FRONTS_OF_POSTS = frozenset({"named", "designated"})
_ADDRESS = frozenset({"mr", "mrs", "ms", "miss"})
_BEHIND = re.compile(r"(?<=\w)\s*\([^()]*\)\s*$")
_IN_TITLES = frozenset(
    {"from", "without", "after", "against", "through", "our", "your", "not", "or"}
)
_LONGEST_TITLE = 8
"""Words of the longest name that nothing but its capitals shows to be one."""
_LEGAL = frozenset({"ltd", "limited", "plc", "llp"})
_LONGEST_SHORT = 7
_PLACED = frozenset({"in", "within", "of", "for", "across", "from", "at", "on"})
LONGEST = 14
"""Words of the longest name taken for a body; longer texts are sentences."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Vocabulary of ``data/agency_patterns.toml``, casefolded; heads, fronts by key."""

    heads: dict[str, str]
    fronts: dict[str, str]
    alone: frozenset[str]
    ends: frozenset[str]
    tails: frozenset[str]
    inside: frozenset[str]
    action: frozenset[str]
    posts: frozenset[str]
    called: dict[str, list[str]]
    endings: tuple[tuple[str, str], ...]
    placeless: frozenset[str]
    labels: frozenset[str]
    roles: frozenset[str]
    joining: frozenset[str]
    welsh: tuple[str, ...]
    cues: dict[str, str]
    of_people: frozenset[str]
    nobody: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Load the vocabulary once."""
    data = files("actionplan.normalise").joinpath("data")
    raw = tomllib.loads(data.joinpath("agency_patterns.toml").read_text("utf-8"))
    heads: dict[str, str] = {}
    for group in raw["head"]:
        for words in group["words"]:
            heads.setdefault(name_key(words), group["type"])
    posts = (*phrases("post_heads"), *phrases("ranks"))
    single = {post.casefold() for post in posts if " " not in post}
    single |= {post.casefold() for post in phrases("post_short") if not find(post)}
    return Patterns(
        heads=heads,
        fronts={
            name_key(front): group["type"] for group in raw["front"] for front in group["words"]
        },
        alone=frozenset(map(name_key, raw["alone"]["words"])),
        ends=frozenset(raw["ends"]["words"]),
        tails=frozenset(raw["tails"]["words"]),
        inside=frozenset(raw["inside"]["words"]),
        action=frozenset(raw["action"]["words"]),
        posts=frozenset(single | {f"{p}s" for p in single}) - frozenset(heads),
        called=raw["called"],
        endings=tuple((end, kind) for kind, ends in raw["endings"].items() for end in ends),
        placeless=frozenset(raw["placeless"]["words"]),
        labels=frozenset(raw["beside"]["labels"]),
        roles=frozenset(raw["beside"]["roles"]),
        joining=frozenset(raw["beside"]["joining"]),
        welsh=tuple(raw["beside"]["welsh"]),
        cues={word: kind for kind, cues in raw["cues"].items() for word in cues},
        of_people=frozenset(raw["of_people"]["words"]),
        nobody=re.compile("|".join(f"(?:{form})" for form in raw["nobody"]["forms"]), re.I),
    )


def short_type(text: str) -> str | None:
    """The type that the letters of an unexplained short form tell: ``"SFT"`` is an NHS trust."""
    bare = text.replace(".", "").strip()
    if not bare.isalpha() or not bare.isupper() or len(bare) > _LONGEST_SHORT:
        return None
    fitting = [(len(end), kind) for end, kind in patterns().endings if bare.endswith(end)]
    return max(fitting)[1] if fitting and max(fitting)[0] < len(bare) else None


def split_short_form(text: str) -> tuple[str, str | None]:
    """``"Safeguarding Adults Board (SAB)"`` to its long and its short form."""
    found = _SHORT.search(text)
    return (text[: found.start()].strip(), found.group(1)) if found else (text.strip(), None)


@lru_cache(maxsize=1 << 14)
def body_type(text: str) -> str | None:
    """The type of the body that `text` as a whole names by its shape, or None.

    ``"West Harrow Police"`` is ``police``; ``"Police to review policy"`` is nothing.
    """
    words = _WORD.findall(without_bracket(text).strip(" .:;–—-"))
    if not words or len(words) > LONGEST:
        return None
    front = _front_type(words)
    if front == "national" and _may_be_name(words, people=True):
        return front
    if not _may_be_name(words, people=words[-1].casefold() in patterns().of_people):
        return None
    if len(words) > 1 and words[-1].casefold().strip(".") in _LEGAL:
        return body_type(" ".join(words[:-1])) or "other"
    found = _longest_head(words) or front or _bracketed_type(text)
    is_post = found == "gp_practice" and words[0].casefold() in _FRONTS_OF_POSTS  # "Named GP"
    return None if is_post else found


def _bracketed_type(text: str) -> str | None:
    """The type that a short form in brackets tells of a name of its own ("Harbour Rise (RSL)")."""
    name, short = split_short_form(text)
    types = {body.type for body in find(short) if body.general} if short and " " in name else set()
    return types.pop() if len(types) == 1 else None


def _longest_head(words: Sequence[str]) -> str | None:
    """The type that the last words tell, a place or purpose behind them left out."""
    weak: str | None = None
    for end in range(_end_of_name(words), 0, -1):
        if end < len(words) and words[end].casefold() not in patterns().tails:
            continue
        found = _head_type(words[:end])
        if found and _tail_fits(words[end:]):
            if found != "council_department" or end < len(words):
                return found
            weak = found  # "College of Further Education" is a college
    return weak


def likely_type(text: str) -> str | None:
    """The type that any word of an agency's name suggests, where its shape tells none.

    A name of plain words ("Stepping Stones", "Freedom from Harm") is a voluntary body's.
    """
    named = [name_key(word) for word in _WORD.findall(text)]
    found = next((patterns().cues[word] for word in named if word in patterns().cues), None)
    plain = len(named) > 1 and any(word in topic_words("plain_words") for word in named)
    return found or ("charity" if plain else None)


def _end_of_name(words: Sequence[str]) -> int:
    """Where a name ends before the place where it is ("All GP surgeries / in the borough")."""
    if words[-1].islower():
        for at in range(len(words) - 2, 0, -1):
            if words[at] in _PLACED:
                return at
    return len(words)


def _front_type(words: Sequence[str]) -> str | None:
    """The type that the first words tell, before a proper name ("HMP Kelmouth")."""
    for end in range(min(3, len(words) - 1), 0, -1):
        found = patterns().fronts.get(name_key(" ".join(words[:end])))
        joined = {"and", "&", "with", "plus", "+"} & set(words[end:])
        if found and _proper(words[end]) and not (joined and found == "prison"):
            return found
    return None


def looks_like_name(text: str) -> bool:
    """Short, in capitals as names are, not an order: may name a body that nobody knows."""
    words = _WORD.findall(without_bracket(text).strip(" .:;–—-"))
    named = [word for word in words if word not in _IN_TITLES]
    short = bool(named) and len(words) <= _LONGEST_TITLE
    return short and _proper(words[0]) and _may_be_name(named)


def may_be_misspelt(text: str) -> bool:
    """May `text` be a body's name with a slip of typing in it, or in another order? No sentence."""
    words = text.split()
    if not words or len(words) > LONGEST or words[0].casefold() in patterns().action:
        return False
    return sum(word[0].islower() and word not in patterns().inside for word in words) <= 1


def without_bracket(text: str) -> str:
    """A name without what stands in brackets behind it."""
    return _BEHIND.sub("", text).strip() or text.strip()


def _proper(word: str) -> bool:
    bare = word.lstrip("(‘'\"“[")
    return bare[:1].isupper() or (bare[:1].isdigit() and any(c.isalpha() for c in bare))


def _may_be_name(words: Sequence[str], *, people: bool = False) -> bool:
    """Are the words those of a name? `people`: job titles in the plural may be among them."""
    vocabulary = patterns()
    first = words[0].casefold().strip(":")
    if first in vocabulary.action or first.rstrip(".") in _NO_START | _ADDRESS:
        return False
    for word in words:
        bare = word.casefold().strip("()[].,’'\"“”‘").replace("’", "'")
        if _OF_MANY.search(word) and word is not words[-1]:
            continue
        if bare in vocabulary.posts and not (people and bare.endswith("s")):
            return False
        if not (_proper(word) or bare in vocabulary.inside or name_key(bare) in vocabulary.heads):
            return word in {"&", "/", "-", "–"}
    return True


def _head_type(words: Sequence[str]) -> str | None:
    vocabulary = patterns()
    for start in range(max(0, len(words) - 5), len(words)):
        key = name_key(" ".join(words[start:]))
        found = vocabulary.heads.get(key)
        if found and (start > 0 or " " in key or key in vocabulary.alone):
            return found
    # A place before a short form of a kind of body ("Harrowmere DAAT").
    place = not all(word.casefold() in topic_words("topics") for word in words[:-1])
    short = words[-1].isupper() and words[-1] not in entries("post_short")
    kinds = find(words[-1]) if place and short and len(words) > 1 else ()
    return kinds[0].type if len(kinds) == 1 else None


def _tail_fits(tail: Sequence[str]) -> bool:
    if not tail:
        return True
    last = tail[-1].casefold()
    return len(tail) > 1 and (_proper(tail[-1]) or name_key(last) in patterns().heads)
