"""Progress that running text tells: of one update, or of a recommendation's updates together.

A status is a reading; the evidence as printed stands beside it. docs/status.md has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionplan.normalise.status_column import status_word
from actionplan.normalise.status_cover import leaves_out
from actionplan.normalise.status_prose import read
from actionplan.normalise.status_sentence import Evidence
from actionplan.schemas.plan import Status, StatusBasis, StatusValue, Target, Update

# Longest evidence kept, in characters.
EVIDENCE = 160

# Most words of evidence that is a status word with no more than a date.
_BARE = 3
_NOT_BEGUN = ("unknown", "not_started")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[•●▪\uf000-\uf0ff]\s*")


def status_from_text(text: str) -> Status:
    """Return what `text` says of progress; basis ``text``, or ``none`` where it says nothing.

    What is still open outweighs what is done: "training completed, audit outstanding" is in
    progress. A status word that opens the text counts for the whole.
    """
    value, at, _ = read(text)
    if value == "unknown":
        return _status("unknown", "none", "")
    return _status(value, "text", _sentence(text, at))


def status_from_updates(
    updates: Sequence[Update], target: Target | None, actions: Sequence[str] = ()
) -> Status:
    """Return the status that a recommendation's updates tell, the latest dated one first.

    What waits or is put off after something was done is in progress. Labels without a year
    ("March:") count from the last one up, then what has no label.
    Where none tells any, the target's text is asked ("Completed June 2014"). What is done is in
    progress if the updates leave out one of several `actions`.
    """
    dated = [update for update in updates if update.date and update.date.start]
    dated.sort(key=lambda update: update.date.start if update.date and update.date.start else "")
    undated = [update for update in updates if update not in dated]
    labelled = [update.text for update in undated if update.label]
    rest = " ".join(update.text for update in undated if not update.label)
    said = _of_target(target)
    lasting = said
    if target is not None and target.kind == "recurring":
        lasting = _status("ongoing", "text", target.text or "")
    texts = [*(update.text for update in reversed(dated)), *reversed(labelled), rest]
    told = [(text, *read(text)) for text in texts]
    for place, (text, value, at, found) in enumerate(told):
        if value == "unknown":
            continue
        if lasting is not None and _goes_on(value, found, target):
            return lasting
        begun = any(earlier not in _NOT_BEGUN for _, earlier, *_ in told[place + 1 :])
        evidence = _sentence(text, at)
        partly = value == "completed" and not _is_bare(evidence) and leaves_out(actions, texts)
        now: StatusValue = "in_progress" if partly or (begun and value == "not_started") else value
        return _status(now, "text", evidence)
    return said or _status("unknown", "none", "")


def _is_bare(evidence: str) -> bool:
    """A status word that stands for the whole: "Completed.", "Done June 2014"."""
    return len(evidence.split()) <= _BARE and status_word(evidence) is not None


def _of_target(target: Target | None) -> Status | None:
    """What the words of a target cell say: "Completed June 2014", "Ongoing"."""
    if target is None or not target.text:
        return None
    value = status_word(target.text)
    if value in ("completed", "ongoing", "in_progress"):
        return _status(value, "text", target.text)
    return None


def _goes_on(value: StatusValue, found: Sequence[Evidence], target: Target | None) -> bool:
    """What has no end is not over because a part of it is done.

    Nor is it unfinished because a part is to come; only work under way outweighs "Ongoing".
    """
    if target is None or not (target.ongoing or target.kind in ("ongoing", "recurring")):
        return False
    if value == "completed" and target.kind == "date":
        return not found or found[0].kind not in ("finished", "done")
    kinds = {item.kind for item in found}
    return value == "completed" or (value == "in_progress" and not kinds & {"moving", "open"})


def _status(value: StatusValue, basis: StatusBasis, text: str) -> Status:
    return Status(value=value, basis=basis, text=text)


def _sentence(text: str, at: int) -> str:
    """The sentence of `text` around offset `at`, cut to `EVIDENCE` characters."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > at:
            return text[begin : match.start()].strip()[:EVIDENCE]
        begin = match.end()
    return text[begin:].strip()[:EVIDENCE]
