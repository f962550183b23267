"""Words that the spaces of a page part or join wrongly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actionplan.extract import read_tables
from tests.extract.drawn import Drawing

FONT = "Helvetica"


def _text(draw: Callable[[Drawing], None]) -> str:
    """The text of a page."""
    drawing = Drawing()
    draw(drawing)
    return " ".join(line.text for line in read_tables(drawing.done()).unassigned)


def _pieces(*pieces: tuple[str, float, float]) -> Callable[[Drawing], None]:
    """Draw pieces (text, size, raise) one behind the other."""

    def draw(drawing: Drawing) -> None:
        x = 60.0
        for text, size, rise in pieces:
            drawing.text(x, 100 - rise, text, size)
            x += drawing.canvas.stringWidth(text, FONT, size)

    return draw


@pytest.mark.parametrize("rise", [2.0, 3.3, 4.0, 5.0])
@pytest.mark.parametrize("ordinal", ["st", "nd", "rd", "th"])
def test_a_raised_ordinal_belongs_to_its_number(ordinal: str, rise: float) -> None:
    draw = _pieces(("on the 21", 10, 0), (ordinal, 6, rise), (" of June", 10, 0))
    assert _text(draw) == f"on the 21{ordinal} of June"


def test_a_raised_ordinal_with_a_hair_space_before_it() -> None:
    def draw(drawing: Drawing) -> None:
        drawing.text(60, 100, "on the 1", 10)
        drawing.text(61.2 + drawing.canvas.stringWidth("on the 1", FONT, 10), 95.5, "st", 6)
        drawing.text(110, 100, "of June", 10)

    assert _text(draw) == "on the 1st of June"


def test_a_lowered_number_belongs_to_its_word() -> None:
    draw = _pieces(("the H", 10, 0), ("2", 6, -2), ("O supply", 10, 0))
    assert _text(draw) == "the H2O supply"


def test_small_capitals_are_one_word() -> None:
    draw = _pieces(("T", 10, 0), ("ARGET", 8, 0), (" D", 10, 0), ("ATE", 8, 0))
    assert _text(draw) == "TARGET DATE"


def test_a_typed_space_before_letters_stays() -> None:
    draw = _pieces(("Ward 1 th", 10, 0), ("e nurse", 10, 0))
    assert _text(draw) == "Ward 1 the nurse"


@pytest.mark.parametrize("spacing", [0.5, 1.0, 2.0, 3.0, 5.0])
def test_letters_set_apart_are_words(spacing: float) -> None:
    def draw(drawing: Drawing) -> None:
        line = drawing.canvas.beginText(60, 400)
        line.setFont(FONT, 10)
        line.setCharSpace(spacing)
        line.textOut("ACTION PLAN FOR HOUSING")
        drawing.canvas.drawText(line)

    assert _text(draw) == "ACTION PLAN FOR HOUSING"


@pytest.mark.parametrize("text", ["A C T I O N   P L A N", "L E A D   O F F I C E R"])
def test_letters_typed_with_spaces_are_words(text: str) -> None:
    assert _text(lambda drawing: drawing.text(60, 100, text, 10)) == "".join(
        " " if piece == "" else piece for piece in text.replace("   ", "  ").split(" ")
    )


def test_initials_and_letters_of_a_list_stay_apart() -> None:
    for text in ("A B Marrow", "options A B C", "plan A or B"):
        assert _text(_pieces((text, 10, 0))) == text


@pytest.mark.parametrize("gap", [0.13, 0.15, 0.18, 0.2, 0.25])
def test_words_set_close_without_spaces_between_them(gap: float) -> None:
    text = "The partnership will review the plan by June"

    def draw(drawing: Drawing) -> None:
        x = 60.0
        for word in text.split():
            drawing.text(x, 100, word, 10)
            x += drawing.canvas.stringWidth(word, FONT, 10) + 10 * gap

    assert _text(draw) == text


def test_long_words_drawn_in_pieces_stay_whole() -> None:
    def draw(drawing: Drawing) -> None:
        x = 60.0
        for letter in "misunderstandings":
            drawing.text(x, 100, letter, 10)
            x += drawing.canvas.stringWidth(letter, FONT, 10) + 0.3

    assert _text(draw) == "misunderstandings"
