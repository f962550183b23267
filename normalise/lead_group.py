"""Persons, posts and bodies of one block put together to leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_bodies import acts, are_topics, is_employer
from actionplan.normalise.lead_words import is_label, is_plural_post, is_role, phrases, words

Mark = Literal["start", "line", "space", "comma", "dash", "colon", "bracket", "slash", "list"]
_APART: frozenset[Mark] = frozenset({"start", "slash", "list"})
_TIGHT: frozenset[Mark] = frozenset({"colon", "dash"})
_BEHIND: frozenset[Mark] = frozenset({"bracket", "comma", "dash"})
_EMPLOYER_END = re.compile(r"(?:FT|NHS|CCG|ICB|BC|CC|DC|MBC|HT|HB|PCT|LA|Police)$")
_AND = re.compile(r"(?:^|\s)(?:and|&|\+)(?:\s|$)", re.IGNORECASE)


class Part(NamedTuple):
    """A run of text: PERSON, POST, ORG or UNIT, and what stands before it.

    `start` and `end` are offsets in the block's text; `rank` marks a post that is a rank alone;
    `between` is the text before it, back to the part before.
    """

    label: str
    text: str
    start: int
    end: int
    mark: Mark
    rank: bool = False
    between: str = ""


@dataclass(slots=True)
class Draft:
    """A lead in the making.

    Attributes:
        start: offset of its first character.
        end: offset behind its last one.
        name: the person.
        posts: parts of the job title, with what joins them.
        organisations: parts of the body.
        post_first: a title stands before the name.
        name_last: nothing stands behind the name yet.
        rank: the title is a rank.
        inline: a title stands behind the name, on its line.
        held: a title stands behind the name.
        body_first: a body stands before the name.
        joiner: what stands before it.
    """

    start: int
    end: int
    name: str | None = None
    posts: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    post_first: bool = False
    name_last: bool = False
    rank: bool = False
    inline: bool = False
    held: bool = False
    body_first: bool = False
    joiner: str = ""

    @property
    def post(self) -> str | None:
        """The job title, its parts joined."""
        return "".join(self.posts) or None

    @property
    def organisation(self) -> str | None:
        """The body, its parts joined."""
        return " ".join(self.organisations) or None


def mark_between(text: str) -> Mark:
    """What the text between two runs says: a list of leads, or parts of one."""
    if "/" in text or "|" in text:
        return "slash"
    if ";" in text or _AND.search(text):
        return "list"
    for sign, mark in _SIGNS:
        if sign in text:
            return mark
    return "line" if "\n" in text else "space"


_SIGNS: tuple[tuple[str, Mark], ...] = (
    ("(", "bracket"),
    ("[", "bracket"),
    (":", "colon"),
    ("–", "dash"),
    ("—", "dash"),
    (" -", "dash"),
    ("- ", "dash"),
    (",", "comma"),
)


def group(parts: Sequence[Part]) -> list[Draft]:
    """Put the parts of a block together, in printed order."""
    drafts: list[Draft] = []
    labelled = False
    for at, part in enumerate(parts):
        following = parts[at + 1 : at + 3]
        if _only_says_lead(part, following):
            labelled = True
            continue
        if part.label == "PERSON" and not labelled and _holds_both(part, drafts):
            _join_posts(drafts)
        if not drafts or labelled or _begins(part, drafts[-1], following):
            drafts.append(Draft(part.start, part.end, joiner=part.between))
        labelled = False
        _add(part, drafts[-1])
        if part.label == "POST" and _is_shared(part, drafts[-1]):
            _share(drafts)
    return drafts


def _holds_both(part: Part, drafts: Sequence[Draft]) -> bool:
    """Has one person the two titles before the name ("Matron and Deputy Head: Jo Temple")?"""
    if len(drafts) < 2 or part.mark not in {"dash", "colon", "comma", "line", "bracket"}:
        return False
    first, second = drafts[-2:]
    bare = all(d.posts and not d.name and not d.organisations for d in (first, second))
    one = not is_plural_post(first.post or "") and not is_plural_post(second.post or "")
    return bare and one and ";" not in second.joiner and mark_between(second.joiner) in _APART


def _join_posts(drafts: list[Draft]) -> None:
    """Make one draft of the last two."""
    second = drafts.pop()
    first = drafts[-1]
    first.posts += [" ".join(f"|{second.joiner}|".split())[1:-1], *second.posts]
    first.end = second.end


def _only_says_lead(part: Part, following: Sequence[Part]) -> bool:
    """A label before a colon or dash; "Lead Officer" is a title where the holder has no other."""
    if not following or following[0].mark not in _TIGHT:
        return False
    if is_label(part.text):
        return True
    other = following[0].label == "POST" or (
        len(following) > 1 and following[1].label == "POST" and following[1].mark in _BEHIND
    )
    return other and is_role(part.text)


def _is_shared(part: Part, draft: Draft) -> bool:
    """A title of several people behind their names ("Joint Heads of Therapy")."""
    return part.mark not in _APART and draft.name is not None and is_plural_post(part.text)


def _share(drafts: Sequence[Draft]) -> None:
    """Give the last draft's title to the bare names before it."""
    for draft in reversed(drafts[:-1]):
        if not draft.name or draft.posts or draft.organisations:
            return
        draft.posts = list(drafts[-1].posts)


