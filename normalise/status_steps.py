"""First steps, work that is left, and how things are now: what needs more than one verb to tell."""

from __future__ import annotations

import re

from actionplan.normalise.status_sentence import DONE, Kind, Sentence
from actionplan.normalise.status_tags import lists

# "extended to December", "moved to 14 May".
_TO_DATE = re.compile(r"[tc]a?#")
# "(added) to the agenda", "included in next year's training programme".
_TO_AGENDA = re.compile(r"[pt][^,;|hiwpt]{0,4}I")
# "a further two sessions are required", "more work needed".
_MORE_NEEDED = re.compile(r"W[^,;|]{0,6}?(?:iv*)?E")
# "but needs to be evaluated", "and now needs to go to the Board".
_STILL_NEEDS = re.compile(r"[vubh,][vx]*(?P<need>d)(?!_)")
# "The launch takes place next month."
_COMING = re.compile(r"V[^,;|]*1")
_PART_OF_CLAUSE = re.compile(r"[^,;|ub]*$")
_ANY_VERB = re.compile(r"[hiwlmdPSTRV]")
_EVERY = frozenset(("all", "every", "both", "each"))
# "Two wards left", "two to go".
_LEFT = re.compile(r"#[.]{0,2}t?$")
# What may stand before a verb in the present tense that is no infinitive: a noun, or nothing.
_STARTS = re.compile(r"(?:^|[.#Gv])$")
_OFTEN = re.compile(r"[Yz]")
# How many words behind "with" may name the desk: "with the county's legal services".
_DESK = 5
# How many words behind "welcomed" may name the recommendation.
_TAKEN = 4


def past_kind(one: Sentence, at: int, usual: Kind) -> Kind | None:
    """What a past tense at word `at` tells, which by itself would be `usual`.

    A draft that is sent or a date that is set is a first step; a date put off, work under way.
    """
    word = one.words(at, at + 1)[0]
    behind = one.printed[at + 1 :]
    clause = _PART_OF_CLAUSE.search(one.printed[:at])
    begin = clause.start() if clause else 0
    if word in lists("given_reasons") and not lists("advice_nouns").isdisjoint(
        one.words(begin, at)
    ):
        return None
    if word in lists("taken_as") and not lists("advice_nouns").isdisjoint(
        one.words(begin, at + 1 + _TAKEN)
    ):
        return None
    if word in lists("moved"):
        if _TO_DATE.match(behind):
            return "moving"
        if not lists("owners").isdisjoint(one.words(begin, at)):
            return None
        if not lists("deadlines").isdisjoint(one.words(begin, at)):
            return "moving"
    if _TO_AGENDA.match(behind) and usual != "finished" and "K" not in one.printed:
        return "planned"
    if "G" in one.printed[begin:at] and word not in lists("settled"):
        return "trial"
    return usual


def left_over(one: Sentence) -> None:
    """Note that something is still needed."""
    for match in _MORE_NEEDED.finditer(one.printed):
        if "_" not in one.tags[match.start() : match.end()]:
            one.take(match, "moving")
    for match in _STILL_NEEDS.finditer(one.tags):
        if one.words(match.start("need"))[0].startswith("need"):
            one.add("planned", match.start("need"))
    for match in _COMING.finditer(one.printed):
        if one.tags[match.start()] == "V":
            one.take(match, "planned")


def state_of_now(one: Sentence) -> None:
    """Note "now sits in", "the revised contract contains", "leaflet with the printers".

    And what is to come: "part two starts in May", "dentists next", "two wards left".
    """
    words = one.words()
    for at, word in enumerate(words):
        renewed = not lists("renewed").isdisjoint(words[:at])
        able = words[max(0, at - 1) : at] == ["can"] and one.printed[at + 1 : at + 2] != "e"
        now = word in ("now", "already") and (able or _is_present(one, at + 1))
        if now or (renewed and word in lists("contents")) or _has_all(one, at):
            one.add("state", at)
        elif _is_coming(one, at):
            one.add("planned", at)
        elif (word == "with" and _is_desk(one, at)) or (word == "open" and _is_left_open(one, at)):
            one.add("moving", at)


def _is_coming(one: Sentence, at: int) -> bool:
    """Tell "part two starts in May", "dentists next" from what happens time and again."""
    word = one.words(at, at + 1)[0]
    if word == "next":
        return at > 0 and _ends(one, at)
    if word in ("left", "go", "remaining") and _ends(one, at):
        return _LEFT.search(one.printed[:at]) is not None
    if word not in lists("coming") or not _STARTS.search(one.printed[:at]):
        return False
    behind = one.printed[at + 1 : at + 5]
    dated = behind[:1] in ("#", "1") or not lists("at_a_time").isdisjoint(one.words(at + 1, at + 2))
    named = re.search(r"[#1]|\.$", behind) is not None
    return dated and named and not _OFTEN.search(one.printed)


def _ends(one: Sentence, at: int) -> bool:
    return one.printed[at + 1 : at + 2] in ("", ",")


def _is_left_open(one: Sentence, at: int) -> bool:
    """Tell "police part closed, health part open" from "open to all"."""
    alone = _ends(one, at) and one.printed[max(0, at - 1) : at] in ".,"
    return alone and ("T" in one.text.tags or "complete" in one.text.words)


def _is_present(one: Sentence, at: int) -> bool:
    if at >= len(one.tags):
        return False
    word = one.words(at, at + 1)[0]
    third = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return one.tags[at] == "V" or (one.tags[at] in ".q" and third)


def _has_all(one: Sentence, at: int) -> bool:
    """Tell "all twelve surgeries have a lead" from the helping verb of "have led"."""
    if one.tags[at] != "h" or one.tags[at + 1 : at + 2] not in ("a", "."):
        return False
    return bool(re.search(r"#", one.printed[:at])) or not _EVERY.isdisjoint(one.words(0, at))


def _is_desk(one: Sentence, at: int) -> bool:
    """Something lies "with the printers"; "agreed with the printers" is done."""
    if at and one.printed[at - 1] == "i":
        return True
    if not at or one.printed[at - 1] not in ".G" or _ANY_VERB.search(one.printed):
        return False
    return not lists("desks").isdisjoint(one.words(at + 1, at + 1 + _DESK))


def agenda(one: Sentence) -> None:
    """Note what stands on a work plan, and is not done nor a standing item."""
    if "I" in one.printed and not one.tells(*DONE, "ongoing", "practice", "planned"):
        match = _TO_AGENDA.search(one.printed)
        if match and not _ANY_VERB.search(one.printed):
            one.add("planned", match.start())


def fall_back(one: Sentence) -> None:
    """Where nothing else is told: a draft, a date put off, a time to come, "continued use"."""
    if one.found:
        return
    if "1" in one.printed:
        one.add("planned", one.printed.index("1"))
        return
    words = one.words()
    if words[0] in lists("going_on"):
        one.add("ongoing", 0)
        return
    for at, word in enumerate(words):
        if word in ("draft", "drafts", *lists("put_off")) and one.tags[at] == ".":
            one.add("moving", at)
            return
