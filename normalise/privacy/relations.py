"""Names told by the words around: relatives, made-up names of people reviewed, who is known."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.privacy.context import (
    is_place,
    is_possessive,
    is_told,
    told_behind,
)
from actionplan.normalise.privacy.forms import Mention, mention, surname_end
from actionplan.normalise.privacy.known import People, fold
from actionplan.normalise.privacy.lists import listed
from actionplan.normalise.privacy.words import Token

_BETWEEN = frozenset({",", "(", "‘", "“", '"', "'", ":"})
_NEAR = 4  # words back to "his", "her"
_HONORIFIC = "honorifics"


def letter(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A letter that stands for somebody ("Adult B", "Child A1"); the word before it stays."""
    one = words[at]
    if not at or words[at - 1].text not in listed("letters") or not one.blank:
        return None
    if one.has("NUMBER") and words[at - 1].text in listed("numbered"):
        return mention_of_number(words, at)
    if not one.initial or len(one.text.rstrip(".")) != 1 or "." in one.text[:-1]:
        return None
    behind = words[at + 1] if at + 1 < len(words) else None
    glued = behind is not None and behind.start == one.end
    if behind and glued and behind.text in {"&", "-", "/"}:
        return None
    number = behind is not None and glued and behind.has("NUMBER")
    return mention(words, at, at, at + 1 + number, subject=True)


def subject_letters(words: Sequence[Token], at: int, people: People) -> Mention | None:
    """Two letters that the document gives to the person reviewed ("Child AB")."""
    for subject in people.lettered:
        end = _matches(words, at, subject)
        if end:
            return mention(words, end - 1, end - 1, end, subject=True)
    return None


def mention_of_number(words: Sequence[Token], at: int) -> Mention | None:
    """A number that stands for somebody ("Female 1"), and counts nothing ("Child 4-11 years")."""
    behind = words[at + 1] if at + 1 < len(words) else None
    counts = behind is not None and behind.low in listed("counted")
    if counts or len(words[at].text) > 1:
        return None
    return Mention(at, at + 1, (at,), subject=True)


