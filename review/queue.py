"""The queue over all documents: doubtful records first."""

from __future__ import annotations

from collections.abc import Sequence

from actionplan.review.fields import record_label
from actionplan.review.model import QueueItem
from actionplan.review.settings import ReviewSettings
from actionplan.review.severity import is_settled, record_severity
from actionplan.review.showing import excerpt, first_page, issues_of
from actionplan.review.state import DocumentState


def items_of(state: DocumentState, settings: ReviewSettings) -> list[QueueItem]:
    """Return all records of a document as items of the queue, in the document's order."""
    facts = state.draft.document
    contested = {one["key"] for one in state.conflicts.values()}  # they come first
    found = []
    for place, (key, record) in enumerate(state.draft.records.items(), 1):
        doubts = [one for one in issues_of(record) if not is_settled(state, key, one.field)]
        mark = state.mark(key)
        reasons = [f"changed after it was {mark.state}"] if mark and mark.stale else []
        reasons += dict.fromkeys(one.message for one in doubts)
        found.append(
            QueueItem(
                name=state.name,
                document_title=facts["title"] or facts["name"],
                key=key,
                label=record_label(record, place),
                text=excerpt(record, settings),
                severity=1.0 if key in contested else record_severity(state, key),
                rank=1.0 if key in contested else record_severity(state, key, as_read=True),
                confidence=record["confidence"],
                reasons=tuple(reasons),
                mark=mark,
                page=first_page(record),
                position=place,
                edited=state.is_edited(key),
            )
        )
    return found


def ordered(items: Sequence[QueueItem]) -> list[QueueItem]:
    """Return items the gravest first; of equal ones by confidence, then as in their documents.

    What was in doubt when it was read counts: a record stays where it is while it is corrected,
    so that the next one is the next doubtful one.
    """
    return sorted(items, key=lambda one: (-one.rank, one.confidence, one.name, one.position))


def waits(item: QueueItem) -> bool:
    """Whether an item waits for a reviewer."""
    return item.mark is None or item.mark.stale


def neighbour(queue: Sequence[QueueItem], place: tuple[str, str], *, step: int) -> QueueItem | None:
    """Return the next waiting item before (`step` -1) or behind (1) `place`; the end is followed
    by the beginning.

    Args:
        queue: all items, those that do not wait included.
        place: document and record.
        step: the direction.
    """
    at = next((n for n, one in enumerate(queue) if (one.name, one.key) == place), None)
    if at is None:
        order = queue if step > 0 else list(reversed(queue))
    elif step > 0:
        order = [*queue[at + 1 :], *queue[:at]]
    else:
        order = [*reversed(queue[:at]), *reversed(queue[at + 1 :])]
    return next((one for one in order if waits(one)), None)
