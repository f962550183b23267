"""Names told by their own form: form of address, rank, given name and surname, initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_shape import is_place as of_bodies
from actionplan.normalise.lead_shape import is_science
from actionplan.normalise.lead_words import words as list_words
from actionplan.normalise.privacy.context import is_beside_place, is_place, is_told, told_behind
from actionplan.normalise.privacy.lists import listed
from actionplan.normalise.privacy.words import Token

_LONGEST = 5  # words of the longest name
_CHAIN = 7  # words back to the title of several people
_OPENING, _CLOSING = frozenset("(‘“\"'"), frozenset(")’”\"'")
_NO_INITIALS = frozenset({"A", "I"})


class Mention(NamedTuple):
    """Somebody's name in a list of words.

    Attributes:
        first, last: places of its first word and of the word behind it.
        names: places of the words that are the name.
        subject: a made-up name, or a given name alone.
        whole: may the name be noted for the rest of the document?
    """

    first: int
    last: int
    names: tuple[int, ...]
    subject: bool = False
    whole: bool = False


Rule = Callable[[Sequence[Token], int, set[int]], Mention | None]


def mention(words: Sequence[Token], first: int, start: int, last: int, **more: bool) -> Mention:
    """Return a mention whose name stands from `start` on."""
    names = tuple(at for at in range(start, last) if words[at].text[0].isalpha())
    return Mention(first, last, names, **more)


def surname_end(words: Sequence[Token], at: int, *, strict: bool) -> int | None:
    """Where the name goes on to its end, behind a given name or initials; null if it does not."""
    at = _skip_nickname(words, at)
    start = at
    while at < len(words) and at - start < _LONGEST and _is_middle(words, at):
        at += 1
    if at >= len(words) or not words[at].blank or not words[at].surname(strict=strict):
        return None
    if _is_date(words, at):
        return None
    at += 1
    if at < len(words) and words[at].blank and words[at].unlisted and not words[at].ends_place:
        return at + (words[at].surname(strict=True) and words[at].low not in listed("calendar"))
    return at


def _is_date(words: Sequence[Token], at: int) -> bool:
    """A day, month or season, and no surname ("Winter", but not "Winter 2014")?"""
    if words[at].low not in listed("calendar"):
        return False
    number = at + 1 < len(words) and words[at + 1].has("NUMBER")
    return number or not words[at].has("surnames")


def _is_middle(words: Sequence[Token], at: int) -> bool:
    """An initial, a second given name or a particle, with more of the name behind it?"""
    one = words[at]
    if not one.blank or at + 1 >= len(words) or not words[at + 1].blank:
        return False
    if one.has("PARTICLE") or one.initial:
        return words[at + 1].capital or words[at + 1].has("PARTICLE") or words[at + 1].initial
    return one.given and not one.doubtful and words[at + 1].surname(strict=True)


def _skip_nickname(words: Sequence[Token], at: int) -> int:
    inside = words[at : at + 3]
    if len(inside) < 3 or inside[0].text not in _OPENING or inside[2].text not in _CLOSING:
        return at
    return at + 3 if inside[1].given else at


def titled(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A form of address and a name ("Dr Vaughan", "Mr and Mrs Calloway", "Mr S")."""
    title = words[at]
    if not (title.has("honorifics") or is_plural_title(title)) or not title.text[0].isupper():
        return None
    start = _behind_stop(words, at + 1)
    joined = start + 1 < len(words) and words[start].low in {"and", "&"}
    if joined and words[start + 1].has("honorifics"):
        start = _behind_stop(words, start + 2)
    if start >= len(words):
        return None
    weak = title.low.rstrip(".") in listed("weak_forms")
    last = _name_behind(words, start, weak=weak)
    if last is None or is_place(words, start, last):
        return None
    letter = last == start + 1 and len(words[start].text.rstrip(".")) == 1
    plain = title.low.rstrip(".") in listed("plain_forms")
    return mention(words, at if plain else start, start, last, subject=letter)


def is_plural_title(word: Token) -> bool:
    """A form of address for several people ("Cllrs")?"""
    return word.low in listed("plural_forms")


