"""What a sentence only supposes, wishes, denies or reports that somebody said: no progress."""

from __future__ import annotations

import re

from actionplan.normalise.status_sentence import PAST, Kind, Sentence
from actionplan.normalise.status_tags import lists

# "if ...", "they asked for ...", "no case is ...", "since the visits began".
_SUPPOSED = re.compile(r"ct[^,;|hiw]*|c[^,;|]*|Q(?:(?!uh).)*|0[^,;|b]*|k[^,;|hwPST]{0,4}B")
# "Since the review ended the manager has ..."; "fed back what she found".
_ENDED = re.compile(rf"k[^,;|hiwmd{PAST}]{{0,5}}[{PAST}](?=[^;|]*[hiw{PAST}V])")
_WHAT = re.compile(rf"r(?:s|a?\.)v?[{PAST}]")
# "should be told"; "should be in place by May" is a plan.
_ADVISED = re.compile(r"Uv*(?!ev*C)[^,;|b]*")
# What is awaited: "subject to the draft being agreed".
_AWAITED = re.compile(r"(?<=O)[^,;|ub]+")
# "the group, which will report in May": a future there is nobody's task.
_DESCRIBED = re.compile(r"r[^,;|]*")
# "not yet completed", "has not begun", "have not been told", "not in place", "not yet".
_DENIED = re.compile(
    rf"(?<![dml])x(?:(?P<part>[vyne]*T)|(?P<none>[vyne]*B)|[vyne]*[{PAST}C]|v*y)"
    rf"|(?<=d)x(?:(?P<undone>[vne]*T)|(?P<never>[vne]*B))|[ihw]v*x[vy]*(?P<short>(?=[,;|bu]|$))"
    # "There has never been a course held."
    rf"|(?<=h)x[vy]*na[^,;|hiwmdub]{{0,4}}?[{PAST}]"
)
# "None of the surgeries has adopted it", "no date has been set", "no work will be done".
_NONE_DONE = re.compile(rf"0[^,;|bhmicwdr]{{0,8}}(?:h[vny]*(?P<past>[{PAST}])|m[vk]*ev*[{PAST}])")
# "No action is outstanding", "no change was needed", "nothing more is planned".
_NONE_LEFT = re.compile(r"(?:0|C)[^,;|bu]*")
# "agreed that it should be revised", "it is intended that", "confirmed that it is in place".
_SAID_THAT = re.compile(rf"[{PAST}DFj][v,]?r(?P<said>[^|;]*)")
_WISHED = re.compile(r"[dmU]")


def leave_out(one: Sentence) -> None:
    """Leave out of `one` what it does not assert; note what it denies or plans."""
    _awaited(one)
    _said_that(one)
    _none_left(one)
    _none_done(one)
    for match in _ADVISED.finditer(_with_advice(one)):
        one.take(match, None)
    for match in (*_ENDED.finditer(one.tags), *_WHAT.finditer(one.tags)):
        if match[0][0] == "k" or one.words(match.start())[0] == "what":
            one.take(match, None)
    for match in _SUPPOSED.finditer(one.tags):
        untrue = one.words(match.start())[0] in lists("untrue")
        one.take(match, "moving" if untrue else None)
    for match in _DESCRIBED.finditer(one.tags):
        kept = re.sub("[FBt]", "_", match[0]).replace("m", "d")
        one.tags = one.tags[: match.start()] + kept + one.tags[match.end() :]


def denied(one: Sentence) -> None:
    """Note what has not been done."""
    for match in _DENIED.finditer(one.tags):
        words = one.words(match.start(), match.end())
        if not lists("no_tasks").isdisjoint(words):
            one.take(match, None)
            continue
        partly = match["part"] or match["undone"] or not lists("wholly").isdisjoint(words)
        scoped = match.start() == 0 and one.tags[match.end() : match.end() + 1] == "p"
        none = match["none"] or match["never"]
        one.take(match, "part" if partly or scoped else "unbegun" if none else "open")


def is_reference(one: Sentence) -> bool:
    """The sentence sends the reader elsewhere: "See the separate plan held by the trust"."""
    return re.match(rf"[.v,#]?Z(?![{PAST}ihw])", one.printed) is not None


def _awaited(one: Sentence) -> None:
    for match in _AWAITED.finditer(one.tags):
        one.drop(match.start(), match.end())


def _said_that(one: Sentence) -> None:
    for match in _SAID_THAT.finditer(one.tags):
        if one.words(match.start("said") - 1)[0] != "that":
            continue
        word = one.words(match.start())[0]
        wished = _WISHED.search(one.printed, match.start("said")) is not None
        if match[0][0] == "F" or (wished and word in lists("decided")):
            one.take(match, "planned")
        elif word in lists("informed"):
            one.drop(match.start("said") - 1, match.end())
        else:
            one.drop(match.start(), match.end() if wished else match.start("said"))


def _none_done(one: Sentence) -> None:
    for match in _NONE_DONE.finditer(one.tags):
        told = lists("told")
        if told.isdisjoint(one.words(match.start(), match.end())):
            past: Kind = "part" if match["past"] == "T" else "open"
            one.take(match, past if match["past"] else "planned")


def _none_left(one: Sentence) -> None:
    for match in _NONE_LEFT.finditer(one.tags):
        words = one.words(match.start(), match.end())
        if match[0][0] == "C":
            ended = words[0].startswith(("no ", "nothing ", "none "))
        else:
            needed = "E" in one.printed[match.start() : match.end()] and "longer" not in words
            ended = needed or not lists("left_undone").isdisjoint(words)
        if ended:
            one.take(match, "state")


def _with_advice(one: Sentence) -> str:
    """The tags that are left, advice marked apart from other modal verbs."""
    pairs = zip(one.tags, one.printed, strict=True)
    return "".join("U" if left == "d" and was == "U" else left for left, was in pairs)
