"""The spaCy pipeline: its components by name, its spans, its tokens."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy

from actionplan.normalise import nlp


def test_components_are_registered_factories() -> None:
    own = spacy.blank("en")
    own.add_pipe("actionplan_vocabulary")
    own.add_pipe("actionplan_leads")
    doc = own("Helen Tarrant\nDesignated Nurse")
    assert [(span.text, span.label_) for span in doc.spans["leads"]] == [
        ("Helen Tarrant", "PERSON"),
        ("Designated Nurse", "POST"),
    ]


def test_components_are_found_by_name_alone() -> None:
    """A pipeline that never heard of this package finds them through its entry points."""
    code = (
        "import spacy; nlp = spacy.blank('en');"
        f"[nlp.add_pipe(name) for name in {nlp.COMPONENTS!r}];"
        "doc = nlp('Helen Tarrant\\nDesignated Nurse');"
        "print(*(f'{span.label_}={span}'.split()[0] for span in doc.spans['leads']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["PERSON=Helen", "POST=Designated"]


def test_the_model_alone_reads_into_spans_of_any_name() -> None:
    own = spacy.blank("en")
    own.add_pipe("actionplan_vocabulary")
    own.add_pipe("actionplan_lead_model", config={"key": "people", "layout": False})
    doc = own("Helen Tarrant, Head of Housing")
    assert [(span.text, span.label_) for span in doc.spans["people"]] == [
        ("Helen Tarrant", "PERSON"),
        ("Head of Housing", "POST"),
    ]


def test_vocabulary_labels() -> None:
    doc = nlp.pipeline()("Det Supt Helen Tarrant")
    labels = {(span.text, span.label_) for span in doc.spans["vocabulary"]}
    assert ("Det Supt", "ranks") in labels
    assert ("Helen", "first_names") in labels


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Clinical Lead A&E", ["Clinical", "Lead", "A&E"]),
        ("KT;MP;HM", ["KT", ";", "MP", ";", "HM"]),
        ("Ian Farrant/Colin Loxley", ["Ian", "Farrant", "/", "Colin", "Loxley"]),
        ("T/Supt Hartle", ["T/", "Supt", "Hartle"]),
        ("D/Supt Hartle", ["D/Supt", "Hartle"]),
        ("Co-ordinator (acting).", ["Co-ordinator", "(", "acting", ")", "."]),
        ("Well Cant", ["Well", "Cant"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp.pipeline().make_doc(text)] == tokens


def test_batches_read_as_single_texts_do() -> None:
    texts = ["Helen Tarrant", "Head of Housing", "West Harrow Police"]
    docs = nlp.pipeline().pipe(texts, batch_size=2)
    found = [[(span.text, span.label_) for span in doc.spans["leads"]] for doc in docs]
    assert found == [
        [("Helen Tarrant", "PERSON")],
        [("Head of Housing", "POST")],
        [("West Harrow Police", "ORG")],
    ]


def test_pipeline_is_built_once() -> None:
    assert nlp.pipeline() is nlp.pipeline()
