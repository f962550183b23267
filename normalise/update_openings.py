"""What stands before the date of a label: "Panel meeting", "Complete", "Children's Services –"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from actionplan.normalise.phrases import any_phrase
from actionplan.normalise.vocabulary import load

Kind = Literal["bare", "word", "named", "body", "unparted", "state", "told", "preposition", "bold"]

# Most words before a date: of a named report, and of a body.
_NAMED, _BODY = 9, 6
_WORD = re.compile(r"[\w'’./&-]+")


class Opening(NamedTuple):
    """The words before a label's date.

    Attributes:
        kind: ``word`` is "Update" and the like; ``named`` a report or meeting; ``state`` how far
            it is ("Completed"), ``told`` with a preposition ("Completed in"); ``bare`` nothing.
        state: the state as printed.
        may_have_year: a bare year may be its date.
        ends_in_noun: the word before the date names a report or meeting ("Panel meeting"), and
            is not what was done with it ("Letter sent").
    """

    kind: Kind
    state: str = ""
    may_have_year: bool = False
    ends_in_noun: bool = False


def read_opening(before: str) -> Opening | None:
    """Return what `before`, all that stands before a date, makes of it; None for a sentence.

    Args:
        before: text after `dates_forms.PLAIN`, from the start of a line on.
    """
    if _worded().fullmatch(before):
        return Opening("word" if re.search(r"\w", before) else "bare", may_have_year=True)
    text = before.strip().strip("[(").strip()
    state = _state().match(text)
    if state and not text[state.end() :].strip(_MARKS):
        return Opening("state", state["state"])
    if state and _is_preposition(text[state.end() :].strip(_MARKS)):
        return Opening("told", state["state"])
    if state and _worded().fullmatch(text[state.end() :].lstrip(_MARKS) + " "):
        return Opening("state", state["state"])
    if _is_preposition(text):
        return Opening("preposition")
    words = [word for word in _WORD.findall(text) if word.strip("-./&'’") or word == "&"]
    if not words or re.search(r"[.!?;]\s", text):
        return None
    if _is_named(words):
        last = words[-1].lower()
        return Opening(
            "named",
            may_have_year=last in _set("with_year"),
            ends_in_noun=last in _set("heads") or last in _set("bodies"),
        )
    parted = before.rstrip().endswith(("-", ",", ":", "(", "[")) or _INITIALS.fullmatch(text)
    if parted and _is_body(words):
        return Opening("body")
    # "Midwifery March 2022 -": nothing parts them, so the last word has to say that it is a body.
    own = words[-1].lower() in _set("bodies") - _set("activities") and words[0][0].isupper()
    return Opening("unparted") if own and _is_body(words) else None


_MARKS = " :,-([)]"
# Two capitals to six; a name's small particle may stand between them ("RMcC", "JvdB", "KO'N").
INITIALS = r"[A-Z](?:(?:[a-z]{1,3}|[Oo]['’])?[A-Z]){1,5}(?![a-z])"
_INITIALS = re.compile(rf"{INITIALS}(?:\s?[/&,+]\s?{INITIALS})*|(?:[A-Z]\.){{2,3}}")


@cache
def _worded() -> re.Pattern[str]:
    """What "Update" and "Email dated" look like, with what parts them from their date."""
    words = load("labels")
    before, between = any_phrase(words["before"]), any_phrase(words["between"])
    return re.compile(
        rf"[\[(]?\s*(?:{before}(?:\s+no\.?)?(?:\s+\d{{1,2}})?"
        rf"(?:\s*[:;,(-]\s*|\s+{between}(?!\w))*\s*(?:the\s+)?)?[\[(]?\s*",
        re.IGNORECASE,
    )


@cache
def _state() -> re.Pattern[str]:
    states = any_phrase(load("label_words")["states"])
    return re.compile(
        rf"(?:(?:rag|status|rag\s+status)\s*[:-]?\s*)?(?P<state>{states})(?!\w)", re.IGNORECASE
    )


@cache
def _is_preposition(text: str) -> bool:
    words = any_phrase(load("label_words")["prepositions"])
    return bool(re.fullmatch(rf"{words}(?:\s+the)?", text, re.IGNORECASE))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("label_words")[name])


def _is_named(words: Sequence[str]) -> bool:
    """A noun that names a report or meeting, and only such words as may stand with it."""
    lowered = [word.lower().strip("./") for word in words]
    if len(words) > _NAMED or lowered[0] in _set("sentence_openers") - {"the"}:
        return False
    heads, modifiers = _set("heads"), _set("modifiers")
    pairs = {" ".join(pair) for pair in pairwise(lowered)}
    if not (heads & ({*lowered} | pairs)) or _finite() & {*lowered}:
        return False
    return all(
        word[0].isupper()
        or word[0].isdigit()
        or low in heads
        or low in modifiers
        or all(part in modifiers or part in heads or part.isdigit() for part in low.split("-"))
        for word, low in zip(words, lowered, strict=True)
    )


def _is_body(words: Sequence[str]) -> bool:
    """Initials, a person or a body: every word with a capital, but for "and", "of", "the"."""
    lowered = [word.lower().strip("./") for word in words]
    if len(words) > _BODY or lowered[0] in _set("sentence_openers") or _finite() & {*lowered}:
        return False
    if not words[0][0].isupper():
        return lowered[-1] in _set("bodies") and all(
            low in _set("modifiers") for low in lowered[:-1]
        )
    small = {"and", "&", "of", "the", "for"}
    return all(
        word[0].isupper() or word[0].isdigit() or low in small or low in _set("bodies")
        for word, low in zip(words, lowered, strict=True)
    )


@cache
def _finite() -> frozenset[str]:
    return frozenset(load("labels")["finite"]) - {"and", "to", "of", "may"}
