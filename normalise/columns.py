"""Column headers to fields.

A field is a short name such as ``lead``; two fields in one column are written ``lead+target``.
The phrases are in ``data/columns.toml``; docs/columns.md explains how a header is matched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from actionplan.normalise.header_groups import SubHeader, sub_headers, told_apart
from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.settings import NormaliseSettings
from actionplan.normalise.vocabulary import load
from actionplan.schemas.tables import Column, LogicalTable

Basis = Literal["header", "override", "cells", "above", "none"]

UNKNOWN = "unknown"
# Pairs that one column may hold; the cell is taken apart after reading.
PAIRS: tuple[tuple[str, str], ...] = (
    ("number", "recommendation"),
    ("agency", "lead"),
    ("lead", "target"),
    ("target", "status"),
    ("target", "completion"),
    ("target", "progress"),
    ("progress", "status"),
    ("completion", "status"),
    ("completion", "outcome"),
)

# "Progress and evidence" tells of one thing: what was done, and what shows it.
_TOLD_WITH_PROGRESS = frozenset({"measures", "outcome", "milestones", "planned_milestones"})
_SURE_BELOW = 0.95  # least score of a header below a group that is read without the group's words

_NUMBER_SIGNS = frozenset({"#", "№"})
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_WORD = re.compile(r"[^\w%]+")
_PART = re.compile(r"\s*(?:/|&|,|\+|;|\band\b|\n)\s*", re.IGNORECASE)
_LINKING = frozenset({"of", "for", "to", "by", "against", "in", "on", "from"})
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_HEADER_DATE = re.compile(
    rf"(?:\b(?:as )?(?:at|of|on)\s+)?"
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s*[’'‘]?\d{{2,4}}"
    rf"|\bQ[1-4]\s*\d{{2,4}}(?:[/-]\d{{2,4}})?)",
    re.IGNORECASE,
)


class Vocabulary(NamedTuple):
    """Header phrases (lower case, no punctuation) and the field of each; `fields` lists them."""

    phrases: Mapping[str, str]
    squeezed: Mapping[str, str]
    fields: tuple[str, ...]


class HeaderMatch(NamedTuple):
    """The field that a header names, how surely (0..1), and the label of its cells' updates."""

    field: str
    score: float
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column of a table holds.

    Attributes:
        index: position, from 0.
        header: header as printed, on one line.
        field: field name, or two joined by ``+``.
        score: 0..1, how sure the field is.
        basis: what told the field.
        label: label of every update in the column (a header that carries a date), or None.
    """

    index: int
    header: str
    field: str
    score: float = 1.0
    basis: Basis = "header"
    label: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The one or two fields of the column."""
        return _joined_fields(self.field)


@cache
def _joined_fields(field: str) -> tuple[str, ...]:
    return tuple(field.split("+"))


