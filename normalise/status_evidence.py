"""What running text says of progress, clause by clause.

Patterns over the tags of `actionplan.normalise.status_tags`; docs/updates.md explains them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from actionplan.normalise.status_tags import Tagged, lists
from actionplan.normalise.vocabulary import load

Kind = Literal[
    "finished",
    "state",
    "done",
    "trial",
    "request",
    "begun",
    "moving",
    "part",
    "share",
    "unbegun",
    "open",
    "planned",
    "following",
    "practice",
    "ongoing",
    "continuing",
]
DONE: tuple[Kind, ...] = ("finished", "state", "done")
_KIND_OF: dict[str, Kind] = {
    **{"P": "done", "S": "finished", "T": "finished", "C": "state", "R": "trial"},
    **{"A": "request", "B": "begun", "M": "moving", "H": "part", "O": "open", "F": "planned"},
    **{"K": "ongoing", "L": "continuing"},
}
# Past participles and past tenses.
_PAST = "PSTRBA"
# "if ...", "they asked for ...", "no case is ...", "since the visits began": nothing is asserted.
_SUPPOSED = re.compile(r"c[^,;|]*|Q(?:(?!uh).)*|0[^,;|b]*|k[^,;|hwPST]{0,4}B")
# "the group, which will report in May": a future there is nobody's task.
_DESCRIBED = re.compile(r"r[^,;|]*")
# "not yet completed", "has not begun", "have not been told", "not in place", "not yet".
_DENIED = re.compile(rf"(?<![dm])x(?:(?P<part>[vyne]*T)|(?P<none>[vyne]*B)|[vyne]*[{_PAST}C]|v*y)")
# "will be told", "(is) to be told", "is to consider", "will consider".
_FUTURE = re.compile(
    rf"mv*ev*[{_PAST}C.]|(?:iv*|(?<![hlPA]))tev*[{_PAST}C]|it[.qV]|mv*[qV]|(?P<weak>m)"
)
# A sentence without a finite verb: "The lead to brief the Board."
_TO_DO = re.compile(r"[a.vu#fpjF]{0,9}?tv*q")
_FINITE = re.compile(r"[hiwPSTCRBDm]")
# "is being told" (not "was being told", "without being told"), "is developing", "has been looking".
_MOVING = re.compile(rf"(?<![wlp])gv*[{_PAST}]|iv*j|hv*nv*j")
# "had been told" is what was before.
_PLUPERFECT = re.compile(rf"lv*n?v*[{_PAST}]")
# "has (now) (been) told", "has since May told", "was told", "have had".
_PERFECT = re.compile(rf"(?:h(?:[vn]|k[.#pa]{{0,3}})*|wv*)(?P<past>[{_PAST}C]|l)")
# "is told": a practice where it recurs, a result where it ends something ("is signed off").
_PASSIVE = re.compile(rf"iv*(?P<past>[{_PAST}])")
# "Letter sent.", "All attended the course": not behind an article, a preposition or a modal, and
# with something behind that cannot be the noun of an adjective.
_REPORT = re.compile(
    rf"(?<![aftpemdgixhlwj0])(?P<past>[{_PAST}])(?=[,;|pvau#srbcfYkNHtC]|$)"
    r"|(?<=[.s#u])(?P<act>[STRB])"
)
# "in place", no plan for it ("to be in place") and no order ("Complete the form").
_WORD = re.compile(r"(?<![tdme])(?!^C[aq])C|[MHOFKL]")
# "four out of six partners", "31 of 58 homes".
_FRACTION = re.compile(r"#+[.PV]{0,4}of?a*#+|#+fa*#+")
# "60% of staff" (not "rose to 60%"), "most", "all but two".
_SHARE = re.compile(r"(?<![pt])#+\.?%|(?<![pt#.])%|N")
_ANY_VERB = re.compile(r"[hiwlmdPSVO0]")
_RECURS = re.compile(r"[.pav#j]{0,3}Y")
_OFTEN = re.compile(r"[Yz]")
_PLANNED_OFTEN = re.compile(r"[mFt].*[Yz]")
# "added by eight (agencies)".
_AT_SOME = re.compile(r".[pv]?p#+")
# A list without a full stop is cut after 300 words, so that time grows with the length alone.
_SENTENCE = re.compile(r"[^|;]{1,300}")
# How many words behind a share may tell what is counted: "98 per cent of cases".
_COUNTED = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something said of progress, and the word of the text that says it."""

    kind: Kind
    at: int


@dataclass(slots=True)
class _Sentence:
    """Words `begin` to `end` of a text; `tags` loses what has been read."""

    text: Tagged
    begin: int
    end: int
    tags: str
    found: list[Evidence] = field(default_factory=list)

    def add(self, kind: Kind, at: int) -> None:
        self.found.append(Evidence(kind, self.begin + at))

    def take(self, match: re.Match[str], kind: Kind | None) -> None:
        """Note `kind` and leave the words of `match` out of what is read next."""
        if kind is not None:
            self.add(kind, match.start())
        self.replace(match, "_" * (match.end() - match.start()))

    def replace(self, match: re.Match[str], tags: str) -> None:
        self.tags = self.tags[: match.start()] + tags + self.tags[match.end() :]

    def words(self, begin: int, end: int) -> Sequence[str]:
        return self.text.words[self.begin + begin : min(self.begin + end, self.end)]

    def tells(self, *kinds: Kind) -> list[Evidence]:
        return [item for item in self.found if item.kind in kinds]


