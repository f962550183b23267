"""One pass over a plan that keeps, replaces or drops the names of people in all of its texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, TypeVar

from actionplan.normalise.issues import ISSUES
from actionplan.normalise.privacy.fields import Kind, kinds_of
from actionplan.normalise.privacy.find import Name, find_names
from actionplan.normalise.privacy.known import Identity, People, fold, name_words
from actionplan.normalise.privacy.pseudonyms import DROPPED, Pseudonyms
from actionplan.normalise.privacy.without_text import without_text
from actionplan.schemas.plan import Issue, Lead, Model, Plan, Recommendation

PeopleMode = Literal["keep", "pseudonymise", "drop"]
_M = TypeVar("_M", bound=Model)
_PARTS = re.compile(r"[-_+.]")
_MISREAD = frozenset({"ocr-corrected", "ocr-low-confidence"})
"""Issues that quote single words of scans: a misread name is not known for one."""


@dataclass(frozen=True)
class Privacy:
    """What is to be done with the names of people, and with texts.

    Attributes:
        people: keep names, replace each by a pseudonym, or by ``[name]``.
        no_text: leave codes and dates only.
        secret: key of the pseudonyms; needed to make them.
    """

    people: PeopleMode = "keep"
    no_text: bool = False
    secret: bytes = b""

    def __post_init__(self) -> None:
        if self.people == "pseudonymise" and not self.secret:
            raise ValueError("pseudonyms need a secret")

    @property
    def changes(self) -> bool:
        """Does it change anything?"""
        return self.people != "keep" or self.no_text

    @cached_property
    def fingerprint(self) -> str:
        """Of all that decides what comes out; tells nothing of the secret. "" for no change."""
        if not self.changes:
            return ""
        key = Pseudonyms(self.secret).fingerprint if self.people == "pseudonymise" else ""
        facts = [_code(), self.people, str(self.no_text), key]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()

    def named(self, plan: Plan) -> Plan:
        """Return the plan with its texts, and names as `people` says; `plan` stays as it is."""
        if self.people == "keep":
            return plan
        pseudonyms = Pseudonyms(self.secret) if self.people == "pseudonymise" else None
        return _Pass(plan, pseudonyms).plan()

    def bare(self, plan: Plan) -> Plan:
        """Return a plan that `named` gave without its texts, if these are to go."""
        return without_text(plan, names=self.people == "pseudonymise") if self.no_text else plan


@cache
def _code() -> str:
    """Fingerprint of the modules and word lists that decide what is a name."""
    room = files("actionplan.normalise")
    folders = (room, room / "data", room / "privacy", room / "privacy" / "data")
    sha = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.iterdir(), key=lambda one: one.name):
            if path.name.endswith((".py", ".txt", ".toml")):
                sha.update(path.read_bytes())
    return sha.hexdigest()


class _Pass:
    """The names of one plan."""

    def __init__(self, plan: Plan, pseudonyms: Pseudonyms | None) -> None:
        self._plan = plan
        self._pseudonyms = pseudonyms
        self._people = People(plan.document.pseudonym)
        for lead in _leads(plan):
            self._people.add_lead(lead)
        known = self._people.size
        self._found = {text: find_names(text, self._people) for text in dict.fromkeys(texts(plan))}
        for name in (name for names in self._found.values() for name in names if name.whole):
            self._people.add(name.words)
        if self._people.size > known:
            self._found.clear()  # who is known now may be told elsewhere by a surname alone
        self._done: dict[tuple[str, tuple[str, ...]], str] = {}
        self._lead_columns = {
            section.id: {at for at, one in enumerate(section.columns) if "lead" in one.field}
            for section in plan.sections
        }

    def plan(self) -> Plan:
        plan = self._model(self._plan, ())
        plan.document.ocr_changes = []
        return plan

    def _model(self, model: _M, own: tuple[str, ...]) -> _M:
        """A copy of a record type; `own` are names that stand in it for sure."""
        if isinstance(model, Recommendation):
            leads = [*model.leads, *(lead for action in model.actions for lead in action.leads)]
            own = tuple(sorted({lead.name for lead in leads if lead.name}))
        if isinstance(model, Issue) and model.code in _MISREAD:
            return model.model_copy(update={"message": ISSUES[model.code].meaning})
        kinds = kinds_of(type(model))
        changes = {
            name: self._field(kinds.get(name), value, model, own)
            for name, value in model
            if value is not None and kinds.get(name) != "code"
        }
        return model.model_copy(update=changes)

    def _field(self, kind: Kind | None, value: Any, model: Model, own: tuple[str, ...]) -> Any:
        if kind is None:
            return self._nested(value, own)
        if kind == "subject" and not self._pseudonyms:
            return None  # "[name]" would make all reviews be of one person
        if kind == "name":
            return self._written(self._people.who(name_words(value) or (value,)))
        if kind == "file":
            return self._file(value)
        if kind == "evidence":
            return {code: [self._text(text, ()) for text in found] for code, found in value.items()}
        if kind == "cells" and isinstance(model, Recommendation):
            return self._cells(model, own)
        if isinstance(value, list):
            return [self._text(text, ()) for text in value]
        if kind == "subject":
            return self._subject(value)
        mine = (model.name,) if isinstance(model, Lead) and model.name else ()
        return self._text(value, mine or (own if _quotes(model) else ()))

    def _nested(self, value: Any, own: tuple[str, ...]) -> Any:
        if isinstance(value, Model):
            return self._model(value, own)
        if isinstance(value, list):
            return [self._nested(one, own) for one in value]
        return value

    def _cells(self, record: Recommendation, own: tuple[str, ...]) -> list[list[str]]:
        columns = self._lead_columns.get(record.section, set())
        return [
            [self._text(cell, own if at in columns else ()) for at, cell in enumerate(row)]
            for row in record.cells
        ]

    def _subject(self, name: str) -> str:
        """The made-up name; the word before a letter ("Adult B") stays, but for "Mr"."""
        found = self._text(name, ())
        return self._written(Identity((fold(name),), subject=True)) if found == name else found

    def _file(self, name: str) -> str:
        """A file's name: its words are parted by dashes, dots or underscores."""
        return self._replaced(name, find_names(_PARTS.sub(" ", name), self._people))

    def _text(self, text: str, own: tuple[str, ...]) -> str:
        """A text without the names that are found in it, and without those in `own`."""
        key = (text, own)
        if key not in self._done:
            names = self._found.get(text)
            if names is None:
                names = find_names(text, self._people)
            self._done[key] = self._replaced(text, _with_own(text, names, own))
        return self._done[key]

    def _replaced(self, text: str, names: Sequence[Name]) -> str:
        parts, place = [], 0
        for name in names:
            who = self._people.who(name.words)
            parts += [text[place : name.start], self._written(_as_found(who, name))]
            place = name.end
        return "".join([*parts, text[place:]])

    def _written(self, who: Identity) -> str:
        return self._pseudonyms.of(who) if self._pseudonyms else DROPPED


