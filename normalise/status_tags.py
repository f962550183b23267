"""The words of a progress text, each with a tag of what it can tell.

A tag is one letter, so that the tags of a text are a string over which regular expressions run.
The words are in ``data/status.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from actionplan.normalise.vocabulary import load

# Each list of words in the data and its letter. Capitals tell something by themselves. Where two
# lists hold the same entry the first wins.
LETTERS = {
    **{"recurring": "Y", "frequent": "z"},
    **{"have": "h", "had": "l", "is": "i", "was": "w", "been": "n", "being": "g", "be": "e"},
    **{"will": "m", "may": "d", "to": "t", "not": "x", "yet": "y", "adverb": "v", "fixer": "a"},
    **{"of": "f", "out_of": "o", "preposition": "p", "pronoun": "s", "and": "u", "but": "b"},
    **{"supposing": "c", "wish": "Q", "declined": "J", "relative": "r", "none": "0", "since": "k"},
    **{"advice": "U", "more": "W", "needed": "E"},
    **{"elsewhere": "Z", "met": "X", "step": "G", "agenda": "I", "later": "1"},
    **{"neutral": ".", "answer": ".", "practice": "V"},
    **{"state": "C", "finished": "T", "strong": "S", "done": "P", "trial": "R", "request": "A"},
    **{"begun": "B", "moving": "M", "part": "H", "share": "N", "waiting": "O", "planned": "F"},
    **{"ongoing": "K", "continuing": "L", "act": "q"},
}
PLAIN, NUMBER, PERCENT, ACTIVITY, NO_REPORT = ".", "#", "%", "j", "D"
# Letters of words that may name a thing; those that tell a process; those that a noun may have.
_ADJECTIVES, _PROCESS, _NOUNS = "KMOFTBCH", "KBH", {"V", "q", "."}
COMMA, CLAUSE, SENTENCE = ",", ";", "|"
# Fewest letters of a regular participle ("used") and of an "-ing" form ("using").
_SHORTEST_ED = 4
_SHORTEST_ING = 5
# Fewest letters of a word in which a slip is mended; shorter ones are often other words.
_SHORTEST_SLIP = 6
# How many words behind "each" an occasion may stand: "every two months", "each team meeting".
_OCCASION = 3

_TOKEN = re.compile(
    r"(?<![\w(])\(?(?:[a-z]|\d{1,2}|[ivx]{2,4})\)(?=\s|$)|"
    r"\d+(?:[.,/:]\d+)*(?:st|nd|rd|th)?\s?%?|[^\W\d_]+(?:['’][^\W\d_]+)*|&|/"
    r"|[.!?](?=\s|$|[)\"'”’•])|[;:]|\s[-–—]\s|[–—]|[,()]|[•●▪\uf000-\uf0ff]"
)
_STOPS = {**dict.fromkeys(",()", COMMA), **dict.fromkeys(";:–—-", CLAUSE)}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text in words.

    Attributes:
        words: in lower case; a set phrase is one word.
        tags: a letter for each word.
        spans: begin and end of each word in the text.
    """

    words: Sequence[str]
    tags: str
    spans: Sequence[tuple[int, int]]


def tag(text: str) -> Tagged:
    """Return the words of `text` with their tags."""
    found = list(_TOKEN.finditer(text))
    plain = mended([match[0].strip().lower().replace("’", "'") for match in found])
    words: list[str] = []
    tags: list[str] = []
    spans: list[tuple[int, int]] = []
    lexicon = _lexicon()
    at = 0
    while at < len(plain):
        word = plain[at]
        length, letter = (_phrase(plain, at) if word in lexicon else None) or (1, _letter(word))
        pair = plain[at : at + 2] if length == 1 else []
        if _may_name(letter, pair) and (
            _names(tags[-1:], words[-1:])
            or _is_title(found[at : at + 2])
            or (letter == LETTERS["part"] and _opens(tags[-1:], pair))
        ):
            letter = PLAIN
        if letter == LETTERS["may"] and plain[at] == "may" and _is_month(plain, at):
            letter = NUMBER
        words.append(word if length == 1 else " ".join(plain[at : at + length]))
        tags.append(letter)
        spans.append((found[at].start(), found[at + length - 1].end()))
        at += length
    return Tagged(words, "".join(tags), spans)


def _is_month(words: Sequence[str], at: int) -> bool:
    """Tell the month ("in May", "May 2014", "12 May") from the verb."""
    before, behind = words[max(0, at - 1) : at], words[at + 1 : at + 2]
    dated = any(word[0].isdigit() for word in (*before, *behind))
    return dated or any(_is_preposition(word) for word in before) or not behind


def _may_name(letter: str, pair: Sequence[str]) -> bool:
    """May a word of progress name the noun behind it: "outstanding actions"?"""
    if len(pair) < 2 or letter not in _ADJECTIVES or pair[0] not in lists("adjectives"):
        return False
    noun = pair[1]
    verbs = {kind for rest, kind in _lexicon().get(noun, ()) if not rest}
    if verbs - _NOUNS or (not verbs and _letter(noun) != PLAIN):
        return False
    return letter not in _PROCESS or noun not in lists("processes")


