"""What rules, trained model and layout are worth: lead cells of the evaluation set.

python benchmarks/ablation.py [--no-layout-model FILE] [--shapes]

FILE is a model that has learnt without line breaks and bold type:
``python -m training.leads --no-layout -o FILE``. "Without layout" means that a cell is one line.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from field_cells import Compared, Tally, Truth, cells, leads

from actionplan.normalise import lead_model, nlp
from actionplan.normalise.lead_model_net import LeadNets, from_bytes
from actionplan.normalise.lead_parts import Run

Reader = Callable[[nlp.BlockKey], nlp.Reading]


@dataclass(frozen=True)
class Way:
    """One way of reading: its name, its reader, whether cells keep their lines, its model."""

    name: str
    read: Reader
    layout: bool = True
    model: LeadNets | None = None

    def load(self) -> LeadNets:
        """The model of this way."""
        return self.model or lead_model.load()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--no-layout-model", type=Path, help="a model trained without layout")
    parser.add_argument("--shapes", action="store_true", help="each way of writing by itself")
    options = parser.parse_args()
    rows = {way.name: measure(way) for way in ways(options.no_layout_model)}
    print(board(rows) + "\n\n" + doubts(rows))
    if options.shapes:
        print("\n" + by_shape(rows))


def ways(no_layout: Path | None) -> list[Way]:
    """All ways of reading that are compared."""
    both = nlp.read
    found = [
        Way("rules", nlp.read_by_rules),
        Way("model", by_model),
        Way("both", both),
        Way("rules, no layout", nlp.read_by_rules, layout=False),
    ]
    if no_layout:
        model = from_bytes(no_layout.read_bytes())
        found += [
            Way("model, no layout", by_model, layout=False, model=model),
            Way("both, no layout", both, layout=False, model=model),
        ]
    return found


def by_model(block: nlp.BlockKey) -> nlp.Reading:
    """Read a block by the model alone."""
    (doc,) = nlp.pipeline().pipe([nlp.as_doc(block)])
    doc.spans["leads"] = doc.spans["lead_model"]
    runs = [
        Run(span.label_, span.start_char, span.end_char, nlp.SURE_RUN)
        for span in doc.spans["leads"]
    ]
    return nlp.Reading(tuple(runs), *nlp.count_words(doc, "leads"))


def measure(way: Way) -> list[Compared]:
    """Read all lead cells."""
    reader = nlp.pipeline().get_pipe("actionplan_lead_model")
    with (
        patch.object(nlp, "read", way.read),
        patch.object(nlp, "_READINGS", {}),
        patch.object(reader, "layout", way.layout),
        patch.object(nlp, "load", way.load),
    ):
        return [leads(_cell(truth, way.layout)) for truth in cells("leads")]


def _cell(truth: Truth, layout: bool) -> Truth:
    if layout:
        return truth
    return {**truth, "text": " ".join(truth["text"].split()), "bold": []}


def _tally(rows: Sequence[Compared]) -> Tally:
    tally = Tally()
    for row in rows:
        tally.add(*row.counts["leads"])
    return tally


def board(rows: dict[str, list[Compared]]) -> str:
    """Return precision, recall and F1 of whole leads, and the share of cells wholly right."""
    lines = [
        "| read by | precision | recall | F1 | study | held out | cells right, held out |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, all_rows in rows.items():
        tally, study, held = _tally(all_rows), _tally(all_rows[::2]), _tally(all_rows[1::2])
        whole = sum(row.is_right for row in all_rows[1::2]) / len(all_rows[1::2])
        figures = (tally.precision, tally.recall, tally.f1, study.f1, held.f1, whole)
        lines.append(f"| {name} | {' | '.join(f'{one:.3f}' for one in figures)} |")
    return "\n".join(lines)


def doubts(rows: dict[str, list[Compared]]) -> str:
    """Return how often a cell is wrong where rules and model agree, and where they differ."""
    lines = [
        "| cells | rules and model | number | wrong in the end | share |",
        "| --- | --- | --- | --- | --- |",
    ]
    triples = list(zip(rows["rules"], rows["model"], rows["both"], strict=True))
    for half, some in (("study", triples[::2]), ("held out", triples[1::2])):
        for title, alike in (("agree", True), ("differ", False)):
            ends = [both for one, two, both in some if (one.shown == two.shown) is alike]
            wrong = sum(not both.is_right for both in ends)
            share = f"{wrong / len(ends):.2f}" if ends else ""
            lines.append(f"| {half} | {title} | {len(ends)} | {wrong} | {share} |")
    return "\n".join(lines)


def by_shape(rows: dict[str, list[Compared]]) -> str:
    """Return F1 by way of writing."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for at, truth in enumerate(cells("leads")):
        shapes[truth["shape"]].append(at)
    lines = [f"| shape | {' | '.join(rows)} |", f"| --- | {' | '.join('---' for _ in rows)} |"]
    for shape, places in shapes.items():
        found = [_tally([some[at] for at in places]).f1 for some in rows.values()]
        lines.append(f"| {shape} | {' | '.join(f'{one:.2f}' for one in found)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
