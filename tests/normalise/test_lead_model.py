"""The trained model for lead cells: its cells, its training, its file, and the vote."""

from __future__ import annotations

import math
import subprocess
import sys
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from random import Random

import numpy as np
import pytest

from actionplan.normalise import lead_model, nlp
from actionplan.normalise.lead_model import (
    ModelReading,
    Tagged,
    likeliest,
    spans_of,
    tags_of,
)
from actionplan.normalise.lead_model_net import (
    LABELS,
    TAGS,
    NetSettings,
    from_bytes,
    to_bytes,
)
from actionplan.normalise.lead_model_words import UNKNOWN, flat
from actionplan.normalise.lead_parts import Run
from actionplan.normalise.lead_text import block_text
from actionplan.normalise.lead_vote import vote
from actionplan.normalise.leads import prepare_leads, read_leads
from tests.normalise.lead_cells import cell
from tests.normalise.lead_cells_model import CELLS, Marked
from training.cells import NARROW, Example, early_breaks, examples, wrap
from training.leads import TrainSettings, train_leads

EVALUATION = Path(__file__).parent.parent / "evaluation" / "leads.toml"
LARGEST = 6_000_000
"""Bytes that the model may take in the package."""
TINY = TrainSettings(nets=2, cells=60, epochs=1)


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def generated() -> tuple[Example, ...]:
    usual = TrainSettings()
    seeds = range(usual.seed, usual.seed + usual.nets)
    return tuple(one for seed in seeds for one in examples(usual.cells, seed))


@cache
def trained_spans() -> frozenset[str]:
    return frozenset(
        folded(one.text[start:end]) for one in generated() for start, end, _ in one.spans
    )


# The model reads


def marked(text: str) -> list[tuple[str, str]]:
    doc = nlp.pipeline()(text)
    return [(span.label_, " ".join(span.text.split())) for span in doc.spans["lead_model"]]


def test_most_cells_written_by_hand_are_marked_right() -> None:
    wrong = [text for text, spans in CELLS if marked(text) != spans]
    assert len(wrong) <= 0.15 * len(CELLS), wrong


@pytest.mark.parametrize("entry", CELLS, ids=[text[:30] for text, _ in CELLS])
def test_cells_written_by_hand_are_not_trained_on(entry: Marked) -> None:
    assert not {folded(span) for _, span in entry[1]} & trained_spans()


def test_nothing_of_the_evaluation_set_is_trained_on() -> None:
    told = tomllib.loads(EVALUATION.read_text(encoding="utf-8"))["cell"]
    truths = [
        lead for one in told for way in (one["leads"], *one.get("accept", ())) for lead in way
    ]
    spans = {folded(value) for lead in truths for value in lead if value}
    assert len(spans) > 300
    assert len(spans & trained_spans()) == 0  # the spans themselves are not to be seen


# The generator


def test_generated_spans_are_whole_words_in_order() -> None:
    for one in generated()[:3000]:
        last = 0
        for start, end, label in one.spans:
            assert last <= start < end <= len(one.text)
            assert one.text[start:end] == one.text[start:end].strip()
            assert label in LABELS
            last = end


def test_generated_cells_repeat_with_their_seed_only() -> None:
    assert list(examples(50, 3)) == list(examples(50, 3))
    assert list(examples(50, 3)) != list(examples(50, 4))


def test_generated_line_ends_are_those_of_a_printed_cell() -> None:
    """`early_breaks` and the reader of cells ask the same question of the same lines."""
    plain = [
        one
        for one in generated()[:2000]
        if "\n\n" not in one.text and one.text[:1] not in "•-–*o([1" and "-\n" not in one.text
    ]
    assert len(plain) > 1000
    for one in plain:
        lines = cell(one.text)
        right = max(line.bbox[2] for line in lines)
        block = block_text(lines, right)
        if block.text == one.text:
            assert block.early == early_breaks(one.text), one.text


