"""How well a run of words fits a person's name."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_shape import patterns
from actionplan.normalise.lead_settings import EXPLAINED, LeadSettings, Word
from actionplan.normalise.lead_shape import POSSESSIVE, VOICELESS, is_science, may_begin, may_end

_LONGEST = 5
"""Words of the longest name."""
_NICKNAME = frozenset({("(", ")"), ("‘", "’"), ("“", "”"), ('"', '"')})


def person(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A person's name: forms of address, given names or initials, surnames, honours.

    Also the surname first ("Tarrant, Helen"), and a nickname in brackets or quotes.
    """
    titles = 0
    while titles < len(run) and (
        run[titles].has("honorifics") or (titles and _joins_forms(run[titles - 1 : titles + 2]))
    ):
        titles += 1
    names = _without_nickname(_without_honours(run[titles:]))
    commas = [at for at, word in enumerate(names) if word.text == ","]
    if len(commas) == 1 and not titles:
        return _surname_first(names[: commas[0]], names[commas[0] + 1 :], settings)
    if not names or len(names) > _LONGEST or not all(_may_name(word) for word in names):
        return None
    if VOICELESS.fullmatch(names[-1].text) or _owns(run):
        return None
    if names[0].has("CAPITAL") and any(_short_form(word) for word in names[1:]):
        return None
    known = [word for word in names if word.has(*EXPLAINED, "post_adjectives")]
    strange = sum(2.5 for word in known if not word.has("first_names"))
    if len(names) > 1 and names[0].has("first_names") and names[-1] in known:
        strange -= 1.5 * names[-1].has("surnames")  # "Grace Ward"
    if len(names) > 1 and _ends_body(names[-1]):
        strange += 3.0  # "Willow Lane Surgery"
    extra = 0.2 * len(names)
    if titles:
        if names[0].gap and run[titles - 1].has("post_heads"):
            return None  # "Designated Doctor" over a name
        if all(word.has("INITIAL") for word in names):
            return settings.given_name - 1.0  # "Mrs G" over "Hartle"
        return settings.title_name + extra - strange
    if len(names) == 1:
        unfit = strange and not names[0].has("surnames")
        return None if unfit else _single_name(names[0], settings)
    if all(word.has("INITIAL") for word in names):
        return settings.initials
    if names[0].has("first_names"):
        return settings.full_name + extra - strange
    initials = names[0].has("INITIALS") and len(names[0].text) == 2
    if initials and len(names) == 2 and not strange and may_end(names[-1].text):
        return None if find(names[0].text) else settings.unknown_name  # "JP Hartle"
    if names[0].has("INITIAL"):
        return settings.initial_name + extra - strange if _surname(names[-1]) else None
    return None if strange else _unlisted_name(names, settings)


def _owns(run: Sequence[Word]) -> bool:
    """Words in capitals that own what follows and begin with no given name ("Harbour Step's")."""
    unlisted = not run[0].has("first_names", "honorifics", "INITIAL")
    return len(run) > 1 and unlisted and bool(POSSESSIVE.search(run[-1].text))


def _joins_forms(around: Sequence[Word]) -> bool:
    """Does the word join two forms of address ("Mr and Mrs")?"""
    signs = {"and", "&", "+"}
    return len(around) > 2 and around[1].text.casefold() in signs and around[2].has("honorifics")


def _ends_body(word: Word) -> bool:
    """A word that ends names of bodies ("Surgery") and is no surname."""
    return name_key(word.text) in patterns().heads and not word.has("surnames", "first_names")


def _without_honours(names: Sequence[Word]) -> Sequence[Word]:
    """The name without the letters behind it ("OBE")."""
    while len(names) > 1 and names[-1].has("honours"):
        names = names[:-1]
        if len(names) > 1 and names[-1].text == ",":
            names = names[:-1]
    return names


def _without_nickname(names: Sequence[Word]) -> Sequence[Word]:
    """The name without a given name in brackets or quotes ("Stephen (Steve) Marsh")."""
    for at in range(1, len(names) - 2):
        signs = (names[at].text, names[at + 2].text)
        if signs in _NICKNAME and names[at + 1].has("first_names", "CAPITAL"):
            last = at + 3 == len(names)
            if not last or names[at + 1].has("first_names"):
                return [*names[:at], *names[at + 3 :]]
    return names


def _surname_first(
    surname: Sequence[Word], given: Sequence[Word], settings: LeadSettings
) -> float | None:
    """A surname, a comma and given names or initials ("Tarrant, Helen", "OKAFOR, N. J.")."""
    bare = [word for word in surname if not word.has("PARTICLE")]
    if len(bare) != 1 or len(surname) > 3 or not 0 < len(given) <= 2:
        return None
    name = bare[0]
    if name.has("first_names", "MARK", *EXPLAINED) or not may_end(name.text):
        return None
    if all(word.has("first_names", "INITIAL") for word in given):
        return settings.full_name - 0.5
    unlisted = len(given) == 1 and may_begin(given[0].text) and not given[0].has("SHOUTED")
    return settings.unknown_name if unlisted and name.has("SHOUTED") else None


def _unlisted_name(names: Sequence[Word], settings: LeadSettings) -> float | None:
    """Words in capitals that begin with no listed given name ("Thirza M Penhale")."""
    given, middle, surname = names[0], names[1:-1], names[-1]
    capitals = [word for word in names if not word.has("PARTICLE", "INITIAL")]
    if len(capitals) > 3 or not all(word.has("CAPITAL", "SHOUTED") for word in capitals):
        return None
    fit = may_begin(given.text) + may_end(surname.text)
    if not fit or any(is_science(word.text) for word in names):
        return None
    if fit < 2:
        return settings.unlikely_name if len(names) == 2 and not _any_shouted(names) else None
    if given.has("SHOUTED") and not surname.has("SHOUTED"):
        return None
    if not middle:
        return settings.unknown_name
    sure = all(word.has("first_names", "INITIAL", "PARTICLE") for word in middle)
    whole = not any(word.gap for word in names[1:])
    return settings.unknown_name + (settings.middle_name if sure and whole else -0.8)


def _any_shouted(names: Sequence[Word]) -> bool:
    return any(word.has("SHOUTED") for word in names)


def _short_form(word: Word) -> bool:
    """Two or three capitals, as in "Joan Petty DA Lead"; longer ones may be a surname."""
    return word.has("SHOUTED") and len(word.text) <= 3


def _may_name(word: Word) -> bool:
    if word.has("LINK", "MARK", "ranks"):
        return word.has("first_names")
    return word.has("CAPITAL", "INITIAL", "INITIALS", "SHOUTED", "PARTICLE", "first_names")


def _surname(word: Word) -> bool:
    return word.has("CAPITAL", "SHOUTED", "first_names") and not word.has("INITIAL")


def _single_name(word: Word, settings: LeadSettings) -> float:
    if word.has("first_names"):
        return settings.given_name
    if word.has("INITIAL") and "." in word.text[:-1]:
        return settings.initials
    if word.has("INITIALS") and not word.has(*EXPLAINED) and not find(word.text):
        return settings.initials - (2.7 if len(word.text) == 3 else 0.0)
    return -1.5
