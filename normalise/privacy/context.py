"""What stands around a name in a text: words that tell of a person, or of a place."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.privacy.lists import listed
from actionplan.normalise.privacy.words import Token, run_end

_NEAR = 5  # words: as far from a name as "sent" and the like belong to it
_POSTS = ("post_heads", "ranks", "post_short")
_JOINS = frozenset({"and", "&", ",", "/", ";", "+"})


def is_told(words: Sequence[Token], start: int, end: int, taken: set[int]) -> bool:
    """Do the words before or behind say that this is a person?"""
    return told_before(words, start, taken) or told_behind(words, end)


def told_before(words: Sequence[Token], start: int, taken: set[int]) -> bool:
    """Do the words before ("by", "spoke to", "Service Manager", another name and "and")?"""
    if not start:
        return False
    last = words[start - 1]
    if last.text in _JOINS or last.low == "and":
        return start - 2 in taken
    if last.text in {"(", "["}:
        return start > 1 and words[start - 2].has(*_POSTS)
    if last.low in listed("weak_before"):
        near = words[max(0, start - _NEAR) : start - 1]
        return any(one.low in listed("sent") for one in near)
    if last.text == ":" and start > 1:
        last = words[start - 2]
    return last.low in listed("before") or (last.has("post_heads") and not last.opens)


def told_behind(words: Sequence[Token], end: int) -> bool:
    """Do the words behind ("confirmed", "to chase", "'s", ", Named Nurse")?"""
    rest = words[end : end + _NEAR]
    if not rest:
        return False
    first = rest[0]
    if is_possessive(words, end):
        return True
    if first.text in {",", "(", "–", "-"}:
        return any(one.has(*_POSTS) and one.text[:1].isupper() for one in rest[1:])
    if first.low == "to":
        return len(rest) > 1 and rest[1].text.isalpha() and rest[1].text.islower()
    return first.low in listed("after") and not first.text[:1].isupper()


def is_possessive(words: Sequence[Token], end: int) -> bool:
    """Does "'s" follow?"""
    if end >= len(words) or words[end].text not in {"'", "’"}:
        return False
    return words[end].start == words[end - 1].end


def is_place(words: Sequence[Token], start: int, end: int) -> bool:
    """Do the words around make the name part of a place's, a body's or a scheme's name?"""
    rest = words[end : run_end(words, end - 1)]
    if any(one.ends_place for one in rest[:3]) and not any(one.has(*_POSTS) for one in rest):
        return True
    if is_possessive(words, end) and end + 2 < len(words):
        behind = words[end + 2]
        if behind.ends_place and behind.text[:1].isupper():
            return True
    before = words[start - 1] if start else None
    return bool(before) and before is not None and before.low in listed("patrons")


def is_beside_place(words: Sequence[Token], start: int, end: int) -> bool:
    """Does "in", "at", "near" stand before, and no "'s" behind?"""
    in_place = start > 0 and words[start - 1].low in listed("place_before")
    return in_place and not is_possessive(words, end)
