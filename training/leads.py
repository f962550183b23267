"""Train the model for lead cells: ``python -m training.leads`` writes normalise/models/leads.npz.

Runs on one core for about four minutes. The same seed gives the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Adam, Optimizer, fix_random_seed, set_dropout_rate

from actionplan.normalise import nlp
from actionplan.normalise.lead_model import Tagged, tags_of
from actionplan.normalise.lead_model_net import TAGS, LeadNets, build, to_bytes
from actionplan.normalise.lead_model_words import flat
from training.cells import Example, examples

if TYPE_CHECKING:
    from thinc.api import Model

MODEL = Path(__file__).resolve().parent.parent / "normalise" / "models" / "leads.npz"


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How the model is trained.

    Attributes:
        seed: of the generated cells, the first weights and the order of the cells.
        nets: nets whose mean is the model; the seeds of the others follow `seed`.
        cells: generated cells for each net.
        epochs: times that each cell is seen.
        batch: cells between two steps.
        rate: size of the first step; it falls to nothing in a straight line.
        dropout: share of numbers left out of each layer while training.
        unlabelled: share of words whose labels are hidden: no word list is complete.
        strange: share of words that count as unknown: not all words of plans are generated.
        often: times that a word must occur outside names to be told apart.
        layout: False trains without line breaks and bold, to see what they are worth.
    """

    seed: int = 7
    nets: int = 3
    cells: int = 16_000
    epochs: int = 6
    batch: int = 48
    rate: float = 0.003
    dropout: float = 0.15
    unlabelled: float = 0.15
    strange: float = 0.12
    often: int = 6
    layout: bool = True


Labelled = tuple[Doc, list[int]]


def marked(cell: Example) -> Doc:
    """The cell's doc with its layout and with what the word lists know."""
    pipeline = nlp.pipeline()
    doc = pipeline.make_doc(cell.text)
    doc.user_data.update(early=cell.early, spaced=cell.spaced, bold=cell.bold)
    marker = pipeline.get_pipe("actionplan_vocabulary")
    out: Doc = marker(doc)
    return out


def known_words(cells: Sequence[Example], docs: Sequence[Doc], often: int) -> frozenset[str]:
    """Lower-case words that occur at least `often` times outside names of persons."""
    count: Counter[str] = Counter()
    for cell, doc in zip(cells, docs, strict=True):
        people = [(start, end) for start, end, label in cell.spans if label == "PERSON"]
        count.update(
            token.lower_
            for token in doc
            if not token.is_space and not any(a <= token.idx < b for a, b in people)
        )
    return frozenset(word for word, times in count.items() if times >= often)


def labelled(
    cells: Sequence[Example],
    docs: Sequence[Doc],
    known: frozenset[str],
    settings: TrainSettings,
) -> list[Labelled]:
    """Cells as the model sees them, each with its tags; cells whose spans share a token go."""
    rng = Random(settings.seed)
    out = []
    for cell, doc in zip(cells, docs, strict=True):
        words = flat(
            doc,
            known,
            layout=settings.layout,
            strange={token.i for token in doc if rng.random() < settings.strange},
            unlabelled={token.i for token in doc if rng.random() < settings.unlabelled},
        )
        place = {at: number for number, at in enumerate(words.at)}
        spans = []
        for start, end, label in cell.spans:
            span = doc.char_span(start, end, alignment_mode="expand")
            inside = [place[token.i] for token in span or () if token.i in place]
            spans.append(Tagged(inside[0], inside[-1] + 1, label))
        if all(a.end <= b.start for a, b in pairwise(spans)):
            out.append((words.doc, tags_of(spans, len(words.at))))
    return out


def train_leads(settings: TrainSettings) -> LeadNets:
    """Generate cells and return nets trained on them, each on cells of its own."""
    seeds = [settings.seed + number for number in range(settings.nets)]
    cells = {seed: list(examples(settings.cells, seed)) for seed in seeds}
    docs = {seed: [marked(cell) for cell in cells[seed]] for seed in seeds}
    known = known_words(
        [cell for seed in seeds for cell in cells[seed]],
        [doc for seed in seeds for doc in docs[seed]],
        settings.often * settings.nets,
    )
    nets = []
    for seed in seeds:
        own = replace(settings, seed=seed)
        nets.append(train(labelled(cells[seed], docs[seed], known, own), own))
    return LeadNets(tuple(nets), known)


def train(cells: Sequence[Labelled], settings: TrainSettings) -> Model[Any, Any]:
    """Return a net trained on `cells`."""
    fix_random_seed(settings.seed)
    net = build()
    optimiser = Adam(settings.rate, L2=0.0, grad_clip=1.0)
    rng = Random(settings.seed)
    order = list(range(len(cells)))
    steps = settings.epochs * -(-len(cells) // settings.batch)
    step = 0
    for epoch in range(settings.epochs):
        rng.shuffle(order)
        loss = 0.0
        for start in range(0, len(order), settings.batch):
            batch = [cells[at] for at in order[start : start + settings.batch]]
            optimiser.learn_rate = settings.rate * (1 - step / steps)
            loss += _step(net, batch, optimiser, settings.dropout)
            step += 1
        print(f"epoch {epoch + 1}: loss {loss / len(cells):.4f} a cell", file=sys.stderr)
    return net


def _step(
    net: Model[Any, Any], batch: Sequence[Labelled], optimiser: Optimizer, dropout: float
) -> float:
    """One step of the weights; the loss before it is returned (nats, summed over the words)."""
    set_dropout_rate(net, dropout)
    scores, backprop = net.begin_update([doc for doc, _ in batch])
    loss = 0.0
    slopes = []
    count = sum(len(tags) for _, tags in batch)
    for found, (_, tags) in zip(scores, batch, strict=True):
        truth = np.eye(len(TAGS), dtype=np.float32)[tags]
        loss -= float(np.log(np.maximum((found * truth).sum(axis=1), 1e-9)).sum())
        slopes.append((found - truth) / count)
    backprop(slopes)
    net.finish_update(optimiser)
    return loss


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = TrainSettings()
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    parser.add_argument("--nets", type=int, default=usual.nets)
    parser.add_argument("--cells", type=int, default=usual.cells)
    parser.add_argument("--epochs", type=int, default=usual.epochs)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--no-layout", action="store_true", help="leave layout out")
    options = parser.parse_args()
    settings = TrainSettings(
        seed=options.seed,
        nets=options.nets,
        cells=options.cells,
        epochs=options.epochs,
        layout=not options.no_layout,
    )
    model = train_leads(settings)
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_bytes(to_bytes(model))
    print(f"{options.output}: {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
