"""Persons, posts and bodies of one block put together to leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from actionplan.normalise.agency_gazetteer import find
from actionplan.normalise.lead_words import is_label, phrases, words

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
    name_last: bool = False
    rank: bool = False
    inline: bool = False

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
        if not drafts or _begins(part, drafts[-1], after, parts[at + 1 : at + 2]):
            drafts.append(Draft(part.start, part.end))
        _add(part, drafts[-1])
    return drafts


def _begins(part: Part, draft: Draft, after: Mark, following: Sequence[Part]) -> bool:
    """Does `part` begin a new lead?"""
    if part.rank and draft.name and any(p.label == "PERSON" for p in following):
        return True
    if part.mark in _APART:
        return not (part.label == "UNIT" and draft.posts)
    if part.label == "PERSON":
        return draft.name is not None or _has_own_post(part, draft, following)
    if part.label == "POST":
        return _post_begins(part, draft)
    if part.label == "ORG":
        heads_next = part.mark == "line" and after in _TIGHT
        return heads_next or not (draft.name or draft.posts)
    return False


def _has_own_post(part: Part, draft: Draft, following: Sequence[Part]) -> bool:
    """Is the title on the line above another lead's ("Head of Housing / Jo Temple (Named GP)")?"""
    behind = any(p.label == "POST" and p.mark in {"bracket", "comma", "dash"} for p in following)
    return part.mark == "line" and bool(draft.posts) and not draft.rank and behind


def _post_begins(part: Part, draft: Draft) -> bool:
    if part.mark in {"bracket", "space"}:
        return False
    if draft.name:
        # "Name, Post" on one line: the next line's post is another lead's.
        listed = part.mark == "line" and (draft.inline or _is_short_title(part))
        return listed or (draft.post_first and not draft.rank)
    return bool(draft.posts) and not (draft.rank or part.mark == "dash")


def _is_short_title(part: Part) -> bool:
    """A title in short form ("ACO Probation"): nobody has it beside a rank or another title."""
    return part.text.split()[0] in phrases("post_short")


def _add(part: Part, draft: Draft) -> None:
    draft.end = part.end
    if part.label == "PERSON":
        draft.name = part.text
        draft.post_first = draft.name_last = bool(draft.posts)
    elif _is_body(part, draft):
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
        chaired = draft.posts[-1].split()[-1].casefold() in words("chairs")
        return not unit and not (chaired and part.mark == "comma" and not known)
    return bool(known) or not unit or not draft.name


def _add_post(part: Part, draft: Draft) -> None:
    if draft.posts:
        apart = draft.name_last or part.mark not in {"line", "space"}
        draft.posts.append(", " if apart else " ")
    draft.name_last = False
    draft.inline |= bool(draft.name) and part.mark in {"comma", "dash", "bracket"}
    draft.posts.append(part.text)
    draft.rank = part.rank if len(draft.posts) == 1 else draft.rank
