"""Which words were taken out and put in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.normalise.compare.words import word_pieces


def marked(old: str, new: str) -> str:
    """The pieces in one line."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(signs[sign].format(text) for sign, text in word_pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Train staff.", "Train staff.", "Train staff."),
        ("Train staff.", "Train all staff.", "Train {+all +}staff."),
        ("Train staff now.", "Train staff.", "Train staff[- now-]."),
        ("by March 2014", "by June 2014", "by [-March-]{+June+} 2014"),
        ("the Board's plan", "the Trust's plan", "the [-Board's-]{+Trust's+} plan"),
        ("multi-agency work", "single-agency work", "[-multi-agency-]{+single-agency+} work"),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        # What was written anew reads as one, whatever little words stand in both.
        (
            "Staff should write down the outcome of each home visit.",
            "Staff should tell managers the result of any phone call.",
            "Staff should [-write down the outcome of each home visit-]"
            "{+tell managers the result of any phone call+}.",
        ),
    ],
)
def test_words_are_marked(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_long_texts_take_no_long_time() -> None:
    old = " ".join(f"word{at % 97}" for at in range(6000))
    new = old.replace("word13", "word14")
    pieces = word_pieces(old, new)
    assert sum(sign == "-" for sign, _ in pieces) == old.split().count("word13")


_TEXT = st.text(st.sampled_from("ab c.,-é\u0301\u200f'\n"), max_size=40)


@settings(deadline=None)
@given(_TEXT, _TEXT)
def test_the_pieces_give_both_texts(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert "".join(text for sign, text in pieces if sign != "-") == new


@settings(deadline=None)
@given(_TEXT, _TEXT)
def test_no_piece_is_empty_and_no_two_of_a_kind_meet(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert all(text for _, text in pieces)
    assert all(one[0] != other[0] for one, other in pairwise(pieces))


@settings(deadline=None)
@given(_TEXT)
def test_one_text_has_one_piece_at_most(text: str) -> None:
    assert word_pieces(text, text) == ((("=", text),) if text else ())