def _begins(part: Part, draft: Draft, following: Sequence[Part]) -> bool:
    """Does `part` begin a new lead?"""
    after = following[0].mark if following else "start"
    if part.rank and draft.name and any(p.label == "PERSON" for p in following[:1]):
        return True
    if part.mark in _APART:
        if part.label == "POST" and _is_second_post(part, draft, following):
            return False
        if part.label == "ORG" and _is_in_second_post(part, draft, following):
            return False
        topic = part.label == "UNIT" or (part.label == "ORG" and not acts(part.text))
        return not (topic and draft.posts and ";" not in part.between)
    if part.label == "PERSON":
        return draft.name is not None or _has_own_post(part, draft, following)
    if part.label == "POST":
        return _post_begins(part, draft)
    if part.label in {"ORG", "UNIT"} and _goes_on(part, draft):
        return False
    if part.label == "ORG" and part.mark == "line" and draft.body_first:
        return True
    if part.label == "ORG":
        heads_next = part.mark == "line" and after in _TIGHT
        return heads_next or not (draft.name or draft.posts)
    return False


def _goes_on(part: Part, draft: Draft) -> bool:
    """Does the body's name go on ("Housing Options Team, Thornby Council")?"""
    if not draft.organisations or draft.posts:
        return False
    unit = not acts(draft.organisations[-1])
    return part.mark == "space" or (part.mark == "comma" and unit and is_employer(part.text))


def _has_own_post(part: Part, draft: Draft, following: Sequence[Part]) -> bool:
    """Is the title on the line above another lead's ("Head of Housing / Jo Temple (Named GP)")?"""
    behind = any(p.label == "POST" and p.mark in _BEHIND for p in following[:1])
    return part.mark == "line" and bool(draft.posts) and not draft.rank and behind


def _is_second_post(part: Part, draft: Draft, following: Sequence[Part]) -> bool:
    """Has the person two titles ("Jo Temple, Matron and Safeguarding Lead")?

    Not behind a closed bracket, nor where a name follows that the title belongs to.
    """
    if not draft.held or part.rank or any(sign in part.between for sign in ";)]|"):
        return False
    next_name = following[:1] and following[0].label == "PERSON"
    if next_name and following[0].mark in {"space", "dash", "colon", "bracket"}:
        return False
    return not is_plural_post(part.text)