def chained(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """One more surname behind titles of several people ("DCs Monk and Harries")."""
    if at < 3 or words[at - 1].low not in {"and", "&", ","} or at - 2 not in taken:
        return None
    before = [one for one in words[max(0, at - _CHAIN) : at] if one.text[0].isupper()]
    several = any(
        is_plural_title(one) or (one.has("ranks") and one.text[-1] == "s") for one in before
    )
    if not several or not words[at].surname() or not words[at].blank:
        return None
    return mention(words, at, at, at + 1)


def _behind_stop(words: Sequence[Token], at: int) -> int:
    """The place behind a full stop that belongs to a short form ("Dr.")."""
    stop = at < len(words) and words[at].text == "." and words[at].start == words[at - 1].end
    return at + 1 if stop else at


def _name_behind(words: Sequence[Token], start: int, *, weak: bool) -> int | None:
    """Where the name behind a form of address or a rank ends."""
    first = words[start]
    if first.initial or first.has("INITIALS"):
        end = surname_end(words, start + 1, strict=False)
        return end or (start + 1 if first.initial and not weak else None)
    if first.has("PARTICLE"):
        return surname_end(words, start, strict=False) if first.blank else None
    if first.unlisted or first.given:
        end = surname_end(words, start + 1, strict=True) or _letter_end(words, start + 1)
        if end:
            return end
    if not first.surname() and not (first.capital and not weak):
        return None
    explained = first.explained and not first.has("surnames", "first_names")
    return None if explained or (weak and first.explained) else start + 1


def _letter_end(words: Sequence[Token], at: int) -> int | None:
    """Where a surname of one letter ends ("Mr Tobias L")."""
    letter = at < len(words) and words[at].blank and words[at].initial
    return at + 1 if letter and len(words[at].text) == 1 else None


def ranked(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A rank and a name ("DI Thorne", "Chief Inspector Mallory Beck"); the rank stays."""
    calling = words[at].low in listed("callings")
    if not (calling or words[at].has("ranks")) or not words[at].text[0].isupper():
        return None
    start = _behind_stop(words, at + 1)
    start += start < len(words) and words[start].has("NUMBER")  # a collar number
    if start >= len(words) or words[start].has("ranks") or not _follows(words, start):
        return None
    first = words[start]
    if (first.ends_place and not first.has("surnames")) or first.low in listed("calendar"):
        return None
    last = _name_behind(words, start, weak=True)
    if last is None or is_place(words, start, last):
        return None
    if calling and not words[last - 1].surname(strict=True):
        return None
    if last < len(words) and words[last].blank and words[last].has("ranks"):
        return None  # "Det Ch Insp"
    return mention(words, start, start, last, whole=last - start > 1)


def _follows(words: Sequence[Token], at: int) -> bool:
    return words[at].blank or words[at - 1].text == "."


def full(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A listed given name and a surname ("Helen Tarrant", "Stephen (Steve) Marsh")."""
    given = words[at]
    if not given.given or (given.has("PARTICLE") and given.text.islower()):
        return None
    doubtful = given.doubtful or given.has("SHOUTED")
    end = surname_end(words, at + 1, strict=doubtful)
    if end is None and given.doubtful:
        end = surname_end(words, at + 1, strict=False)
        if end is None or not is_told(words, at, end, taken) or words[end - 1].explained:
            return None
    if end is None or is_place(words, at, end):
        return None
    surname = words[end - 1]
    told = is_told(words, at, end, taken)
    unsure = surname.ends_place or given.low in listed("calendar") or _in_capitals(words, at, end)
    if not told and (unsure or is_beside_place(words, at, end)):
        return None
    if find(" ".join(word.text for word in words[at:end])):
        return None
    return mention(words, at, at, end, whole=True)


def _in_capitals(words: Sequence[Token], start: int, end: int) -> bool:
    """Is all in capitals, and the given name a plain word, too ("MARK ALL REFERRALS")?"""
    return words[start].has("SHOUTED") and words[start].doubtful


def initialled(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """Initials and a surname ("J. Hartle", "A M Petty", "R. D. Castellane")."""
    first = words[at]
    if not first.initial or _is_label(words, at):
        return None
    start, at = at, at + 1
    while at < len(words) and words[at].initial and words[at].blank:
        at += 1
    bare = at - start == 1 and first.has("INITIAL") and "." not in first.text
    if at >= len(words) or words[at].explained or words[at].ends_place:
        return None
    if find("".join(word.text for word in words[start:at]).replace(".", "")):
        return None  # "H.M.P."
    end = surname_end(words, at, strict=True)
    if end is None or is_place(words, start, end):
        return None
    if bare and first.text in _NO_INITIALS and not told_behind(words, end):
        return None
    return mention(words, start, start, end, whole=True)


def _is_label(words: Sequence[Token], at: int) -> bool:
    """Is the letter a number ("Appendix B"), or somebody's letter ("Adult B")?"""
    if not at:
        return False
    before = words[at - 1]
    near = words[at].blank and (before.low in listed("labels") or before.text in listed("letters"))
    return near or (before.text in {"&", "-", "'", "’"} and not words[at].blank)


def unlisted(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """Two or three words in capitals that no list explains, and a person by what stands around."""
    first = words[at]
    if not first.unlisted or first.has("SHOUTED") or first.ends_place or first.doubtful:
        return None
    end = None if _goes_with(words, at, taken) else surname_end(words, at + 1, strict=True)
    if end is None or words[end - 1].ends_place or is_place(words, at, end):
        return None
    if is_beside_place(words, at, end) or not is_told(words, at, end, taken):
        return None
    if first.low in listed("labels") or any(is_science(word.text) for word in words[at:end]):
        return None  # "Hepatitis B Testing"
    if _is_town(words[at:end]) or find(" ".join(word.text for word in words[at:end])):
        return None
    return mention(words, at, at, end, whole=True)


def _goes_with(words: Sequence[Token], at: int, taken: set[int]) -> bool:
    """Is it the end of a longer name, or beside one that is nobody's ("Stoke Bardolph and ...")?"""
    before = words[at - 1] if at else None
    if before is None:
        return False
    if words[at].blank and before.capital and not before.explained and not before.opens:
        return True
    joined = at > 1 and before.low in {"and", "&"}
    return joined and words[at - 2].capital and at - 2 not in taken


def _is_town(name: Sequence[Token]) -> bool:
    """Are all its words names of towns?"""
    towns = list_words("places")
    return all(one.low in towns for one in name) or of_bodies(name[0].text, name[-1].text)
