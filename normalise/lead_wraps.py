"""Is a run on a new line the rest of what stands above it?"""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.normalise.agency_gazetteer import find, name_key
from actionplan.normalise.agency_shape import HEALTH, body_type, patterns
from actionplan.normalise.lead_bodies import (
    acts,
    is_employer,
)
from actionplan.normalise.lead_look import (
    before_comma,
    behind_rank,
    is_generic_run,
    is_kind,
    is_proper,
    lone_before,
    lone_surname,
    strange_name,
    wants_surname,
)
from actionplan.normalise.lead_settings import Word, run_text
from actionplan.normalise.lead_shape import POSSESSIVE, may_begin

BARE_TITLES = frozenset(
    {"lead", "head", "executive", "designated", "named", "clinical", "responsible"}
)
# Words that begin the name of a body on the next line ("Royal" / "Kelmouth Hospital").
_FRONTS = frozenset(
    {"royal", "university", "greater", "mid", "central", "north", "south", "east", "west"}
)
_LINKED = 5
"""Words before a line's end that are looked at for "of" and "for"."""
_LEGAL_FORM = frozenset({"nhs", "foundation", "trust", "ft"})


def wrapped(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, label: str, since: int
) -> bool:
    """Is the run on a new line the rest of the run above ("Operations" over "Manager")?"""
    above = words[start - 1]
    alone = len(run) == 1
    if label == "POST" and all(word.has("ranks") for word in run):
        if last == "POST" and above.has("ranks"):
            return True
        after = words[start + len(run) : start + len(run) + 1]
        return not any(lone_surname([word]) or word.has("first_names") for word in after)
    if label == "POST":
        open_title = last == "POST" and (
            alone or above.has("post_adjectives") or _bare_title(words, start)
        )
        owner = POSSESSIVE.search(above.text) is not None
        body_above = last == "ORG" and not (owner or _stands_above(words[since:start], run))
        surname = last == "PERSON" and before_comma(words, start)
        return last == "UNIT" or open_title or body_above or surname
    if label == "PERSON":
        titled = words[start].has("honorifics")
        if last == "PERSON" and not titled and wants_surname(words[since:start]):
            return True  # "Dr Mohammed" over "Iqbal Chaudhry"
        return alone and (_open_name(words, start, last) or not _may_stand_alone(run[0]))
    if last == "PERSON" and alone and _open_name(words, start, last):
        return True  # "Dr Helen" over "Court", a word of bodies too
    if label == "ORG" and last != "POST" and _ends_body(words, start, run, last, since):
        return True
    if last != "POST" and all(word.text.casefold() in _LEGAL_FORM for word in run):
        return True  # "Kelmouth Community NHS" over "Foundation Trust"
    topic_above = last in {"ORG", "UNIT"} and not acts(run_text(words[since:start]))
    if topic_above and label == "ORG" and is_kind(run):
        return True  # "Harm Reduction" over "Partnership Board"
    if last in {"POST", "UNIT"} and label == "ORG" and alone:
        return not is_employer(run[0].text) or is_proper(above)
    if last == "POST" and label == "ORG" and start > 1:
        if _begins_above(words, start, run):
            return True
        if alone is False and find(run_text(run)) and acts(run_text(run)):
            return above.has("LINK")
        if is_proper(above) and is_generic_run(run):
            return True  # "Chair, Kelmouth" over "Safeguarding Partnership"
        return _linked(words, start) and not is_employer(run_text(run)) and is_generic_run(run)
    if last == "ORG":
        return ends_name(run) or (label == "UNIT" and alone)
    return last == "UNIT" and any(body.unit for body in find(run_text(run)))


def _begins_above(words: Sequence[Word], start: int, run: Sequence[Word]) -> bool:
    """Does the body's name begin with a proper name on the line above?

    ("Community Matron" over "Kelmouth Community" over "Health Services".)
    """
    if not is_generic_run(run):
        return False
    at = start - 1
    while at > 0 and not words[at].is_separator:
        longer = run_text([*words[at:start], *run])
        if is_proper(words[at]) and body_type(longer) is not None:
            return True
        if words[at].gap:
            return False
        at -= 1
    return False


def _stands_above(body: Sequence[Word], post: Sequence[Word]) -> bool:
    """Is the body on the line above a title whole, and so is the title below it?

    ("Kelbrook Medical Practice" over "Practice Manager", not "Public Health" over
    "Commissioning Manager".)
    """
    text = run_text(body)
    service = len(body) > 1 and len(post) > 1 and acts(text) and not find(text)
    return is_employer(text) or (service and may_begin(body[0].text))


def _ends_body(
    words: Sequence[Word], start: int, run: Sequence[Word], last: str, since: int
) -> bool:
    """Is the body the end of a name that begins on the line above?

    So are a kind of body under a place ("NHS Kelmouth" over "CCG"), and the last words of a
    group ("Quality" over "Assurance Subgroup").
    """
    above, text = words[start - 1], run_text(run)
    if above.text.casefold() in _FRONTS:
        return is_employer(f"{above.text} {text}")
    if last == "PERSON" and since and words[since].gap and not find(text) and is_generic_run(run):
        return True  # "Manager" over "Grace Vale" over "Hospice"
    if last == "PERSON" and lone_before(words, start, last) and is_proper(above):
        return not behind_rank(words, start - 1)
    if last == "PERSON":  # no body by itself, under a place ("Hospitals NHS Trust")
        strange = strange_name(words[max(0, start - 2) : start])
        return strange and is_generic_run(run) and not find(text)
    if above.text == "NHS":
        return body_type(text) in HEALTH and len(run) > 1
    if last == "ORG" or above.has("UNIT_END"):
        return False
    if len(run) == 1 or not above.has("topics"):
        return is_generic_run(run) and not above.has("topics")
    return is_generic_run(run) and not find(text)


def _linked(words: Sequence[Word], start: int) -> bool:
    """Does "of" or "for" stand shortly before `start`, with no mark between?

    ("Chair of the Safeguarding" over "Adults Board".)
    """
    before = words[max(0, start - _LINKED) : start]
    at = max((k for k, word in enumerate(before) if word.is_separator), default=-1)
    return any(word.text.casefold() in {"of", "for"} for word in before[at + 1 :])


def _bare_title(words: Sequence[Word], start: int) -> bool:
    """Does a single word that says little by itself stand above `start` ("Lead" / "Nurse")?"""
    alone = start == 1 or words[start - 2].is_separator
    return alone and words[start - 1].text.casefold() in BARE_TITLES


def _may_stand_alone(word: Word) -> bool:
    return word.has("first_names", "INITIALS", "honorifics")


def _open_name(words: Sequence[Word], start: int, last: str) -> bool:
    """Does a given name without surname end above `start` ("Dr Helen" over "Vaughan")?"""
    given = words[start - 1].has("first_names") and not words[start].has("INITIALS", "honorifics")
    before = words[start - 2] if start > 1 else None
    titled = before is not None and before.has("honorifics", "ranks")
    return last == "PERSON" and given and titled


def ends_name(run: Sequence[Word]) -> bool:
    """Is the run a single word that ends names of bodies ("Council")?"""
    return len(run) == 1 and name_key(run[0].text) in patterns().ends
