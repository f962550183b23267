"""Persons, posts and bodies of one block put together to leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_words import is_label

Mark = Literal["start", "line", "space", "comma", "dash", "colon", "bracket", "slash", "list"]
_APART: frozenset[Mark] = frozenset({"start", "slash", "list"})
_TIGHT: frozenset[Mark] = frozenset({"colon", "dash"})
_AND = re.compile(r"(?:^|\s)(?:and|&|\+)(?:\s|$)", re.IGNORECASE)


class Part(NamedTuple):
    """A run of text: PERSON, POST, ORG or UNIT, and what stands before it.

    `start` and `end` are offsets in the block's text; `rank` marks a post that is a rank alone.
    """

    label: str
    text: str
    start: int
    end: int
    mark: Mark
    rank: bool = False


@dataclass(slots=True)
class Draft:
    """A lead in the making."""

    start: int
    end: int
    name: str | None = None
    posts: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    post_first: bool = False
    rank: bool = False

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
    for at, part in enumerate(parts):
        after = parts[at + 1].mark if at + 1 < len(parts) else "start"
        if after == "colon" and is_label(part.text):
            continue
        if not drafts or _begins(part, drafts[-1], after):
            drafts.append(Draft(part.start, part.end))
        _add(part, drafts[-1])
    return drafts


def _begins(part: Part, draft: Draft, after: Mark) -> bool:
    """Does `part` begin a new lead?"""
    if part.mark in _APART:
        return not (part.label == "UNIT" and draft.posts)
    if part.label == "PERSON":
        return draft.name is not None
    if part.label == "POST":
        return _post_begins(part, draft)
    if part.label == "ORG":
        heads_next = part.mark == "line" and after in _TIGHT
        return heads_next or not (draft.name or draft.posts)
    return False


def _post_begins(part: Part, draft: Draft) -> bool:
    if part.mark in {"bracket", "space"}:
        return False
    if draft.name:
        return draft.post_first and not draft.rank
    return bool(draft.posts) and not (draft.rank or part.mark == "dash")


def _add(part: Part, draft: Draft) -> None:
    draft.end = part.end
    if part.label == "PERSON":
        draft.name = part.text
        draft.post_first = bool(draft.posts)
    elif part.label == "ORG" or (part.label == "UNIT" and _is_body(part, draft)):
        draft.organisations.append(part.text)
    else:
        _add_post(part, draft)


def _is_body(part: Part, draft: Draft) -> bool:
    """A unit by itself is a body; behind a name or post it is part of the post."""
    if draft.name or draft.posts:
        return part.mark != "space" and _stands_alone(part.text)
    return True


def _stands_alone(text: str) -> bool:
    """Departments that are bodies in their own right, not a team or unit of one."""
    return any(body.type == "department" and "team" not in text.casefold() for body in find(text))


def _add_post(part: Part, draft: Draft) -> None:
    if draft.posts:
        apart = draft.post_first or part.mark not in {"line", "space"}
        draft.posts.append(", " if apart else " ")
    draft.posts.append(part.text)
    draft.rank = part.rank if len(draft.posts) == 1 else draft.rank
