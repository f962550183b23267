"""Two runs of a lead cell on one line, with no mark between them."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_shape import body_type
from actionplan.normalise.lead_bodies import (
    acts,
    is_employer,
)
from actionplan.normalise.lead_look import (
    before_comma,
    is_kind,
    lone_before,
    strange_name,
    wants_surname,
)
from actionplan.normalise.lead_settings import LeadSettings, Word, run_text
from actionplan.normalise.lead_shape import POSSESSIVE, is_place, is_plain, may_begin, may_end

_SIDE_BY_SIDE = frozenset(
    {("PERSON", "POST"), ("POST", "PERSON"), ("PERSON", "ORG"), ("ORG", "PERSON")}
)


def beside(
    words: Sequence[Word],
    start: int,
    run: Sequence[Word],
    last: str,
    label: str,
    settings: LeadSettings,
    since: int,
) -> float:
    """Points for two runs on one line with no mark between them."""
    above = words[since:start]
    if last == "PERSON" and wants_surname(above) and may_end(run[0].text):
        return settings.torn  # "Dr Colm" before "Heaney GP"
    if last == "POST" and label == "PERSON" and all(word.has("honorifics") for word in above):
        return settings.torn  # "Professor Dame Hester Vane"
    if last == label == "PERSON" and len(above) == 2 and above[0].has("honorifics"):
        return settings.inside_title  # "Dr Nguyen Thi Lan"
    if (last, label) == ("PERSON", "ORG") and is_kind(run):
        return settings.inside_title  # "Grace Lodge Care Home"
    if (last, label) in _SIDE_BY_SIDE:
        lone = (label == "PERSON" and len(run) == 1) or lone_before(words, start, last)
        name = run if label == "PERSON" else words[max(0, start - 2) : start]
        strange = strange_name(name) and not (label == "POST" and _heads_line(words, start))
        surname = label == "POST" and last == "PERSON" and before_comma(words, start)
        return settings.torn if lone or strange or surname else settings.no_mark
    if (last, label) == ("ORG", "POST"):
        if find(run_text(words[since : start + len(run)])):
            return settings.inside_title  # "Police and Crime Commissioner"
        if any(word.gap for word in above[1:]) and not find(run_text(above)):
            return settings.inside_title  # "Helen Court" over "Service Manager"
        if POSSESSIVE.search(above[-1].text):
            return settings.no_mark  # "Harbour Step's Quality Lead"
        if _may_employ(above, run) and not above[0].has("post_short"):
            return settings.no_mark
        if not acts(run_text(above)):
            return settings.inside_title
        # "Commissioning Manager" under another line
        return settings.body_over_post if words[start - 1].gap else settings.torn
    if (last, label) == ("POST", "ORG"):
        if is_employer(run_text(run)):
            return settings.no_mark
        return settings.torn if acts(run_text(run)) else settings.inside_title
    return settings.torn


def _may_employ(body: Sequence[Word], post: Sequence[Word]) -> bool:
    """May the post be one with the body: an employer, or a service by its full name?

    ("Eastmarsh Women's Aid Chief Executive", not "Lighthouse Centre Manager".)
    """
    text = run_text(body)
    service = len(body) > 2 and len(post) > 1 and body_type(text) is not None
    return is_employer(text) or (service and may_begin(body[0].text) and acts(text))


def _heads_line(words: Sequence[Word], start: int) -> bool:
    """Do the two words before `start` begin a line or follow a mark, and read as a name?

    No plain word may stand among them: "Harrow Eastside Manager" is a post.
    """
    at = start - 2
    if (
        at < 0
        or words[start - 1].gap
        or not (at == 0 or words[at].gap or words[at - 1].is_separator)
    ):
        return False
    given, surname = words[at].text, words[at + 1].text
    named = may_begin(given) and may_end(surname) and not is_plain(surname)
    return named and not is_place(given, surname)
