"""The trained model for lead cells: probabilities of tags, and the likeliest reading.

It is a few small nets, and what they give is their mean: they err in different cells, so the mean
reads better than any of them and is less often sure of what is wrong.

The weights lie in ``models/leads.npz``; `training.leads` makes them from generated cells. They are
read once, when the first cell is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from actionplan.normalise.lead_model_net import LABELS, TAGS, LeadNets, from_bytes

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats = NDArray[np.float32]
BATCH = 256
"""Cells that are read together: their words fit in the processor's cache."""
LEAST = 1e-6
"""Least probability of a tag; less would let one word outweigh all others."""


class Tagged(NamedTuple):
    """A run of words that the model reads as one part: places of its first and behind its last."""

    start: int
    end: int
    label: str


class ModelReading(NamedTuple):
    """What the model says of a cell.

    Attributes:
        spans: its likeliest reading.
        logs: logarithm of the probability of each tag (columns, `TAGS`) for each word (rows).
        score: sum of `logs` over the tags of `spans`.
    """

    spans: tuple[Tagged, ...]
    logs: Floats
    score: float


@cache
def load() -> LeadNets:
    """The trained nets."""
    data = resources.files("actionplan.normalise") / "models" / "leads.npz"
    return from_bytes(data.read_bytes())


def read_flat(docs: Iterable[Doc], model: LeadNets) -> Iterator[ModelReading]:
    """Read docs of `lead_model_words.flat`, many at a time."""
    docs = iter(docs)
    while batch := list(islice(docs, BATCH)):
        for scores in zip(*(net.predict(batch) for net in model.nets), strict=True):
            logs = np.log(np.maximum(sum(scores) / len(scores), LEAST))
            tags = likeliest(logs)
            yield ModelReading(spans_of(tags), logs, _sum(logs, tags))


def _allowed() -> Floats:
    """0 where the second tag may follow the first, minus infinity where it may not."""
    out = np.full((len(TAGS), len(TAGS)), -np.inf, dtype=np.float32)
    for i, first in enumerate(TAGS):
        for k, second in enumerate(TAGS):
            inside = first[0] in "BI"
            fits = second[0] in "IL" and second[2:] == first[2:] if inside else second[0] in "OBU"
            if fits:
                out[i, k] = 0.0
    return out


_ALLOWED = _allowed()
_MAY_BEGIN = np.array([0.0 if tag[0] in "OBU" else -np.inf for tag in TAGS], dtype=np.float32)
_MAY_END = np.array([0.0 if tag[0] in "OLU" else -np.inf for tag in TAGS], dtype=np.float32)


def likeliest(logs: Floats) -> list[int]:
    """The sequence of tags with the highest sum that makes whole spans (Viterbi)."""
    if not len(logs):
        return []
    best = logs[0] + _MAY_BEGIN
    back = []
    for row in logs[1:]:
        steps = best[:, None] + _ALLOWED
        back.append(steps.argmax(axis=0))
        best = steps.max(axis=0) + row
    tags = [int((best + _MAY_END).argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


def spans_of(tags: Sequence[int]) -> tuple[Tagged, ...]:
    """The spans that a sequence of tags makes."""
    out = []
    start = 0
    for at, name in enumerate(TAGS[tag] for tag in tags):
        if name[0] in "BU":
            start = at
        if name[0] in "LU":
            out.append(Tagged(start, at + 1, name[2:]))
    return tuple(out)


def tags_of(spans: Iterable[Tagged], count: int) -> list[int]:
    """The sequence of `count` tags that makes `spans`."""
    out = [0] * count
    for start, end, label in spans:
        first = 1 + 4 * LABELS.index(label)
        if end == start + 1:
            out[start] = first + 3
            continue
        out[start:end] = [first, *[first + 1] * (end - start - 2), first + 2]
    return out


def _sum(logs: Floats, tags: Sequence[int]) -> float:
    return float(logs[np.arange(len(tags)), tags].sum()) if len(tags) else 0.0