def related(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A relative's given name ("her mother Joan", "Tracey, her sister", "Linda and Roger")."""
    one = words[at]
    if not (one.given or one.unlisted) or one.has("SHOUTED") or one.ends_place:
        return None
    if one.low in listed("calendar") and one.low not in listed("doubtful"):
        return None
    if not (
        _behind_relation(words, at) or _before_relation(words, at) or _joined(words, at, taken)
    ):
        return None
    end = surname_end(words, at + 1, strict=True)
    if is_place(words, at, end or at + 1):
        return None
    return mention(words, at, at, end or at + 1, subject=end is None, whole=end is not None)


def _behind_relation(words: Sequence[Token], at: int) -> bool:
    back = at - 1
    while back > 0 and words[back].text in _BETWEEN:
        back -= 1
    if back < 0 or words[back].low not in listed("relations") or words[back].text[0].isupper():
        return False
    own = any(one.low in listed("possessives") for one in words[max(0, back - _NEAR) : back])
    return words[at].given or own or _is_own(words, back)


def _is_own(words: Sequence[Token], relation: int) -> bool:
    """Does "'s" or a person's word stand before the relation ("the victim's daughter")?"""
    return any(one.text in {"'", "’"} for one in words[max(0, relation - 3) : relation])


def _before_relation(words: Sequence[Token], at: int) -> bool:
    if is_possessive(words, at + 1):
        behind = words[at + 3 : at + 4]
        return bool(behind) and words[at].given and behind[0].low in listed("relations")
    rest = words[at + 1 : at + 2 + _NEAR]
    if not rest or rest[0].text not in {",", "(", "–", "-"}:
        return False
    owner = rest[1:2] and (rest[1].low in listed("possessives") or words[at].given)
    near = next((one for one in rest[1:] if one.low in listed("relations")), None)
    marks = {",", ")", ".", ";", "and"}
    return (
        bool(owner)
        and near is not None
        and not any(one.text in marks for one in rest[1 : rest.index(near)])
        and rest[1].low in listed("possessives") | {"the", "a"}
    )


def _joined(words: Sequence[Token], at: int, taken: set[int]) -> bool:
    """Does it follow a relative's name and "and", or go before "and" and one more name?"""
    if not words[at].given:
        return False
    if at + 2 in taken and words[at + 1].low in {"and", "&"} and words[at + 2].given:
        return not words[at].doubtful
    back = at - 1
    while back > 0 and (words[back].low in {"and", "&", ","} or words[back].has("NUMBER")):
        back -= 1
    return 0 <= back < at - 1 and back in taken and words[back].given


def family(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A family's surname ("the Frome family")."""
    if not 0 < at < len(words) - 1 or words[at - 1].low != "the" or not words[at].blank:
        return None
    if words[at + 1].low not in {"family", "families"} or not words[at + 1].text[0].islower():
        return None
    one, behind = words[at], words[at + 2] if at + 2 < len(words) else None
    if one.low in listed("not_families") or not one.surname() or one.has("topics"):
        return None
    thing = behind is not None and behind.blank and behind.low in listed("family_things")
    return None if thing else mention(words, at, at, at + 1)


def given_alone(words: Sequence[Token], at: int, taken: set[int]) -> Mention | None:
    """A listed given name by itself, where the words around tell of a person ("Ken will call")."""
    one = words[at]
    if not one.given or one.doubtful or one.has("SHOUTED", "PARTICLE", "surnames"):
        return None
    if one.ends_place or _is_in_other_name(words, at) or is_place(words, at, at + 1):
        return None
    if find(one.text) or not is_told(words, at, at + 1, taken):
        return None
    return mention(words, at, at, at + 1, subject=True)


def known_full(words: Sequence[Token], at: int, people: People) -> Mention | None:
    """A name of two words and more that the document knows, in any case ("HELEN TARRANT")."""
    known = people.firsts.get(fold(words[at].text), ())
    end = max((_matches(words, at, name) or 0 for name in known), default=0)
    return mention(words, at, at, end) if end else None


def _matches(words: Sequence[Token], at: int, name: Sequence[str]) -> int | None:
    if len(name[0]) == 1 and words[at].text.islower():
        return None
    for word in name:
        while at < len(words) and words[at].text in {".", ","} and words[at].start:
            at += 1
        if at >= len(words) or fold(words[at].text) != word:
            return None
        at += 1
    return at


def known_single(
    words: Sequence[Token], at: int, taken: set[int], people: People
) -> Mention | None:
    """A surname, a given name or initials by themselves, of somebody whom the document knows."""
    one = words[at]
    if one.text in people.initials and one.text.isupper():
        return mention(words, at, at, at + 1)
    key = people.longer(one.text)
    subject = key in people.subject_names
    if not (subject or key in people.surnames or key in people.givens):
        return None
    if not one.text[0].isupper() or one.initial or _is_in_other_name(words, at):
        return None
    told = is_told(words, at, at + 1, taken)
    plain = one.doubtful or one.has("surnames") or one.ends_place or one.explained
    if subject:
        plain = one.doubtful and one.opens and not _has_own(words, at)
    if (plain and not told) or is_place(words, at, at + 1):
        return None
    if one.low in listed("calendar") and not told_behind(words, at + 1):
        return None
    return mention(words, at, at, at + 1, subject=subject)


def _has_own(words: Sequence[Token], at: int) -> bool:
    """Does "and her" follow?"""
    rest = words[at + 1 : at + 3]
    joined = len(rest) == 2 and rest[0].low == "and"
    return joined and rest[1].low in listed("possessives")


def _is_in_other_name(words: Sequence[Token], at: int) -> bool:
    """Do other words in capitals beside it make a name of its own ("Trinity Church")?"""
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind and behind.blank and behind.capital and not behind.explained:
        return True
    before = words[at - 1] if at else None
    if not before or not words[at].blank or not before.capital or before.opens:
        return False
    return not before.explained
