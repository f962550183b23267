"""Less than the whole: "71 of 80 homes have answered", "added by eight agencies", "most"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actionplan.normalise.status_sentence import DONE, Sentence
from actionplan.normalise.status_tags import lists

# "four out of six partners", "31 of 58 homes"; "of nine homes eight".
_FRACTION = re.compile(
    r"(?P<part>#+)[.PV]{0,4}of?a*(?P<whole>#+)|(?P<some>#+)fa*(?P<all>#+)"
    r"|(?<![^;,])[.v]?(?:f|o)a*(?P<of>#+)[.GV]{1,3},?a*(?P<out>#+)"
)
# "two of the councils": there are others.
_SOME_OF = re.compile(r"(?<![.#])(?P<some>#)fa(?=[.G])")
# "60% of staff" (not "rose to 60%"), "most", "all but two".
_SHARE = re.compile(r"(?<![pt])#+[.p]?%|(?<![pt#.])%|N")
_ANY_VERB = re.compile(r"[hiwlmdPSVO0F]")
# "added by eight (agencies)".
_AT_SOME = re.compile(r".[pv]?p#+")
# How many words behind a share may tell what is counted: "98 per cent of cases".
_COUNTED = 3
_PAIRS = (("part", "whole"), ("some", "all"), ("out", "of"))


def shares(one: Sentence, asserted: str) -> None:
    """Note what is less than the whole, if something is reported of it.

    Args:
        one: a sentence whose other evidence has been read.
        asserted: its tags before that, without what it only supposes.
    """
    open_still = bool(one.tells("planned", "open", "moving"))
    if one.tells("planned"):
        for at, word in enumerate(one.words()):
            if word in lists("left"):
                one.add("share", at)
    if not _ANY_VERB.search(asserted):
        _wholes(one, asserted)
    reported = one.tells(*DONE, "begun", "request")
    if not reported and _ANY_VERB.search(asserted):
        return
    for match in (*_fractions(one, asserted), *_SHARE.finditer(asserted)):
        named = one.words(match.start(), match.start() + 1)[0]
        if named in lists("left") and not open_still:
            continue
        if not _is_measure(one, match, asserted):
            one.add("share", match.start())
    words = one.words()
    for at, word in enumerate(words):
        if word in lists("several") and not lists("units").isdisjoint(words[at + 1 : at + 3]):
            one.add("share", at)
    for item in reported:
        some = _AT_SOME.match(asserted, item.at - one.begin)
        if some and not lists("units").isdisjoint(one.words(some.end(), some.end() + 1)):
            one.add("share", item.at - one.begin)


def _is_measure(one: Sentence, share: re.Match[str], asserted: str) -> bool:
    """A share of cases, or what an audit found: it measures what was done."""
    if "%" in share[0] and "%" in asserted and not lists("checks").isdisjoint(one.words()):
        return True
    if one.words(share.start())[0].startswith("but "):
        # "Every late arrival but two": there it stands before.
        return not lists("measured").isdisjoint(one.words(max(0, share.start() - 1), share.start()))
    return not lists("measured").isdisjoint(one.words(share.start(), share.end() + _COUNTED))


def _wholes(one: Sentence, asserted: str) -> None:
    """Note "23 of 23", which is all of them."""
    for match in _FRACTION.finditer(asserted):
        if match["some"] and _number(one, match, "some") == _number(one, match, "all"):
            one.add("state", match.start())


def _fractions(one: Sentence, asserted: str) -> Iterator[re.Match[str]]:
    """Fractions that are no whole: not "nine of nine", nor "every one of the 31"."""
    for match in _FRACTION.finditer(asserted):
        names = next(pair for pair in _PAIRS if match[pair[0]])
        part, whole = (_number(one, match, name) for name in names)
        if part != whole and not _is_every(one, match.start()) and not _is_date(*part, *whole):
            yield match
    for match in _SOME_OF.finditer(asserted):
        if one.words(match.start())[0] != "one":
            yield match


def _is_date(*words: str) -> bool:
    """Whether one of `words` is a month, or a day as in "the 21st of June"."""
    return any(word in lists("months") or re.match(r"\d+(?:st|nd|rd|th)", word) for word in words)


def _number(one: Sentence, match: re.Match[str], name: str) -> Sequence[str]:
    """A number as written, in one word or several ("thirty four")."""
    return one.words(match.start(name), match.end(name))


def _is_every(one: Sentence, at: int) -> bool:
    return at > 0 and one.words(at - 1, at)[0] in ("every", "each", "all")