@pytest.mark.parametrize("width", [NARROW, 20, 33])
def test_wrapping_breaks_at_blanks_only(width: int) -> None:
    text = "Head of Harbours and Bridges\nExtraordinarily-long-word here"
    wrapped = wrap(text, width)
    assert wrapped.replace("\n", " ") == text.replace("\n", " ")
    assert all(len(line) <= width or " " not in line for line in wrapped.split("\n"))


# Training and the file


def test_two_trainings_with_one_seed_give_the_same_file() -> None:
    first = to_bytes(train_leads(TINY))
    assert to_bytes(train_leads(TINY)) == first
    other = TrainSettings(nets=2, cells=60, epochs=1, seed=TINY.seed + 1)
    assert to_bytes(train_leads(other)) != first


def test_a_model_survives_its_file() -> None:
    model = lead_model.load()
    again = from_bytes(to_bytes(model))
    assert again.known == model.known
    assert to_bytes(again) == to_bytes(model)


def test_a_file_of_another_size_is_refused() -> None:
    data = to_bytes(lead_model.load())
    with pytest.raises(ValueError, match="train the model again"):
        from_bytes(data, NetSettings(width=32))


def test_the_shipped_model_is_small_and_that_of_the_usual_settings() -> None:
    shipped = resources.files("actionplan.normalise") / "models" / "leads.npz"
    assert len(shipped.read_bytes()) < LARGEST
    assert len(lead_model.load().nets) == TrainSettings().nets
    assert lead_model.load() is lead_model.load()


