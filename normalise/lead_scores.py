"""How well a run of words fits a person, a post, a body or a unit.

Scores are added up over a cell; only their differences count. Each number is set so that the shape
named beside it wins over its rival; `tests/normalise/lead_cells.py` holds the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.agency_shape import body_type
from actionplan.normalise.lead_shape import is_plain, is_plain_noun, is_science, may_begin, may_end
from actionplan.normalise.lead_tokens import is_separator


@dataclass(frozen=True, slots=True)
class LeadSettings:
    """Weights of the reading of lead cells, in points of score.

    Attributes:
        longest: words of the longest run taken as one name, post or body.
        left_over: a word that belongs to nothing.
        line_break: cost of a line break inside a run; narrow columns wrap most posts.
        early_break: the same where the next word would have fitted on the line: a break by hand.
        spaced_break: the same at extra leading: hardly ever inside a name or title.
        blank_line: mark of an empty line, which no run may cross.
        no_mark: two runs on one line with no separator between ("NAME Named / Nurse").
        torn: two runs side by side, or with "and" between, that read better as one
            ("Patient Safety & Complaints Lead").
        body_over_post: a post under a full line with a body that employs nobody by itself: one
            title ("Public Health" over "Commissioning Manager"); outweighs the body's own score.
        rank_name: a single unknown word behind a rank is a surname ("Supt Hartle").
        full_name: given name and surname.
        title_name: form of address and a name.
        initial_name: initial and surname; the surname may be any unknown word.
        unknown_name: two words in capitals that no list knows.
        unlikely_name: two words in capitals, one of them a plain English word; more than nothing.
        middle_name: an initial, a particle or a listed given name inside such a name.
        given_name: a given name alone.
        initials: initials alone ("KT").
        post: a run with a rank or the noun of a job title.
        known_body: a body of the gazetteer.
        kind: one word for a kind of body ("Council", "Housing").
        project: words in capitals that begin or end as names of projects do ("Bright Futures").
        shaped_body: a name that ends as names of bodies do.
        unit: a run that ends in "Team", "Ward", "Department".
        topic: words of departments without such an end ("Patient Safety").
        word: each word that the vocabulary explains.
    """

    longest: int = 14
    left_over: float = -3.5
    line_break: float = 0.3
    early_break: float = 1.3
    spaced_break: float = 4.0
    blank_line: float = 99.0
    no_mark: float = -1.5
    torn: float = -5.0
    body_over_post: float = -8.0
    rank_name: float = 5.5
    full_name: float = 6.0
    title_name: float = 6.0
    initial_name: float = 4.5
    unknown_name: float = 2.4
    unlikely_name: float = 0.8
    middle_name: float = 1.2
    given_name: float = 2.0
    initials: float = 2.2
    post: float = 4.0
    known_body: float = 4.6
    kind: float = 2.0
    project: float = 1.5
    shaped_body: float = 4.0
    unit: float = 2.5
    topic: float = 1.2
    word: float = 0.5


SETTINGS = LeadSettings()
_MARKS_IN_POST = {",": 1.2, "(": 0.3, ")": 0.0, "[": 0.3, "]": 0.0, "&": 0.0, "/": 2.5, ":": 4.0}
_NO_EMPLOYER = frozenset({"service", "team", "board", "practice", "surgery", "centre"})
APART = frozenset({",", "/", ";", ":", "–", "—", "-"})
_FRONTS_OF_TITLES = frozenset({"named", "designated"})
_CLOSING = (",", "/", ";", ":", "–", "—", "-", "(", "&")
EXPLAINED = frozenset({"topics", "post_heads", "ranks", "post_short", "honorifics"})
HEADS = frozenset({"ranks", "post_heads", "post_short"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cell: token index, text, labels, and the cost of the break before it.

    `tied`: with the word before it is a phrase of the vocabulary ("Named / Professional").
    """

    index: int
    text: str
    labels: frozenset[str]
    gap: float = 0.0
    tied: bool = False

    @property
    def is_separator(self) -> bool:
        """Punctuation, "and" or a contact detail: belongs to no run and costs nothing."""
        return is_separator(self.text)

    def has(self, *labels: str) -> bool:
        """Does the word carry one of `labels`?"""
        return any(label in self.labels for label in labels)


def scores(run: Sequence[Word], settings: LeadSettings) -> dict[str, float]:
    """Score of `run` for each label that it may have at all; none where a ";" stands in it."""
    if any(word.text == ";" for word in run):
        return {}
    breaks = sum(word.gap for word in run[1:])
    found = {
        "PERSON": _person(run, settings),
        "POST": _post(run, settings),
        "ORG": _organisation(run, settings),
        "UNIT": _unit(run, settings),
    }
    return {label: score - breaks for label, score in found.items() if score is not None}


