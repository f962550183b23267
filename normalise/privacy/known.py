"""Who is known in a document: names of leads and of people in its texts, and who is who."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from actionplan.normalise.lead_tokens import word_labels
from actionplan.normalise.privacy.lists import shortened
from actionplan.normalise.privacy.words import tokens
from actionplan.schemas.plan import Lead

Words = tuple[str, ...]
_NICKNAME = re.compile(r"\s[(‘“\"'][^)’”\"']+[)’”\"'](?=\s)")
_SHORT = re.compile(r"\(\s*([A-Z]{2,4})\s*\)")
_BETWEEN = re.compile(r"\s+(?:and|&)\s+|\s*[,/]\s*")
_PREFIX = 3  # letters of the shortest short form
LETTERS = 2  # of a subject who is called by letters
_STROKES = str.maketrans("łøıđß", "loids")


class Identity(NamedTuple):
    """Who somebody is, as far as a document tells.

    Attributes:
        words: the fullest name that the document has, folded.
        subject: a made-up name, or a given name alone; another document may mean another person.
    """

    words: Words
    subject: bool = False


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """A word of a name without case, accents and full stops."""
    if word.isalpha() and word.isascii():
        return word.lower()
    plain = normalize("NFKD", word.casefold().translate(_STROKES).replace("’", "'"))
    return "".join(letter for letter in plain if not combining(letter)).replace(".", "")


def name_words(name: str) -> Words:
    """The words of a name as printed: given name first, without forms of address and honours."""
    surname, comma, given = _NICKNAME.sub(" ", f"{name} ").strip().partition(",")
    if comma and not {"honours"} & set(word_labels(given.strip().split(" ")[0])):
        name = f"{given} {surname}"
    else:
        name = _NICKNAME.sub(" ", f"{surname} ")
    found = [one for one in tokens(name) if one.text[:1].isalpha()]
    left = [one for one in found if not one.has("honorifics", "honours")] or found
    initials = [one.text if not one.has("DOTTED") else one.text.replace(".", " ") for one in left]
    return tuple(word for text in initials for word in text.split())


def _subjects(names: str) -> list[Words]:
    """The made-up names ("Ilse and Conrad"); to a letter the word before belongs ("Mr S")."""
    parts = (name_words(name) for name in _BETWEEN.split(names))
    whole = tuple(one.text for one in tokens(names) if one.text[:1].isalnum())
    return [whole] if whole and _is_letter(whole) else [part for part in parts if part]


def _is_letter(words: Words) -> bool:
    """Does a letter or two stand for the name ("Adult B", "Child AB")?"""
    return len(words[-1].rstrip(".")) <= LETTERS and words[-1].isupper()


class People:
    """The people of one document.

    Attributes:
        firsts: names of two words and more, folded, by their first words.
        surnames, givens: words that stand for people who are known, folded.
        initials: short forms printed as names, and whose they are.
        subjects: words of the made-up names of the people reviewed.
    """

    def __init__(self, subject: str | None = None) -> None:
        self.surnames: dict[str, set[Words]] = defaultdict(set)
        self.givens: dict[str, set[Words]] = defaultdict(set)
        self.initials: dict[str, Words] = {}
        self.firsts: dict[str, list[Words]] = defaultdict(list)
        self.subjects = _subjects(subject or "")

    @property
    def size(self) -> int:
        """How many names of two words and more are known."""
        return sum(map(len, self.firsts.values()))

    def add_lead(self, lead: Lead) -> None:
        """Note the name of a lead, and the initials printed behind it."""
        if not lead.name:
            return
        words = name_words(lead.name)
        self.add(words)
        short = _SHORT.search(lead.text)
        if short and len(words) > 1 and short[1][0] == words[0][:1]:
            self.initials[short[1]] = self._folded(words)

    def add(self, words: Words) -> None:
        """Note a name; of one word it is a surname, or initials."""
        if not words or not all(map(_may_be_name, words)):
            return
        folded = self._folded(words)
        if len(words) > 1:
            if folded not in self.firsts[folded[0]]:
                self.firsts[folded[0]].append(folded)
            self.surnames[folded[-1]].add(folded)
            if len(folded[0]) > 1:
                self.givens[folded[0]].add(folded)
        elif words[0].isupper() and len(words[0]) < 4:
            self.initials[words[0]] = folded
        elif "first_names" in word_labels(words[0]):
            self.givens[folded[0]].add(folded)
        else:
            self.surnames[folded[0]].add(folded)

    @cached_property
    def lettered(self) -> list[Words]:
        """Made-up names that are letters, folded ("child ab")."""
        return [self._folded(one) for one in self.subjects if len(one) > 1 and _is_letter(one)]

    @cached_property
    def subject_names(self) -> dict[str, Words]:
        """The first words of made-up names that are no letters, folded, and the names."""
        return {fold(one[0]): self._folded(one) for one in self.subjects if not _is_letter(one)}

    def longer(self, word: str) -> str:
        """A word of a name, folded; of a short form ("Sam") the known given name, if it is one."""
        key = fold(word)
        if key in self.givens or key in self.surnames or "first_names" not in word_labels(word):
            return key
        told = {key, *shortened().get(key, ())}
        fitting = [
            name
            for name in self.givens
            if name in told or (len(key) >= _PREFIX and name.startswith(key))
        ]
        return fitting[0] if len(fitting) == 1 else key

    def who(self, words: Iterable[str]) -> Identity:
        """Link a name with the fullest one of the document, where that is one alone."""
        printed = tuple(words)
        folded = self._folded(printed)
        if len(printed) == 1 and printed[0] in self.initials:
            return Identity(self._of_initials(printed[0]))
        if folded in self.subject_names.values():
            return Identity(folded, subject=True)
        if len(folded) == 1 and folded[0] in self.subject_names:
            return Identity(self.subject_names[folded[0]], subject=True)
        if len(folded) == 1:
            known = self.surnames.get(folded[0]) or self.givens.get(self.longer(printed[0]), set())
            return Identity(_fullest([one for one in known if len(one) > 1]) or folded)
        same = [one for one in self.surnames.get(folded[-1], ()) if _fits(folded, one)]
        return Identity(_fullest(same) or folded)

    def _of_initials(self, printed: str) -> Words:
        """The name that initials stand for, if the document has one alone."""
        names = {name for known in self.firsts.values() for name in known}
        fitting = [name for name in names if "".join(word[0] for word in name) == fold(printed)]
        return fitting[0] if len(fitting) == 1 else self.initials[printed]

    @staticmethod
    def _folded(words: Iterable[str]) -> Words:
        return tuple(map(fold, words))


def _fits(short: Words, name: Words) -> bool:
    """May both be one person's: the same surname, and given names or initials that agree?"""
    return (
        len(name) > 1
        and all(
            a.startswith(b) or b.startswith(a) for a, b in zip(short[:-1], name[:-1], strict=False)
        )
        and (len(short[0]) == 1 or short[0] == name[0] or len(name[0]) == 1)
    )


def _fullest(names: Iterable[Words]) -> Words | None:
    """The name that all of these may be forms of; null if they are of several people."""
    ordered = sorted(names, key=lambda one: (-len(one), -len("".join(one)), one))
    if not ordered or not all(_fits(one, ordered[0]) for one in ordered):
        return None
    return ordered[0]


def _may_be_name(word: str) -> bool:
    """Is it no word of titles and sentences that a reading took for a name?"""
    labels = set(word_labels(word))
    if labels & {"surnames", "first_names", "PARTICLE", "INITIAL", "INITIALS"}:
        return True
    return not labels & {"topics", "post_heads", "ranks", "post_short", "prose", "NUMBER"}