def evidence(text: Tagged) -> list[Evidence]:
    """Return all that `text` says of progress, in its order."""
    found: list[Evidence] = []
    for begin, end in sentences(text):
        found.extend(sorted(_of_sentence(text, begin, end), key=lambda one: one.at))
    return found


def sentences(text: Tagged) -> Iterator[tuple[int, int]]:
    """First word of each sentence and the one behind its last; a semicolon ends one, too."""
    for match in _SENTENCE.finditer(text.tags):
        yield match.span()


def _of_sentence(text: Tagged, begin: int, end: int) -> list[Evidence]:
    tags = text.tags[begin:end]
    if "J" in tags or " ".join(text.words[begin:end]) in load("status")["acceptance"]:
        return []
    one = _Sentence(text, begin, end, tags)
    for match in _SUPPOSED.finditer(one.tags):
        one.take(match, None)
    for match in _DESCRIBED.finditer(one.tags):
        one.replace(match, re.sub("[FBt]", "_", match[0]).replace("m", "d"))
    asserted = one.tags
    if "x" in asserted:
        for match in _DENIED.finditer(asserted):
            one.take(match, "part" if match["part"] else "unbegun" if match["none"] else "open")
    _plans(one)
    for match in _MOVING.finditer(one.tags):
        one.take(match, "moving")
    _past(one)
    for match in _WORD.finditer(one.tags):
        one.take(match, _KIND_OF[match[0]])
    _practice(one, asserted)
    _first_step(one, asserted)
    _share(one, asserted)
    return one.found


def _plans(one: _Sentence) -> None:
    if not _FINITE.search(one.tags) and (match := _TO_DO.match(one.tags)):
        one.take(match, "planned")
    if not re.search("[mtF]", one.tags):
        return
    follows = _is_follow_up(one)
    for match in _FUTURE.finditer(one.tags):
        one.take(match, "following" if follows or match["weak"] else "planned")
    if follows:
        for match in re.finditer("F", one.tags):
            one.take(match, "following")


def _is_follow_up(one: _Sentence) -> bool:
    """The sentence plans a check that recurs: it does not reopen what is done."""
    words = one.words(0, one.end - one.begin)
    if _PLANNED_OFTEN.search(one.tags) or not lists("routine").isdisjoint(words):
        return True
    checks, repeated = lists("checks"), lists("repeated")
    return any(word in repeated and behind in checks for word, behind in pairwise(words))


def _past(one: _Sentence) -> None:
    for match in _PLUPERFECT.finditer(one.tags):
        one.take(match, None)
    for match in _PERFECT.finditer(one.tags):
        past = match["past"]
        often = match[0][0] == "h" and _RECURS.match(one.tags, match.end())
        one.take(match, "practice" if often else "done" if past == "l" else _KIND_OF[past])
    for match in _PASSIVE.finditer(one.tags):
        ended: Kind | None = "finished" if match["past"] in "ST" else None
        one.take(match, "practice" if _OFTEN.search(one.tags) else ended)
    for match in _REPORT.finditer(one.tags):
        often = _RECURS.match(one.tags, match.end())
        one.take(match, "practice" if often else _KIND_OF[match["past"] or match["act"]])


def _practice(one: _Sentence, asserted: str) -> None:
    """A verb in the present and how often: "The forum meets every two months"."""
    verb = asserted.find("V")
    if verb >= 0 and _OFTEN.search(asserted) and not one.tells(*DONE, "open"):
        one.add("practice", verb)


def _first_step(one: _Sentence, asserted: str) -> None:
    opening, steps = lists("opening"), lists("steps")
    for at, (word, behind) in enumerate(pairwise(one.words(0, one.end - one.begin))):
        if word in opening and behind in steps and asserted[at] != "_":
            one.add("begun", at)


def _share(one: _Sentence, asserted: str) -> None:
    """Less than the whole: "71 of 80 homes have answered", "added by eight agencies"."""
    if one.tells("planned"):
        for at, word in enumerate(one.words(0, one.end - one.begin)):
            if word in lists("left"):
                one.add("share", at)
    reported = one.tells(*DONE, "begun", "request")
    if not reported and _ANY_VERB.search(asserted):
        return
    for match in (*_FRACTION.finditer(asserted), *_SHARE.finditer(asserted)):
        if lists("measured").isdisjoint(one.words(match.start(), match.end() + _COUNTED)):
            one.add("share", match.start())
    for item in reported:
        some = _AT_SOME.match(asserted, item.at - one.begin)
        if some and not lists("units").isdisjoint(one.words(some.end(), some.end() + 1)):
            one.add("share", item.at - one.begin)
