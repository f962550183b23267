"""The weights of the reading of lead cells, and a word as the reading sees it.

Scores are added up over a cell; only their differences count. Each number is set so that the shape
named beside it wins over its rival; `tests/normalise/lead_cells*.py` hold the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actionplan.normalise.lead_shape import is_agent
from actionplan.normalise.lead_tokens import is_separator

APART = frozenset({",", "/", ";", ":", "–", "—", "-"})
EXPLAINED = frozenset({"topics", "post_heads", "ranks", "post_short", "honorifics"})
HEADS = frozenset({"ranks", "post_heads", "post_short"})
FRONTS_OF_TITLES = frozenset({"named", "designated"})
LIST_OF_INITIALS = "LIST_OF_INITIALS"
"""Label of the words of a cell that holds nothing but initials ("DH & RC")."""


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
        unlisted_post: less for a word that only ends as nouns of job titles do ("Sustainer").
        post: a run with a rank or the noun of a job title.
        known_body: a body of the gazetteer.
        kind: one word for a kind of body ("Council", "Housing").
        project: words in capitals that begin or end as names of projects do ("Bright Futures").
        shaped_body: a name that ends as names of bodies do.
        unit: a run that ends in "Team", "Ward", "Department".
        topic: words of departments without such an end ("Patient Safety").
        name_above: less for a title or body that begins with a line of its own that may be a name.
        alternative: a slash between topics inside a post, against the cost of a slash.
        inside_title: a department and a post on one line with no mark: one title.
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
    unlisted_post: float = 1.5
    post: float = 4.0
    known_body: float = 4.6
    kind: float = 2.0
    project: float = 1.5
    shaped_body: float = 4.0
    unit: float = 2.5
    topic: float = 1.2
    name_above: float = 3.0
    alternative: float = 1.8
    inside_title: float = -15.0
    word: float = 0.5


SETTINGS = LeadSettings()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cell: token index, text, labels, and the cost of the break before it.

    `tied`: with the word before it is a phrase of the vocabulary ("Named / Professional").
    `glued`: no blank stands before it.
    """

    index: int
    text: str
    labels: frozenset[str]
    gap: float = 0.0
    tied: bool = False
    glued: bool = False

    @property
    def is_separator(self) -> bool:
        """Punctuation, "and" or a contact detail: belongs to no run and costs nothing."""
        return is_separator(self.text)

    def has(self, *labels: str) -> bool:
        """Does the word carry one of `labels`?"""
        return not self.labels.isdisjoint(labels)


def run_text(run: Sequence[Word]) -> str:
    """The words of a run with blanks between, as far as names of bodies need it."""
    return joined([word.text for word in run])


def joined(texts: Sequence[str]) -> str:
    """`run_text` of the texts of words."""
    return " ".join(texts).replace("( ", "(").replace(" )", ")")


def dangling(word: Word) -> bool:
    """Punctuation, or a small word: hardly the first or last word of a run."""
    return word.has("LINK") or (word.has("MARK") and word.text not in {")", "]"})


def only_adjective(run: Sequence[Word]) -> bool:
    """Are the only nouns of a title such that a longer one begins with them?

    ("Specialist Placements", "Acting Community" of "Acting Community Manager".)
    """
    heads = [at for at, word in enumerate(run) if word.has(*HEADS)]
    if not heads or heads[-1] == len(run) - 1:
        return False
    opening = all(run[at].has("post_adjectives", "acting") for at in heads)
    after = run[heads[-1] + 1]
    return opening and not (after.has("LINK", "MARK", "NUMBER", "SHOUTED") or is_agent(after.text))


def has_name_above(run: Sequence[Word]) -> bool:
    """Does the run begin with a line of two words that may be a person's name?"""
    alone = len(run) > 2 and (run[0].gap or not run[0].index) and not run[1].gap
    if not alone or not run[2].gap:
        return False
    given, surname = run[0], run[1]
    return all(w.has("CAPITAL") and not w.has(*EXPLAINED) for w in (given, surname))