def run_text(run: Sequence[Word]) -> str:
    """The words of a run with blanks between, as far as names of bodies need it."""
    return " ".join(word.text for word in run).replace("( ", "(").replace(" )", ")")


def _person(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A person's name: forms of address, given names or initials, surnames."""
    titles = 0
    while titles < len(run) and run[titles].has("honorifics"):
        titles += 1
    names = run[titles:]
    if not names or len(names) > 5 or not all(_may_name(word) for word in names):
        return None
    if names[0].has("CAPITAL") and any(_short_form(word) for word in names[1:]):
        return None
    known = [word for word in names if word.has(*EXPLAINED, "post_adjectives")]
    strange = sum(2.5 for word in known if not word.has("first_names"))
    extra = 0.2 * len(names)
    if titles:
        if names[0].gap and run[titles - 1].has("post_heads"):
            return None  # "Designated Doctor" over a name
        return settings.title_name + extra - strange
    if len(names) == 1:
        return _single_name(names[0], settings) - strange
    if names[0].has("first_names"):
        return settings.full_name + extra - strange
    if names[0].has("INITIAL"):
        return settings.initial_name + extra - strange if _surname(names[-1]) else None
    return None if strange else _unlisted_name(names, settings)


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
    if word.has("INITIALS") and not word.has(*EXPLAINED) and not find(word.text):
        return settings.initials - (2.7 if len(word.text) == 3 else 0.0)
    return -1.5


def _post(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A job title or rank: at least one noun of a job title, nothing dangling at the ends."""
    first, last = run[0], run[-1]
    if not any(word.has(*HEADS) for word in run) or _dangling(first) or _dangling(last):
        return None
    if last.text.casefold() in _FRONTS_OF_TITLES or _employer_in(run):
        return None
    score = settings.post
    depth = 0
    for word in run:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        score += _word_in_post(word, settings)
    score -= 2.0 * sum(is_second(a, b) for a, b in pairwise(run))
    score -= 0.4 * sum(_heads_line(a, b) for a, b in pairwise(run[1:]))
    score -= 2.0 * sum(_names_holder(a, b) for a, b in pairwise(run[1:]))
    score -= 2.5 * sum(_rank_below_unit(a, b) for a, b in pairwise(run))
    inside = any(w.text in {"(", "["} for w in run)
    if depth or (inside and _head_in_brackets(run)):
        return None
    return score


def is_second(word: Word, following: Word) -> bool:
    """Do the words say "and the"? So begins the second of two leads, hardly the rest of one."""
    return word.text.casefold() in {"and", "&"} and following.text.casefold() == "the"


def _heads_line(word: Word, following: Word) -> bool:
    """Does the line begin with "Head of" or "Director of"? More often so begins a title."""
    head = word.text.casefold() in {"head", "director"}
    return bool(word.gap) and head and following.text.casefold() == "of"


def _names_holder(word: Word, following: Word) -> bool:
    """Does the line begin with "Named Nurse" or "Designated Doctor"? So titles begin."""
    front = word.text.casefold() in _FRONTS_OF_TITLES
    return front and word.gap > 0 and following.has("post_heads")


def _rank_below_unit(word: Word, following: Word) -> bool:
    """A rank that begins a line below a unit is another's ("Emergency Department" / "Ch Insp")."""
    return bool(following.gap) and following.has("ranks") and word.has("UNIT_END")


def _dangling(word: Word) -> bool:
    return word.has("LINK") or (word.has("MARK") and word.text not in {")", "]"})


def _head_in_brackets(run: Sequence[Word]) -> bool:
    """Brackets with a job title in them explain the name before; they are no part of a title."""
    depth = 0
    for word in run:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word.text, 0)
        if depth and word.has("post_heads", "ranks"):
            return True
    return False


def _word_in_post(word: Word, settings: LeadSettings) -> float:
    if word.has("MARK"):
        return -_MARKS_IN_POST.get(word.text, 2.0)
    if word.has(*EXPLAINED):
        return settings.word
    if word.has("first_names"):
        return -2.5
    if word.has("LINK"):
        return 0.1
    if word.has("prose"):
        return -0.8
    return 0.1 if word.text[:1].isupper() or word.has("NUMBER") else -0.1


def _employer_in(run: Sequence[Word]) -> bool:
    """Does a body's full name stand in the run, other than behind "of" or "for"?"""
    for start in range(len(run)):
        if start and run[start - 1].text.casefold() in {"of", "for"}:
            continue
        for end in range(start + 1, min(len(run), start + 8) + 1):
            if end - start == len(run):
                continue
            if is_employer(run_text(run[start:end])):
                return True
    return False


_EMPLOYERS = frozenset(
    "police nhs_trust nhs_commissioner gp_practice council probation prison housing education "
    "fire".split()
)
"""Types of body that a post behind which they are printed is a post with."""


@lru_cache(maxsize=20_000)
def is_employer(text: str) -> bool:
    """A body by its full name, or a kind of body that posts are printed behind ("CCG")."""
    known = find(text)
    if known:
        return any(body.employer for body in known) or (" " in text and _proper_name(known[0].id))
    shape = body_type(text)
    words = text.split()
    return (
        shape in _EMPLOYERS
        and len(words) > 1
        and (shape == "fire" or words[-1].casefold().rstrip("s") not in _NO_EMPLOYER)
        and words[0][0].isupper()
        and not is_generic(words)
    )


def _proper_name(body_id: str) -> bool:
    return body_id.partition(":")[0] == "police" and body_id not in {"police:ppu", "police:force"}


@lru_cache(maxsize=1)
def _topic_words() -> frozenset[str]:
    from actionplan.normalise.lead_words import words

    return words("topics")


def is_generic(words: Sequence[str]) -> bool:
    """Only words of departments, no place or proper name ("Acute Trust")."""
    return all(word.casefold().replace("’", "'") in _topic_words() for word in words[:-1])


def _organisation(run: Sequence[Word], settings: LeadSettings) -> float | None:
    if _dangling(run[0]) or run[-1].has("LINK") or len(run) > 12:
        return None
    text = run_text(run)
    if any(word.has("ranks") for word in run) and not _place_and_short(run):
        return None
    if not text[0].isupper() or run[-1].has("UNIT_END") or text.endswith(_CLOSING):
        return None
    if text.count("(") != text.count(")"):
        return None
    known = find(text)
    if known:
        whole = len(run) > 1 or any(body.employer for body in known)
        return (settings.known_body if whole else settings.kind) + settings.word * len(run)
    if any(word.text in APART for word in run) or _named_person(run):
        return None
    if len(run) > 1 and body_type(text):
        names = sum(1 for word in run if word.has("first_names") and not word.has("topics"))
        return settings.shaped_body + settings.word * len(run) - 1.5 * names
    if len(run) == 1 and run[0].has("SHOUTED") and len(text) > 2 and not run[0].has(*HEADS):
        return 0.8
    return settings.project if is_project(run) else None


def _place_and_short(run: Sequence[Word]) -> bool:
    """A place before a short form that is a rank elsewhere ("Fallowmere CC")?"""
    place, short = run[:-1], run[-1]
    capitals = all(word.has("CAPITAL") and not word.has("first_names", *HEADS) for word in place)
    return (
        bool(place) and capitals and short.has("SHOUTED") and body_type(run_text(run)) is not None
    )


def _named_person(run: Sequence[Word]) -> bool:
    """Does the run begin with a form of address and a given name ("Dr Helen Court")?"""
    if len(run) < 2 or not run[0].has("honorifics"):
        return False
    return run[1].has("first_names", "INITIAL") or may_begin(run[1].text)


def is_project(run: Sequence[Word]) -> bool:
    """Words in capitals that begin with a plain English word, or end with a plain noun."""
    return (
        1 < len(run) <= 4
        and all(word.has("CAPITAL") and not word.has("first_names", *HEADS) for word in run)
        and (is_plain(run[0].text) or is_plain_noun(run[-1].text))
    )


def _unit(run: Sequence[Word], settings: LeadSettings) -> float | None:
    """A team, ward or department, or words of one; no head of a job title in it."""
    if (
        len(run) > 8
        or _dangling(run[0])
        or run[-1].has("LINK", "MARK")
        or not run[0].text[0].isalnum()
    ):
        return None
    if any(word.has("ranks", "MARK") and word.text not in {"&", ","} for word in run):
        return None
    ends = (len(run) > 1 and run[-1].has("UNIT_END")) or (
        len(run) == 2 and run[0].has("UNIT_END") and run[1].has("NUMBER")
    )
    known = sum(1 for word in run if word.has("topics", "LINK") or word.text in {"&", ","})
    if ends:
        return settings.unit + settings.word * known * 0.8 - 0.3 * (len(run) - known)
    strange = len(run) - known
    if strange > (len(run) > 1) or any(word.has("post_heads", "first_names") for word in run):
        return None
    if strange and not all(word.text[0].isupper() for word in run if not word.has("LINK")):
        return None
    return settings.topic * (1.0 if len(run) > 1 else 0.4) + 0.8 * settings.word * known - strange
