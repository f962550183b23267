"""Words to printed lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.extract.lines import build_lines, word_table
from actionplan.schemas.tables import Line
from tests.extract.pages import Word, layout


def _lines(words: list[Word], bold: list[bool] | None = None) -> list[Line]:
    table = word_table(layout(words, bold))
    return build_lines(table, table.order)


def test_words_come_left_to_right_whatever_order_they_are_drawn_in() -> None:
    line, below = _lines(
        [("low", 10, 62, 30, 72), ("plan", 50, 50, 70, 60), ("An", 10, 50, 20, 60),
         ("action", 24, 50, 46, 60)]
    )  # fmt: skip
    assert (line.text, line.words) == ("An action plan", (2, 3, 1))
    assert line.bbox == (10, 50, 70, 60)
    assert below.text == "low"


def test_a_superscript_stays_on_its_line() -> None:
    (line,) = _lines([("on", 10, 50, 20, 60), ("1", 22, 50, 26, 60), ("st", 26, 48, 31, 54),
                      ("April", 34, 50, 56, 60)])  # fmt: skip
    assert line.text == "on 1 st April"
    assert line.size == 10


def test_two_sizes_on_a_line() -> None:
    (line,) = _lines(
        [("Target", 10, 46, 40, 60), ("(by", 44, 50, 54, 59), ("May)", 57, 50, 70, 59)]
    )
    assert line.text == "Target (by May)"
    assert line.size == 9  # of most words


def test_tight_lines_stay_apart() -> None:
    texts = [line.text for line in _lines([("one", 10, 50, 30, 62), ("two", 10, 60, 30, 72),
                                           ("three", 10, 70, 30, 82)])]  # fmt: skip
    assert texts == ["one", "two", "three"]


def test_columns_set_at_slightly_different_heights_are_lines_of_their_own_order() -> None:
    """A word half a line lower than its neighbour is on the next line."""
    texts = [line.text for line in _lines([("a", 10, 50, 15, 60), ("b", 100, 56, 105, 66)])]
    assert texts == ["a", "b"]


def test_bold_lead_counts_letters_up_to_the_first_plain_word() -> None:
    words: list[Word] = [("Update", 10, 50, 40, 60), ("May:", 44, 50, 60, 60),
                         ("done", 64, 50, 80, 60)]  # fmt: skip
    (line,) = _lines(words, [True, True, False])
    assert (line.bold, line.bold_lead) == (False, len("Update May:"))
    (line,) = _lines(words, [True, True, True])
    assert (line.bold, line.bold_lead) == (True, len("Update May: done"))
    (line,) = _lines(words, [False, True, True])
    assert (line.bold, line.bold_lead) == (False, 0)


def test_a_soft_hyphen_at_the_end_is_a_hyphen_to_be_dropped() -> None:
    (line,) = _lines([("the", 10, 50, 20, 60), ("infor\u00ad", 24, 50, 50, 60)])
    assert (line.text, line.glue) == ("the infor-", "drop")
    (line,) = _lines([("the", 10, 50, 20, 60), ("infor-", 24, 50, 50, 60)])
    assert (line.text, line.glue) == ("the infor-", "space")


def test_the_first_words_width() -> None:
    (line,) = _lines([("Head", 10, 50, 34, 60), ("of", 38, 50, 48, 60)])
    assert line.first_width == 24


_COORDINATE = st.integers(min_value=0, max_value=500)
_WORDS = st.lists(
    st.tuples(_COORDINATE, _COORDINATE, st.integers(1, 90), st.integers(1, 30)), max_size=40
).map(
    lambda boxes: [
        (f"w{k}", float(x), float(y), float(x + w), float(y + h))
        for k, (x, y, w, h) in enumerate(boxes)
    ]
)


@settings(max_examples=200, deadline=None)
@given(_WORDS)
def test_each_word_is_on_exactly_one_line(words: list[Word]) -> None:
    lines = _lines(words)
    assert sorted(i for line in lines for i in line.words) == list(range(len(words)))
    assert all(line.text.split() == [f"w{i}" for i in line.words] for line in lines)