def test_the_model_is_loaded_with_the_first_cell_only() -> None:
    code = (
        "from actionplan.normalise import lead_model, nlp; nlp.pipeline();"
        "nlp.read_by_rules(nlp.BlockKey('Head of Housing'));"
        "assert lead_model.load.cache_info().currsize == 0;"
        "nlp.read(nlp.BlockKey('Head of Housing'));"
        "assert lead_model.load.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Tags


def test_tags_and_spans_are_two_ways_of_saying_one_thing() -> None:
    spans = (Tagged(0, 1, "POST"), Tagged(2, 5, "PERSON"), Tagged(5, 7, "ORG"))
    tags = tags_of(spans, 8)
    assert [TAGS[tag] for tag in tags] == [
        "U-POST", "O", "B-PERSON", "I-PERSON", "L-PERSON", "B-ORG", "L-ORG", "O",
    ]  # fmt: skip
    assert spans_of(tags) == spans


def test_the_likeliest_tags_make_whole_spans_whatever_the_scores() -> None:
    rng = Random(1)
    for count in range(1, 12):
        shape = (count, len(TAGS))
        raw = np.array([rng.random() for _ in range(count * len(TAGS))]).reshape(shape)
        logs = np.log(raw / raw.sum(axis=1, keepdims=True)).astype(np.float32)
        tags = likeliest(logs)
        assert tags_of(spans_of(tags), count) == tags
        best = float(logs[np.arange(count), tags].sum())
        nothing = float(logs[np.arange(count), tags_of((), count)].sum())
        assert nothing <= best + 1e-4
    assert likeliest(np.zeros((0, len(TAGS)), dtype=np.float32)) == []


# What the model sees


def test_layout_labels_and_strange_words() -> None:
    text = "Orla Brandreth\nHead of\nHousing"
    doc = nlp.pipeline().get_pipe("actionplan_vocabulary")(nlp.pipeline().make_doc(text))
    doc.user_data.update(early={14}, spaced=set(), bold=[(0, 14)])
    words = flat(doc, {"head", "of"})
    assert [token.text for token in words.doc] == ["Orla", "Brandreth", "Head", "of", "Housing"]
    assert [token.tag_ for token in words.doc] == [
        "start+bold", "none+bold", "early", "none", "full",
    ]  # fmt: skip
    assert [token.norm_ == UNKNOWN for token in words.doc] == [True, True, False, False, True]
    assert "post_heads" in words.doc[2].lemma_
    plain = flat(doc, {"head", "of"}, layout=False)
    assert {token.tag_ for token in plain.doc} == {UNKNOWN}


def test_a_blank_line_and_extra_leading_are_seen() -> None:
    text = "Orla Brandreth\n\nHead of\nHousing"
    doc = nlp.pipeline().get_pipe("actionplan_vocabulary")(nlp.pipeline().make_doc(text))
    doc.user_data.update(spaced={23})
    tags = [token.tag_ for token in flat(doc, ()).doc]
    assert tags == ["start", "none", "blank", "none", "spaced"]


# The vote

NAME = Run("PERSON", 0, 14, 6.0)
POST = Run("POST", 15, 22, 4.0)
UNIT = Run("UNIT", 15, 22, 2.0)
TEXT = "Orla Brandreth\nMidwife"


def test_where_both_make_the_same_leads_the_rules_stand_without_doubt() -> None:
    whole = [Run("POST", 0, 15, 4.0)]
    parted = [Run("POST", 0, 6, 4.0), Run("UNIT", 8, 15, 2.0)]
    found = vote("Matron, Ward 12", whole, parted, math.log(0.99))
    assert (found.runs, found.by, found.others) == (tuple(whole), "both", ())


def test_a_sure_model_decides_and_an_unsure_one_does_not() -> None:
    sure = vote(TEXT, [NAME, POST], [NAME], math.log(0.99))
    assert (sure.runs, sure.by, sure.others) == ((NAME,), "model", (NAME, POST))
    unsure = vote(TEXT, [NAME, POST], [NAME], math.log(0.9))
    assert (unsure.runs, unsure.by, unsure.others) == ((NAME, POST), "rules", (NAME,))


def test_a_body_known_by_name_is_not_taken_apart() -> None:
    text = "Turning Point Manager"
    rules = [Run("ORG", 0, 13, 5.0), Run("POST", 14, 21, 4.0)]
    whole = [Run("POST", 0, 21, 6.0)]
    assert vote(text, rules, whole, math.log(0.99)).by == "rules"
    text = "Calling Point Manager"
    rules = [Run("ORG", 0, 13, 5.0), Run("POST", 14, 21, 4.0)]
    assert vote(text, rules, whole, math.log(0.99)).by == "model"


def test_two_titles_stay_two() -> None:
    text = "Head of Tolls / Bridge Manager"
    rules = [Run("POST", 0, 13, 4.0), Run("POST", 16, 30, 4.0)]
    assert vote(text, rules, [Run("POST", 0, 30, 6.0)], math.log(0.99)).by == "rules"


def says_nothing(docs: object, model: object) -> list[ModelReading]:
    return [ModelReading((), np.zeros((0, len(TAGS)), dtype=np.float32), -9.0)]


def test_a_cell_in_doubt_has_an_issue_that_tells_the_other_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nlp, "_READINGS", {})
    monkeypatch.setattr(nlp, "read_flat", says_nothing)
    reading = read_leads(cell("Orla Brandreth\nDesignated Nurse"))
    assert [(one.lead.name, one.lead.post) for one in reading.leads] == [
        ("Orla Brandreth", "Designated Nurse")
    ]
    assert reading.confidence <= 0.6
    (issue,) = reading.issues
    assert issue.code == "lead-unclear"
    assert issue.message.endswith("no lead")


def test_cells_read_together_are_read_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in CELLS]
    alone = []
    for text in texts:
        monkeypatch.setattr(nlp, "_READINGS", {})
        alone.append(read_leads(cell(text)))
    monkeypatch.setattr(nlp, "_READINGS", {})
    prepare_leads(map(cell, texts))
    kept = len(nlp._READINGS)
    assert kept >= 0.8 * len(texts)
    assert [read_leads(cell(text)) for text in texts] == alone
    assert len(nlp._READINGS) == kept


def test_readings_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "_READINGS", {})
    monkeypatch.setattr(nlp, "MOST_READINGS", 2)
    for text in ("Head of Ferries", "Head of Bridges", "Head of Tolls"):
        assert nlp.read(nlp.BlockKey(text)).runs
    assert len(nlp._READINGS) <= 2