def plain(text: str) -> str:
    """Return `text` in lower case with ``&`` written out and punctuation dropped."""
    text = text.replace("&", " and ").replace("’", "").replace("'", "")
    return " ".join(_NO_WORD.sub(" ", text.casefold()).split())


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the header phrases of ``data/columns.toml``."""
    source = resources.files("actionplan.normalise") / "data" / "columns.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    phrases = {
        plain(phrase): name
        for name, lists in table.items()
        for phrase in (*lists["observed"], *lists["aliases"])
    }
    squeezed = {phrase.replace(" ", ""): name for phrase, name in phrases.items()}
    return Vocabulary(phrases, squeezed, (*table, UNKNOWN))


def match_header(column: Column, settings: NormaliseSettings | None = None) -> HeaderMatch:
    """Return the field that the header of `column` names; ``unknown`` with score 0 if none."""
    header = column.header
    if header.strip() in _NUMBER_SIGNS:
        return HeaderMatch("number", 1.0)
    if not plain(header):
        return HeaderMatch(UNKNOWN, 0.0)
    return _dated(header) or _first(
        HeaderMatch("action", 0.9) if taken_and_planned(header) else None,
        # "Lead / Agency" are two fields, "Lead Agency" is one.
        _pair(column) if "/" in header else None,
        _exact(plain(header), 1.0),
        _exact(plain(_BRACKETS.sub(" ", header)), 0.97),
        _pair(column),
        _leading_lines(column),
        _within(plain(_BRACKETS.sub(" ", header))),
        _alike(plain(header), settings or NormaliseSettings()),
    )


def asks_whether_done(header: str) -> bool:
    """`header` is a question that a word and a date answer ("Completed?")."""
    words = set(plain(header).split())
    asked = header.rstrip().endswith("?") and not words & {"what", "how", "who"}
    return asked and bool(words & set(load("header_words")["taken"]))


def taken_and_planned(header: str) -> bool:
    """`header` names actions taken and actions planned in one column."""
    return bool(_both_kinds().search(plain(header.replace("/", " or "))))


@cache
def _both_kinds() -> re.Pattern[str]:
    words = load("header_words")
    # "Action to be taken" is planned alone; "RAG status of actions ..." holds no actions.
    taken = rf"(?<!to be ){any_phrase(words['taken'])}"
    planned, join = any_phrase(words["planned"]), r"\b(?:\w+ ){0,3}?(?:and|or) (?:\w+ ){0,3}?"
    kinds = rf"(?:{taken} {join}{planned}|{planned} {join}{taken})"
    return re.compile(rf"^(?:\w+ )?{any_phrase(words['actions'])} (?:\w+ ){{0,3}}?{kinds}\b")


def _first(*matches: HeaderMatch | None) -> HeaderMatch:
    return next((match for match in matches if match), HeaderMatch(UNKNOWN, 0.0))


def _exact(phrase: str, score: float) -> HeaderMatch | None:
    words = vocabulary()
    # A narrow column wraps within words: "Recommendatio n".
    name = words.phrases.get(phrase) or words.squeezed.get(phrase.replace(" ", ""))
    return HeaderMatch(name, score) if name else None


def _dated(header: str) -> HeaderMatch | None:
    """Match "Update 24/12/2018": a date makes a column of progress the update of that date."""
    date = _HEADER_DATE.search(header)
    if not date:
        return None
    rest = plain(header[: date.start()] + " " + header[date.end() :])
    match = _first(_exact(rest, 0.97), _within(rest)) if rest else HeaderMatch("progress", 0.8)
    if match.field in ("progress", UNKNOWN):
        return HeaderMatch("progress", match.score or 0.6, " ".join(header.split()))
    return HeaderMatch(match.field, match.score)


def _pair(column: Column) -> HeaderMatch | None:
    """Match a header that names two fields: "Lead / Timescale", or one on each of two lines."""
    lines = [line.text for line in column.lines]
    candidates = [_PART.split(_BRACKETS.sub(" ", column.header))]
    candidates += [[" ".join(lines[:cut]), " ".join(lines[cut:])] for cut in range(1, len(lines))]
    for parts in candidates:
        matches = [_part(plain(part)) for part in parts if plain(part)]
        names = [match.field for match in matches if match]
        if len(names) == len(matches) == 2:
            if "progress" in names and set(names) & _TOLD_WITH_PROGRESS:
                return HeaderMatch("progress", 0.95)
            for pair in PAIRS:
                if set(names) == set(pair):
                    return HeaderMatch("+".join(pair), 0.95)
    return None


def _part(phrase: str) -> HeaderMatch | None:
    """The field that one part of a header names ("Lead agency / officer")."""
    if phrase in load("header_words")["half_leads"]:
        return HeaderMatch("lead", 1.0)
    return _exact(phrase, 1.0)


def _leading_lines(column: Column) -> HeaderMatch | None:
    """Match the first lines alone: prompts may be printed below the header proper."""
    lines = [line.text for line in column.lines]
    for count in range(len(lines) - 1, 0, -1):
        match = _exact(plain(" ".join(lines[:count])), 0.95)
        if match:
            return match
    return None


def _within(header: str) -> HeaderMatch | None:
    """Match by a known phrase at the start or the end of a header, or else inside it."""
    words = header.split()
    found = list(_phrases_in(words))
    if not found:
        return None
    starts = [item for item in found if item[0] == 0]
    ends = [item for item in found if item[1] == len(words)]
    # "Recommendation status" is a status, "Status of the recommendation" as well.
    compound = len(words) <= 4 and not _LINKING.intersection(words)
    order = (ends, starts) if compound else (starts, ends)
    for group, score in ((order[0], 0.9), (order[1], 0.85), (found, 0.8)):
        if group:
            best = max(group, key=lambda item: (item[1] - item[0], -item[0]))
            return HeaderMatch(best[2], score)
    return None


def _phrases_in(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """All known phrases of four letters and more in `words`: start, end, field."""
    phrases = vocabulary().phrases
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            phrase = " ".join(words[start:end])
            name = phrases.get(phrase)
            if name and len(phrase) >= 4 and phrase not in _VAGUE:
                yield start, end, name


# Phrases that name a field only as the whole header.
_VAGUE = frozenset({"what", "when", "time", "item", "area", "level", "source", "page", "cost"})


def _alike(header: str, settings: NormaliseSettings) -> HeaderMatch | None:
    if len(header) < 4:
        return None
    best = process.extractOne(
        header, list(vocabulary().phrases), scorer=fuzz.ratio, score_cutoff=settings.header_match
    )
    return HeaderMatch(vocabulary().phrases[best[0]], best[1] / 105) if best else None


def map_headers(
    table: LogicalTable,
    override: Mapping[str, str] | None = None,
    settings: NormaliseSettings | None = None,
) -> list[ColumnRole]:
    """Return the role of each column of `table` as far as its header tells.

    Args:
        table: any logical table.
        override: header as printed (case and punctuation do not count), or the column's place
            from 1 as digits, to a field name; it wins over everything else.
        settings: thresholds.

    Raises:
        ValueError: `override` names a field that does not exist.
    """
    chosen = _checked(override or {})
    roles = []
    groups = sub_headers(table.columns)
    for index, (column, group) in enumerate(zip(table.columns, groups, strict=True)):
        header = " ".join(column.header.split())
        field = chosen.get(plain(header)) or chosen.get(str(index + 1))
        if field:
            roles.append(ColumnRole(index, header, field, basis="override"))
            continue
        match = _grouped(group) or match_header(column, settings)
        basis: Basis = "none" if match.field == UNKNOWN else "header"
        roles.append(ColumnRole(index, header, match.field, match.score, basis, match.label))
    return _action_numbers(_mixed_actions(told_apart(roles)))


def _grouped(group: SubHeader | None) -> HeaderMatch | None:
    """The field of a column below a header over several, where its own words tell it."""
    if group is None:
        return None
    told = group.told_by_group
    if told:
        return HeaderMatch(told, 0.95)
    match = match_header(group.column)
    return match if match.score >= _SURE_BELOW else None


def _mixed_actions(roles: list[ColumnRole]) -> list[ColumnRole]:
    """Beside a column of actions one of "Action taken / planned" tells the progress."""
    mixed = {
        role.index for role in roles if role.basis == "header" and taken_and_planned(role.header)
    }
    plans = {"action", "action_agency"}
    if not any(role.field in plans and role.index not in mixed for role in roles):
        return roles
    return [replace(role, field="progress") if role.index in mixed else role for role in roles]


def _action_numbers(roles: list[ColumnRole]) -> list[ColumnRole]:
    """A number column between the recommendation and the action counts the actions."""
    for left, role, right in zip(roles, roles[1:], roles[2:], strict=False):
        before = "recommendation" in left.fields
        if before and role.field == "number" and right.field in ("action", "action_agency"):
            roles[role.index] = replace(role, field="action_number")
    return roles


def with_fields(roles: Sequence[ColumnRole], fields: Mapping[int, str]) -> list[ColumnRole]:
    """Return `roles` with other fields for the columns at these places, from 0.

    Raises:
        ValueError: a field does not exist.
    """
    chosen = {role.index: fields[role.index] for role in roles if role.index in fields}
    _checked({str(index + 1): field for index, field in chosen.items()})
    return [
        replace(role, field=chosen[role.index], score=1.0, basis="override", label=None)
        if role.index in chosen
        else role
        for role in roles
    ]


def _checked(override: Mapping[str, str]) -> dict[str, str]:
    known = vocabulary().fields
    for header, field in override.items():
        for part in field.split("+"):
            if part not in known:
                raise ValueError(
                    f"column {header!r}: there is no field {part!r}; choose from {', '.join(known)}"
                )
    return {plain(header): field for header, field in override.items()}


def has_header(table: LogicalTable) -> bool:
    """Tell whether any column of `table` carries a header."""
    return any(column.header.strip() for column in table.columns)


def same_widths(one: LogicalTable, other: LogicalTable, tolerance: float = 0.03) -> bool:
    """Tell whether two tables have the same columns.

    Compares each column's share of the table's width; `tolerance` is the greatest difference, as
    a share of the width (0.03 of a landscape page are 20 points, less than any column of text).
    """
    if len(one.columns) != len(other.columns) or not one.columns:
        return False
    pairs = zip(_shares(one), _shares(other), strict=True)
    return all(abs(left - right) <= tolerance for left, right in pairs)


def _shares(table: LogicalTable) -> list[float]:
    width = table.columns[-1].x1 - table.columns[0].x0
    if width <= 0:
        return [0.0 for _ in table.columns]
    return [(column.x1 - column.x0) / width for column in table.columns]
