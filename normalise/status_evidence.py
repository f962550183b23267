"""What running text says of progress, clause by clause.

Patterns over the tags of `actionplan.normalise.status_tags`; docs/status.md explains them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from actionplan.normalise.status_scope import denied, is_reference, leave_out
from actionplan.normalise.status_sentence import (
    DONE,
    PAST,
    Evidence,
    Kind,
    Sentence,
    sentence,
    sentences,
)
from actionplan.normalise.status_shares import shares
from actionplan.normalise.status_steps import (
    agenda,
    fall_back,
    left_over,
    past_kind,
    state_of_now,
)
from actionplan.normalise.status_tags import Tagged, lists
from actionplan.normalise.vocabulary import load

_KIND_OF: dict[str, Kind] = {
    **{"P": "done", "S": "finished", "T": "finished", "C": "state", "R": "trial"},
    **{"A": "request", "B": "begun", "M": "moving", "H": "part", "O": "open", "F": "planned"},
    **{"K": "ongoing", "L": "continuing"},
}
# "will be told", "(is) to be told", "is to consider", "will consider".
_FUTURE = re.compile(
    rf"mv*ev*[{PAST}C.]|(?:iv*|(?<![hlPAD]))tev*[{PAST}C]|it[.qV]|mv*[qVC]|dev*C|(?P<weak>m)"
)
# A sentence without a finite verb: "The lead to brief the Board."
_TO_DO = re.compile(r"[a.vu#fpjF]{0,9}?tv*q")
# "To go to the next Board."
_TO_GO = re.compile(r"v?t[.V][^hiwPSTCRBDm]*")
_FINITE = re.compile(r"[hiwPSTCRBDm]")
# "is being told" (not "was being told", "without being told"), "is developing", "has been looking".
_MOVING = re.compile(rf"(?<![wlp])gv*[{PAST}]|iv*j|hv*nv*j")
# "had been told" is what was before.
_PLUPERFECT = re.compile(rf"lv*n?v*[{PAST}M]")
# "has (now) (been) told", "has since May told", "was told", "have had".
# "Have been through the course".
_PERFECT = re.compile(
    rf"(?:h(?:[vn]|k[.#pa]{{0,3}})*|wv*)(?P<past>[{PAST}C]|l)|hv*(?P<gone>n)(?=p)"
)
# "The clause is in the new contract": a fact, if nothing else is told.
_IS_THERE = re.compile(r"iv*(?P<place>p)(?=a|\.|Y)")
# "is told": a practice where it recurs, a result where it ends something ("is signed off").
_PASSIVE = re.compile(rf"i[vYz]*(?P<past>[{PAST}])")
# "Letter sent.", "All attended the course": not behind an article, a preposition or a modal, and
# with something behind that cannot be the noun of an adjective.
_REPORT = re.compile(
    rf"(?<![aftpemdgixhlw0F])(?P<past>[{PAST}])(?=[,;|pvau#srbcfYkNHtC_]|$)"
    r"|(?<=[.s#u])(?P<act>[STRB])|(?<=s)(?P<did>P)"
)
# "in place", no plan for it ("to be in place") and no order ("Complete the form").
_WORD = re.compile(r"(?<![tdme])C|[MHOFKL]")
_RECURS = re.compile(r"[.pav#j]{0,3}Y")
# "has sat down with each worker once a month".
_HAS_RECURRED = re.compile(r"[.pav#j]{0,6}Y")
_OFTEN = re.compile(r"[Yz]")
# Fewest words that tell a practice by how often alone: "Regular sampling of cases by managers".
_CLAUSE = 5
# How many words before "met" may name what was met.
_SUBJECT = 4
# Most words between "without" and what is lacking.
_LACKING = 4
_PLANNED_OFTEN = re.compile(r"[mFt].*[Yz]")


def evidence(text: Tagged) -> list[Evidence]:
    """Return all that `text` says of progress, in its order."""
    found: list[Evidence] = []
    for begin, end in sentences(text):
        found.extend(sorted(_of_sentence(text, begin, end), key=lambda one: one.at))
    if any(one.kind == "open" and text.words[one.at] in lists("untouched") for one in found):
        # "Paused; no work done": what stands still was not begun.
        still = lists("standstill")
        found = [one for one in found if one.kind != "moving" or text.words[one.at] not in still]
    return found


def _of_sentence(text: Tagged, begin: int, end: int) -> list[Evidence]:
    one = sentence(text, begin, end)
    if "J" in one.tags or is_reference(one) or " ".join(one.words()) in _answers():
        return []
    if one.begin and " ".join(one.words()) == "yes":
        one.add("state", 0)
    leave_out(one)
    _met(one)
    asserted = one.tags
    denied(one)
    left_over(one)
    _outcomes(one)
    _plans(one)
    for match in _MOVING.finditer(one.tags):
        one.take(match, "moving")
    _past(one)
    for match in _WORD.finditer(one.tags):
        if _is_verb(one, match.start()):
            one.take(match, "habit" if match.start() else None)
        elif not _is_missed(one, match.start()):
            finite = match[0] == "K" and _is_finite(one, match.start())
            one.take(match, "moving" if finite else _KIND_OF[match[0]])
    state_of_now(one)
    _practice(one, asserted)
    _first_step(one, asserted)
    shares(one, asserted)
    agenda(one)
    _facts(one)
    fall_back(one)
    return one.found


def _is_verb(one: Sentence, at: int) -> bool:
    """Is it a verb: "Complete audit of 20 files", "new staff complete the module"?"""
    behind = one.tags[at + 1 : at + 2]
    return one.words(at, at + 1)[0] == "complete" and (behind == "a" or (not at and behind == "q"))


def _is_finite(one: Sentence, at: int) -> bool:
    """Is it work that comes to an end: "discussions are ongoing"?"""
    return not lists("finite").isdisjoint(one.words(0, at))


def _is_missed(one: Sentence, at: int) -> bool:
    """Is it what there is none of: "without a manager in post"?"""
    return not lists("lacking").isdisjoint(one.words(max(0, at - _LACKING), at))


def _answers() -> Mapping[str, str]:
    answers: Mapping[str, str] = load("status")["acceptance"]
    return answers


def _met(one: Sentence) -> None:
    """Tell "the standard is met", an end, from "the group met", which is talk."""
    for match in re.finditer("X", one.tags):
        before = one.words(max(0, match.start() - _SUBJECT), match.start())
        if not before or not lists("ended_by_met").isdisjoint(before):
            letter = "T"
        else:
            letter = "P" if "x" in one.tags[max(0, match.start() - 2) : match.start()] else "_"
        one.tags = one.tags[: match.start()] + letter + one.tags[match.end() :]


def _plans(one: Sentence) -> None:
    task = None if _FINITE.search(one.tags) else _TO_DO.match(one.tags)
    if task is None and lists("aims").isdisjoint(one.words()):
        task = _TO_GO.fullmatch(one.tags)
    if task:
        one.take(task, "planned")
    if not re.search("[mtF]", one.tags):
        return
    follows = _is_follow_up(one)
    for match in _FUTURE.finditer(one.tags):
        one.take(match, "following" if follows or match["weak"] else "planned")
    if follows:
        for match in re.finditer("F", one.tags):
            one.take(match, "following")


def _is_follow_up(one: Sentence) -> bool:
    """The sentence plans a check that recurs: it does not reopen what is done."""
    words = one.words()
    if _PLANNED_OFTEN.search(one.tags) or not lists("routine").isdisjoint(words):
        return True
    checks, repeated = lists("checks"), lists("repeated")
    return any(word in repeated and behind in checks for word, behind in pairwise(words))


def _past(one: Sentence) -> None:
    for match in _PLUPERFECT.finditer(one.tags):
        one.take(match, None)
    for match in _PERFECT.finditer(one.tags):
        often = match[0][0] == "h" and _HAS_RECURRED.match(one.tags, match.end())
        one.take(match, "practice" if often else _told(one, match))
    for match in _PASSIVE.finditer(one.tags):
        one.take(match, _passive(one, match))
    _acts(one)
    for match in _REPORT.finditer(one.tags):
        recurs = _RECURS.match(one.tags, match.end()) or _goes_with_practice(one, match.start())
        one.take(match, "practice" if recurs else _told(one, match))


def _goes_with_practice(one: Sentence, at: int) -> bool:
    """A verb beside one that recurs: "samples are taken every month and shared with the team"."""
    joined = re.search(r"(?:[,u]|,u)v?$", one.printed[:at]) is not None
    return joined and any(item.at < one.begin + at for item in one.tells("practice"))


def _acts(one: Sentence) -> None:
    """Note what bodies and people did: "the group agreed funding"."""
    for match in re.finditer("[PST]", one.tags):
        if not lists("agents").isdisjoint(one.words(max(0, match.start() - 1), match.start())):
            one.take(match, past_kind(one, match.start(), "done"))


def _told(one: Sentence, match: re.Match[str]) -> Kind | None:
    name, letter = next(item for item in match.groupdict().items() if item[1])
    return past_kind(one, match.start(name), _KIND_OF.get(letter, "done"))


def _passive(one: Sentence, match: re.Match[str]) -> Kind | None:
    """Tell a practice ("is told monthly") from an end ("is signed off")."""
    if _OFTEN.search(one.tags):
        return "practice"
    word = one.words(match.start("past"))[0]
    if "now" in one.words(match.start(), match.end()):
        return "done"
    if word in lists("habits") and one.words(0, 1)[0] in lists("from_then"):
        return "done"
    if word in lists("habits"):
        return None if re.search(r"r[^,;|]*$", one.tags[: match.start()]) else "habit"
    if match["past"] in "ST":
        return past_kind(one, match.start("past"), "finished")
    return "done" if word in lists("made") else None


def _facts(one: Sentence) -> None:
    for match in _IS_THERE.finditer(one.tags):
        place = one.words(match.start("place"))[0]
        described = re.search(r"[rs][^,;|]*$", one.tags[: match.start()])
        behind = one.words(match.end(), match.end() + 2)
        if place in ("in", "on") and not described and lists("states_of_mind").isdisjoint(behind):
            one.add("fact", match.start())


def _outcomes(one: Sentence) -> None:
    """What people will feel or know is what is hoped for, nobody's task."""
    for match in re.finditer(r"[md]v*e?v*", one.tags):
        if not lists("outcomes").isdisjoint(one.words(match.end(), match.end() + 1)):
            one.take(match, None)


def _practice(one: Sentence, asserted: str) -> None:
    """A verb in the present and how often: "The forum meets every two months"."""
    verb, often = asserted.find("V"), _OFTEN.search(asserted)
    if verb >= 0 and often and not one.tells(*DONE, "open"):
        one.add("practice", verb)
    elif often and not one.found and len(asserted) >= _CLAUSE:
        one.add("practice", often.start())


def _first_step(one: Sentence, asserted: str) -> None:
    opening, steps = lists("opening"), lists("steps")
    for at, (word, behind) in enumerate(pairwise(one.words())):
        if word in opening and behind in steps and asserted[at - 1 : at + 1][:1] not in ("p", "_"):
            one.add("begun", at)
