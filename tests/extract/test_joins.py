"""One row or two at a page break: each piece of evidence alone, and the classic cases together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from actionplan.extract.glue import Gluer
from actionplan.extract.joins import JoinDecider, Side, Surroundings, leading_number
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.schemas.tables import Join
from tests.extract.pages import block, line, side

LABEL = re.compile(r"Recommendation\s+(?:No\s*)?(?P<number>\d+)")
TOP, BOTTOM = 60.0, 520.0
LONG = "The trust will write a pathway for staff"  # fills a line of a column
WIDTH = 24  # letters in a line of a column

Cells = list[list[str]]


def _decide(before: Cells, after: Cells, **around: object) -> Join:
    """Decide between pieces given as lines per cell; text before runs down to the break."""
    height = 12.0 * max((len(cell) for cell in before), default=0)
    a = side(before, page=1, top=BOTTOM - height - 4, bottom=BOTTOM)
    b = side(after, page=2, top=TOP, bottom=TOP + 200)
    return _judge(a, b, **around)


DECIDER = JoinDecider(LABEL, Gluer(frozenset, lambda: False), StitchSettings())


def _judge(a: Side, b: Side, **around: object) -> Join:
    surroundings = replace(_around(a), **around)  # type: ignore[arg-type]
    return DECIDER.decide(2, 0, a, b, surroundings)


def _around(a: Side) -> Surroundings:
    return Surroundings(
        labelled=0.0,
        rows=5,
        bare_labels=False,
        blank_keys=0.0,
        free_space=0.0,
        last_number=None,
        key=a.lines[0],
        filled=[bool(lines) for lines in a.lines],
        regular=[False] * len(a.lines),
        stops=[None] * len(a.lines),
    )


def _names(join: Join) -> dict[str, float]:
    return {item.name: item.weight for item in join.evidence}


def test_the_score_is_the_sum_and_the_strongest_comes_first() -> None:
    join = _decide([["1 Write"], ["and then the"]], [[], ["board agreed"]])
    weights = [item.weight for item in join.evidence]
    assert len(weights) >= 2
    assert join.score == pytest.approx(sum(weights), abs=0.01)
    assert [abs(w) for w in weights] == sorted((abs(w) for w in weights), reverse=True)
    assert join.joined is (join.score > 0)
    assert 0.5 <= join.confidence <= 1


def test_no_evidence_is_no_join_with_the_least_confidence() -> None:
    join = _decide([["Write a pathway"], []], [["Write a plan"], []], filled=[True, True])
    assert (join.evidence, join.score, join.joined, join.confidence) == ((), 0, False, 0.5)


# Each evidence by itself: the name, its sign, and a case in which it is seen.
@pytest.mark.parametrize(
    ("name", "sign", "before", "after", "around"),
    [
        ("label", -1, [["x"], []], [["Recommendation 4"], []], {}),
        ("sequence", -1, [["4. Write"], []], [["5. Train"], []], {"last_number": "4"}),
        ("sequence", -1, [["4.1 Write"], []], [["4.2 Train"], []], {"last_number": "4.1"}),
        ("sequence", -1, [["4.2 Write"], []], [["5 Train"], []], {"last_number": "4.2"}),
        ("sequence", -1, [["4.2 Write"], []], [["5.1 Train"], []], {"last_number": "4.2"}),
        ("no-label", 1, [["x"], []], [["of the board"], []], {"labelled": 1.0}),
        ("label", -1, [["x"], ["y"]], [["Recommendation", "4"], ["z"]], {}),
        ("label-only", 1, [["Recommendation 4"], []], [["Write a plan"], []], {}),
        ("key-empty", 1, [["x"], []], [[], ["y"]], {}),
        ("empty-row", -1, [["x"], ["y"]], [[], []], {}),
        ("column-2-new", -1, [["x"], []], [["y"], ["z"]], {}),
        ("page-not-full", -1, [["x"], []], [["y"], []], {"free_space": 90.0}),
        ("column-2-hanging", 1, [["x"], ["sent to the"]], [["y"], ["Board"]], {}),
        ("column-2-hanging", 1, [["x"], ["trust, council,"]], [["y"], ["police"]], {}),
        ("column-2-hanging", 1, [["x"], ["has been commissione"]], [["y"], ["d by them"]], {}),
        ("column-2-finished", -1, [["x"], ["It is done."]], [["y"], ["Next one"]], {}),
        ("column-2-finished", -1, [["x"], ["It is done."]], [["y"], ["next one"]], {}),
        ("column-2-unfinished", 1, [["x"], [LONG]], [["y"], ["and volunteers"]], {}),
        ("column-2-unfinished", 1, [["x"], [LONG]], [["y"], ["Volunteers too"]], {}),
    ],
)  # fmt: skip
def test_each_evidence_has_its_sign(
    name: str, sign: int, before: Cells, after: Cells, around: dict[str, object]
) -> None:
    found = _names(_decide(before, after, **around))
    assert name in found
    assert found[name] * sign > 0


@pytest.mark.parametrize(
    ("name", "before", "after", "around"),
    [
        ("label", [["x"], []], [["The recommendation"], []], {}),
        ("sequence", [["4. Write"], []], [["7. Train"], []], {"last_number": "4"}),
        ("sequence", [["4. Write"], []], [["5 days a week"], []], {"last_number": None}),
        ("no-label", [["x"], []], [["of the board"], []], {"labelled": 0.5}),
        ("no-label", [["x"], []], [["of the board"], []], {"labelled": 1.0, "rows": 1}),
        ("label-only", [["Recommendation 4 Write"], []], [["a plan"], []], {}),
        ("label-only", [["Recommendation 4"], []], [["a plan"], []], {"bare_labels": True}),
        ("column-2-hanging", [["x"], ["ICB"]], [["y"], ["WSAB"]], {}),
        ("key-empty", [["x"], []], [["y"], []], {}),
        ("key-empty", [[], ["x"]], [[], ["y"]], {}),
        ("empty-row", [["x"], []], [[], ["y"]], {}),
        ("column-2-new", [["x"], ["y"]], [["y"], ["z"]], {}),
        ("page-not-full", [["x"], []], [["y"], []], {"free_space": 30.0}),
        ("open-border", [["x"], []], [["y"], []], {}),
        ("every-column", [["x"], ["It is."], ["So."]], [["y"], ["z"], []], {}),
    ],
)  # fmt: skip
def test_evidence_that_is_not_there(
    name: str, before: Cells, after: Cells, around: dict[str, object]
) -> None:
    assert name not in _names(_decide(before, after, **around))


def test_no_line_at_the_break_speaks_for_a_join() -> None:
    a = side([["x"], ["y"]], page=1, top=400, bottom=BOTTOM)
    b = side([["z"], ["w"]], page=2, top=TOP, bottom=200)
    assert _names(_judge(replace(a, open=True), b))["open-border"] > 0
    assert _names(_judge(a, replace(b, open=True)))["open-border"] > 0


def test_text_that_ends_far_above_the_break_speaks_against() -> None:
    b = side([["x"], ["of them"]], page=2, top=TOP, bottom=200)
    far = side([["x"], [LONG]], page=1, top=300, bottom=BOTTOM)
    near = side([["x"], [LONG]], page=1, top=500, bottom=BOTTOM)
    assert _names(_judge(far, b))["ends-above-break"] < 0
    assert "ends-above-break" not in _names(_judge(near, b))


def test_text_set_level_with_a_later_line_says_nothing() -> None:
    """A lead printed half-way down the piece after the break begins nothing at the break."""
    a = side([["x"], ["sent to the"]], page=1, top=500, bottom=BOTTOM)
    b = side([["y"], ["Board"]], page=2, top=TOP, bottom=300)
    low = replace(b, lines=[b.lines[0], block(["Board"], 165, TOP + 80, page=2)])
    assert "column-2-hanging" in _names(_judge(a, b))
    assert "column-2-hanging" not in _names(_judge(a, low))


def test_a_first_column_empty_is_weak_where_rows_share_first_cells() -> None:
    before, after = [["x"], ["y"]], [[], ["z"]]
    plain = _names(_decide(before, after))["key-empty"]
    shared = _names(_decide(before, after, blank_keys=0.5))["key-empty"]
    assert 0 < shared < plain


def test_a_place_covered_by_a_span_is_no_empty_key() -> None:
    a = side([["x"], ["y"]], page=1, top=400, bottom=BOTTOM)
    b = side([[], ["z"]], page=2, top=TOP, bottom=200)
    assert "key-empty" not in _names(_judge(a, replace(b, covered=[True, False])))


def test_a_complete_short_field_that_begins_again_speaks_against() -> None:
    a = side([["x"], ["May 2014"]], page=1, top=400, bottom=BOTTOM)
    b = side([["y"], ["June 2014"]], page=2, top=TOP, bottom=200)
    assert _names(_judge(a, b))["column-2-short-again"] < 0


def test_fields_that_each_row_has_are_empty_after_the_break() -> None:
    before = [["x"], ["y"], ["z"], ["It is done."]]
    regular = [True, True, True, False]
    full = _names(_decide(before, [["a"], ["b"], ["c"], ["d"]], regular=regular))
    one = _names(_decide(before, [[], ["b"], [], ["d"]], regular=regular))
    two = _names(_decide(before, [[], [], [], ["d"]], regular=regular))
    assert "fields-empty" not in full  # and the first column is spoken of elsewhere
    assert 0 < one["fields-empty"] < two["fields-empty"]
    seldom = _names(_decide(before, [[], [], [], ["d"]], regular=[True, False, False, False]))
    assert "fields-empty" not in seldom


def test_an_empty_piece_is_the_rest_of_a_row_where_no_row_is_empty() -> None:
    before: Cells = [["Write a plan"], ["Done."]]
    after: Cells = [[], []]
    assert not _decide(before, after).joined
    assert _decide(before, after, regular=[True, False]).joined


def test_the_last_column_goes_on_where_rows_leave_the_first_empty() -> None:
    before = [[], ["Train all staff."], FIELD, FINISHED]
    after = [[], [], [], ["Update May 2014: more training is booked."]]
    around = {"blank_keys": 0.5, "key": []}
    assert not _decide(before, after, **around).joined
    assert _decide(before, after, regular=[False, True, True, True], **around).joined


def test_text_that_ended_on_an_earlier_page_does_not_begin_again() -> None:
    """The row goes on over a whole page in its last column; then a row of all columns follows."""
    before = [[], [], [], ["it is in place."]]
    after = [[], ["Train all staff."], ["A Sedge"], ["Not begun."]]
    around = {"blank_keys": 0.5, "key": block(["x"]), "filled": [True] * 4}
    join = _decide(before, after, **around)
    assert _names(join)["column-2-again"] < 0
    assert not join.joined
    level = side(after, page=2, top=TOP, bottom=400)
    low = [block(["Train all staff."], 165, TOP + 90, page=2), block(["Sedge"], 285, TOP + 90)]
    aligned = replace(level, lines=[[], *low, level.lines[3]])
    names = _names(_judge(side(before, page=1, top=500, bottom=BOTTOM), aligned, **around))
    assert "column-2-again" not in names


def test_sentence_evidence_of_many_columns_is_capped() -> None:
    before = [["x"], *[["sent to the"]] * 6]
    after = [["y"], *[["board"]] * 6]
    weights = [w for name, w in _names(_decide(before, after)).items() if "column-" in name]
    assert len(weights) == 7
    assert sum(weights) == pytest.approx(StitchSettings().column_cap, abs=0.05)


FINISHED = ["It is in place and in use.", "All staff have had it."]
FIELD = ["J Marrow"]


def test_cut_in_one_column() -> None:
    before = [["Recommendation 4"], FIELD, [LONG, "and will share it with all"]]
    assert _decide(before, [[], [], ["partners in the area."]]).joined


def test_cut_in_two_columns() -> None:
    before = [["Recommendation 4", "Write a pathway for the"], [LONG], ["Agreed by the board of"]]
    assert _decide(before, [["whole area."], ["and their managers."], []]).joined


def test_cut_in_three_columns() -> None:
    before = [["Recommendation 4 Write the"], ["Draft it with all the"], ["Agreed by the board of"]]
    after = [["pathway."], ["agencies."], ["the partnership."]]
    assert _decide(before, after, labelled=1.0).joined


def test_a_break_exactly_between_rows_without_numbers_in_lower_case() -> None:
    before = [["write a pathway for staff."], ["draft it."], FIELD, ["it is in place."]]
    after = [["train all staff in its use."], ["book a trainer."], ["A Sedge"], ["not begun."]]
    assert not _decide(before, after).joined


def test_a_break_exactly_between_labelled_rows() -> None:
    before = [["Recommendation 4", LONG + "."], FIELD, FINISHED]
    after = [["Recommendation 5", LONG + "."], ["A Sedge"], ["Not begun."]]
    assert not _decide(before, after, labelled=1.0).joined


def test_only_the_last_column_goes_on_after_a_full_stop() -> None:
    before = [["Recommendation 4", LONG], FIELD, FINISHED]
    assert _decide(before, [[], [], ["Update May 2014: more training is booked."]]).joined


def test_only_the_first_column_goes_on() -> None:
    before = [["Recommendation 4", LONG + " and"], FIELD, FINISHED]
    assert _decide(before, [["their managers."], [], []], labelled=1.0).joined


def test_only_the_label_stands_before_the_break() -> None:
    before: Cells = [["Recommendation 4"], [], [], []]
    after = [["Write a pathway."], ["Draft it."], FIELD, ["Done."]]
    assert _decide(before, after, labelled=1.0, filled=[True, False, False, False]).joined


def test_a_number_sequence_beats_an_unfinished_sentence() -> None:
    before = [["4"], [LONG], ["agreed with the"]]
    after = [["5"], ["and train them"], ["board"]]
    assert not _decide(before, after, last_number="4").joined


def test_room_on_the_page_before_speaks_against_a_weak_join() -> None:
    before, after = [["x"], [LONG]], [["y"], ["and volunteers"]]
    assert _decide(before, after, filled=[True, True]).joined
    assert not _decide(before, after, filled=[True, True], free_space=200.0).joined


def test_a_span_cut_by_the_break_is_carried_into_the_next_row() -> None:
    a = side([["Recommendation 4 Write the"], ["Draft it."]], page=1, top=400, bottom=BOTTOM)
    a = replace(a, spans=[True, False])
    around = _around(a)
    empty = side([[], ["Share it."]], page=2, top=TOP, bottom=200)
    goes_on = side([["pathway."], ["Share it."]], page=2, top=TOP, bottom=200)
    begins = side([["Recommendation 5"], ["Share it."]], page=2, top=TOP, bottom=200)
    assert DECIDER.carried(a, empty, around) == [0]
    assert DECIDER.carried(a, goes_on, around) == [0]
    assert DECIDER.carried(a, begins, around) == []
    assert DECIDER.carried(replace(a, spans=[False, False]), empty, around) == []


def test_a_text_that_goes_on_in_a_span_joins_no_rows() -> None:
    a = side([["Write the"], ["Draft it."]], page=1, top=BOTTOM - 20, bottom=BOTTOM)
    b = side([["pathway."], ["Share it."]], page=2, top=TOP, bottom=200)
    assert _judge(a, b).joined
    assert not _judge(a, replace(b, spans=[True, False])).joined
    assert DECIDER.carried(a, replace(b, spans=[True, False]), _around(a)) == [0]


def test_a_span_whose_text_ended_on_an_earlier_page_is_carried_on() -> None:
    a = replace(side([[], ["Draft it."]], page=1, top=400, bottom=BOTTOM), spans=[True, False])
    empty = side([[], ["Share it."]], page=2, top=TOP, bottom=200)
    full = side([["Write a plan"], ["Share it."]], page=2, top=TOP, bottom=200)
    above = replace(_around(a), filled=[True, True])
    assert DECIDER.carried(a, empty, above) == [0]
    assert DECIDER.carried(a, full, above) == []
    assert DECIDER.carried(a, empty, _around(a)) == []  # a span without any text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Share it with all", "and train the teams"], ["in its use."]),
        (["Share it with all", "of the managers in the"], ["teams."]),
    ],
)
def test_an_unfinished_text_weighs_by_what_the_column_does(
    before: list[str], after: list[str]
) -> None:
    def weight(stops: bool | None) -> float:
        cells = [["x"], before], [["y"], after]
        names = _names(_decide(*cells, stops=[None, stops], filled=[True, True]))
        return next(w for name, w in names.items() if name.startswith("column-2"))

    assert weight(True) > weight(None) >= weight(False) > 0


def test_a_line_with_room_for_the_next_word_is_the_end_of_a_paragraph() -> None:
    before, capital, small = [["x"], ["Share", "it with", "all of the", "teams"]], "Train", "train"
    for after in (capital, small):
        assert _names(_decide(before, [["y"], [after]]))["column-2-ended"] < 0
    # Not where texts end with a full stop and this one does not.
    stops = {"stops": [None, True]}
    assert "column-2-ended" not in _names(_decide(before, [["y"], [capital]], **stops))
    assert _names(_decide(before, [["y"], [small]], **stops))["column-2-unfinished"] > 0


def test_rows_one_line_tall_run_down_to_the_break_in_each_column() -> None:
    """Yet a short field that is complete does not go on."""
    before = [["x"], ["CCG"], ["Forms in use in all teams of it"], ["New form"]]
    after = [["y"], ["Head of Housing"], ["Champions named"], ["Board told"]]
    join = _decide(before, after)
    assert _names(join)["column-2-short-again"] < 0
    assert not join.joined


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", "4"), ("4. Write", "4"), ("(4) Write", "4"), ("1.2 Write", "1.2"), ("4a Write", "4"),
        ("4: Write", "4"), ("4th of May", None), ("2014", None), ("Write", None), ("", None),
        ("31/03/14", None),
    ],
)  # fmt: skip
def test_the_number_that_begins_a_cell(text: str, number: str | None) -> None:
    assert leading_number(text) == number


def test_full_lines_are_measured_against_the_next_word() -> None:
    """A line is full if the next word would not have fitted: only then does it go on."""
    short = "The trust writes it down"[: WIDTH // 2]
    a = side([["x"], [LONG, short]], page=1, top=500, bottom=BOTTOM)
    b = side([["y"], ["Volunteers"]], page=2, top=TOP, bottom=200)
    assert "column-2-unfinished" in _names(_judge(a, b))
    small = replace(b, lines=[b.lines[0], [line("I see", 165, TOP + 3, page=2)]])
    assert "column-2-unfinished" not in _names(_judge(a, small))