def _as_found(who: Identity, name: Name) -> Identity:
    """A given name alone that nobody in the document explains is none that links documents."""
    return Identity(who.words, who.subject or (name.subject and len(who.words) < 3))


def _with_own(text: str, names: list[Name], own: Sequence[str]) -> list[Name]:
    """The names found, and those of `own` wherever they stand and nothing longer was found."""
    for one in own:
        printed = r"\s+".join(map(re.escape, one.split()))
        for found in re.finditer(rf"(?<!\w){printed}(?!\w)", text):
            if all(found.end() <= name.start or name.end <= found.start() for name in names):
                words = name_words(one) or (one,)
                names = [*names, Name(*found.span(), words, False, False)]
    return sorted(names)


def _quotes(model: Model) -> bool:
    """Does the model quote cells of its record word by word?"""
    return isinstance(model, Issue)


def _leads(plan: Plan) -> Iterator[Lead]:
    for record in plan.recommendations:
        yield from record.leads
        for action in record.actions:
            yield from action.leads


def texts(model: Model) -> Iterator[str]:
    """All texts of a plan that may hold names."""
    kinds = kinds_of(type(model))
    for name, value in model:
        kind = kinds.get(name)
        if kind != "code" and value is not None:
            yield from _texts_in(value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, Model):
        yield from texts(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