def _is_in_second_post(part: Part, draft: Draft, following: Sequence[Part]) -> bool:
    """A body in a second title ("Matron and ICB Lead"), or a second one that is chaired."""
    if any(sign in part.between for sign in ";)]|"):
        return False
    if draft.posts and _chairs(draft) and not is_employer(part.text):
        return True
    titled = following[:1] and following[0].label == "POST" and following[0].mark == "space"
    return bool(titled) and draft.held and " " not in part.text


def _chairs(draft: Draft) -> bool:
    return any(word.casefold() in words("chairs") for word in (draft.post or "").split())


def _post_begins(part: Part, draft: Draft) -> bool:
    if part.mark in {"bracket", "space"}:
        return False
    if draft.name:
        if part.mark == "line" and draft.held and _heads_service(part):
            return True
        # "Name, Post" on one line: the next line's post is another lead's.
        listed = part.mark == "line" and (draft.inline or (draft.rank and _is_elsewhere(part)))
        return listed or (draft.post_first and not draft.rank)
    return bool(draft.posts) and not (draft.rank or part.mark in _TIGHT)


def _heads_service(part: Part) -> bool:
    """Does the title begin "Head of" or "Director of", or with a rank? So begins another's."""
    first, *more = part.text.casefold().split()
    ranked = first in _first_ranks()
    return ranked or (first in {"head", "director"} and more[:1] == ["of"])


@cache
def _first_ranks() -> frozenset[str]:
    return frozenset(rank.split()[0].casefold() for rank in phrases("ranks")) - words("topics")


def _is_elsewhere(part: Part) -> bool:
    """A title in short form and its service ("ACO Probation"): nobody has it beside a rank."""
    first, *more = part.text.split()
    return first in phrases("post_short") and bool(find(" ".join(more)))


def _add(part: Part, draft: Draft) -> None:
    draft.end = part.end
    if part.label == "PERSON":
        draft.name = part.text
        draft.post_first = draft.name_last = bool(draft.posts)
        draft.body_first = bool(draft.organisations)
    elif _is_body(part, draft) and not (draft.posts and part.mark in _APART):
        if draft.organisations and part.mark == "comma":
            draft.organisations[-1] += ","
        draft.organisations.append(part.text)
    else:
        _add_post(part, draft)


def _is_body(part: Part, draft: Draft) -> bool:
    """A body; behind a job title a unit is part of the title, and so is what a chair chairs."""
    if part.label not in {"ORG", "UNIT"}:
        return False
    known = find(part.text)
    unit = part.label == "UNIT" or any(body.unit for body in known)
    if draft.posts:
        if _is_unit_short(part, draft) or _is_part_of_title(part):
            return False
        chaired = draft.posts[-1].split()[-1].casefold() in words("chairs")
        return not unit and not (chaired and part.mark == "comma" and not known)
    return bool(known) or not unit or not draft.name


def _is_part_of_title(part: Part) -> bool:
    """A department or topics behind a title, not a body that acts."""
    return are_topics(part.text) and not acts(part.text)


def _is_unit_short(part: Part, draft: Draft) -> bool:
    """A short form behind a title that is no body by itself ("Lead, CHC", "DI Bell (CAIU)").

    Behind a rank that is any but an employer; behind another title any that nobody knows.
    """
    text = part.text
    if " " in text or not text.isupper() or is_employer(text):
        return False
    unknown = not find(text) and not _EMPLOYER_END.search(text)
    return draft.rank or (unknown and part.mark != "line")


def _add_post(part: Part, draft: Draft) -> None:
    if draft.posts and part.mark in _APART:
        draft.posts.append(" ".join(f"|{part.between}|".split())[1:-1])  # "and", "/" as printed
    elif draft.posts:
        apart = draft.name_last or part.mark not in {"line", "space"}
        draft.posts.append(", " if apart else " ")
    draft.name_last = False
    draft.held |= bool(draft.name)
    draft.inline |= bool(draft.name) and part.mark in {"comma", "dash", "bracket"}
    draft.posts.append(part.text)
    draft.rank = part.rank if len(draft.posts) == 1 else draft.rank