def _names(tags: Sequence[str], words: Sequence[str]) -> bool:
    """Do article or preposition, or "the last", stand before it?"""
    return "".join(tags) in ("a", "f", "p") or not lists("ranked").isdisjoint(words)


def _opens(tags: Sequence[str], pair: Sequence[str]) -> bool:
    """Does it begin the sentence and name things: "Incomplete forms will be sent back"?"""
    return "".join(tags) in ("", SENTENCE, CLAUSE) and pair[1].endswith("s")


def _is_title(printed: Sequence[re.Match[str]]) -> bool:
    return printed[0][0][0].isupper() and printed[1][0].istitle()


def mended(words: Sequence[str]) -> list[str]:
    """Return `words` in lower case with slips of the typist in words of progress put right.

    A long word that is not known and differs by one letter from one of them is that one
    ("complted", "progess"); a status is what such cells tell, and names do not stand in it.
    """
    return [_mend(word) for word in words]


@lru_cache(maxsize=4096)
def _mend(word: str) -> str:
    if len(word) < _SHORTEST_SLIP or word in lists("no_slips") or not word.isalpha():
        return word
    near = [right for right in lists("slips") if _is_slip(word, right)]
    return near[0] if len(near) == 1 and word not in lists("slips") else word


def _is_slip(word: str, right: str) -> bool:
    """One letter left out, added, changed, or swapped with the next; first and last are right.

    The last may also be cut off.
    """
    if word[0] != right[0] or abs(len(word) - len(right)) > 1:
        return False
    same = next(
        (at for at, pair in enumerate(zip(word, right, strict=False)) if pair[0] != pair[1]),
        len(right),
    )
    tail, rest = word[same:], right[same:]
    if word == right[:-1] and not word.endswith("e"):
        return True  # cut off: "ongoin", "progres"
    return word[-1] == right[-1] and (
        tail[1:] == rest
        or tail == rest[1:]
        or tail[1:] == rest[1:]
        or (len(rest) > 1 and tail == rest[1] + rest[0] + rest[2:])
    )


def _phrase(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """Number of words and tag of the longest entry that begins at `at`."""
    for rest, letter in _lexicon()[words[at]]:
        length = len(rest) + 1
        if rest and words[at + 1 : at + length] != rest:
            continue
        if letter != LETTERS["recurring"] or _recurs(words, at, length):
            return length, letter
    return None


def _recurs(words: Sequence[str], at: int, length: int) -> bool:
    """Whether "each" or "a month" tells how often, and does not just name one."""
    last = words[at + length - 1]
    if words[at] == "a" and length > 1:
        return at > 0 and not _is_preposition(words[at - 1])
    if last in ("each", "every", "a"):
        behind = words[at + length : at + length + _OCCASION]
        return any(word in lists("occasions") for word in behind)
    return True


@lru_cache(maxsize=4096)
def _letter(word: str) -> str:
    """The tag of a word that has no entry, by its form."""
    if word.endswith(")") and len(word) > 1:
        return CLAUSE
    if not word[0].isalnum():
        return _STOPS.get(word, SENTENCE)
    if word[0].isdigit():
        return PERCENT if word.endswith("%") and word.rstrip("% ") != "100" else NUMBER
    if word in lists("numbers"):
        return NUMBER
    if word in ("percent", "cent"):
        return PERCENT
    if word.endswith("ed") and len(word) >= _SHORTEST_ED:
        return NO_REPORT if word in lists("no_participle") else LETTERS["done"]
    if word.endswith("ing") and len(word) >= _SHORTEST_ING:
        return PLAIN if word in lists("no_activity") else ACTIVITY
    return PLAIN


def _is_preposition(word: str) -> bool:
    return ([], LETTERS["preposition"]) in _lexicon().get(word, ())


@cache
def lists(name: str) -> frozenset[str]:
    """The words of a list of ``data/status.toml`` that has no tag."""
    return frozenset(load("status")["words"][name])


@cache
def _lexicon() -> dict[str, list[tuple[list[str], str]]]:
    """First word -> the words that may follow it in a phrase and its tag, the longest first."""
    entries: dict[str, list[tuple[list[str], str]]] = {}
    for name, letter in LETTERS.items():
        for phrase in load("status")["tags"][name]:
            first, *rest = phrase.split()
            entries.setdefault(first, []).append((rest, letter))
    # "Nearly finished", "substantially delivered": less than the whole.
    for degree in lists("degrees"):
        first, *rest = degree.split()
        for word in (*load("status")["tags"]["finished"], *load("status")["tags"]["strong"]):
            entries.setdefault(first, []).append(([*rest, *word.split()], LETTERS["part"]))
    for group in entries.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return entries
