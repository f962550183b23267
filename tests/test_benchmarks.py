"""The board's own arithmetic: scores of stitched tables, the simple recipe, the answers kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import accuracy
import peers
import pytest
import scaling
import speed
import steps
from measure import measure, reliability
from table_scores import Rows, is_plain_truth, score_document, score_either, without_repeats

from tests.conftest import ROOT

TRUE: Rows = [["aa", "11"], ["bb", "22"], ["cc", "33"]]


def truth(rows: Rows, columns: list[str] | None = None, **more: Any) -> dict[str, Any]:
    return {"tables": [{"columns": columns or [], "rows": rows}], **more}


def test_the_same_table_is_right_in_every_cell() -> None:
    score = score_document([TRUE], truth(TRUE)).score
    assert (score.right, score.predicted, score.true) == (6, 6, 6)
    assert (score.f1, score.row_recall, score.split, score.merged) == (1, 1, 0, 0)


def test_alignment_keeps_the_order() -> None:
    assert score_document([TRUE[::-1]], truth(TRUE)).score.right == 2


def test_a_shifted_column_is_wrong_in_every_cell() -> None:
    score = score_document([[["x", *row] for row in TRUE]], truth(TRUE)).score
    assert (score.right, score.predicted, score.exact) == (0, 9, 0)


def test_white_space_and_soft_hyphens_do_not_count_but_case_does() -> None:
    score = score_document([[["a\u00adb\n c", "X"]]], truth([["ab c", "x"]])).score
    assert (score.right, score.exact) == (1, 0)


def test_headers_empty_columns_and_other_tables_are_left_out() -> None:
    told = truth(
        [["1", "", "2"], ["3", "", "4"]],
        ["A", "B", "C"],
        other_tables=[{"columns": ["k", "v"], "rows": [["key", "value"]]}],
    )
    found = [[["A", "B", "C"], ["1", "", "2"], ["3", "", "4"]], [["key", "value"]]]
    scored = score_document(found, told)
    assert scored.score.f1 == 1
    assert scored.counted == scored.exact == {(0, 1), (0, 2)}


def test_a_row_read_as_two_is_split() -> None:
    whole = [["No 1", "train every one of the officers by the end of May"], ["No 2", "report"]]
    cut = [
        ["No 1", "train every one of the"],
        ["", "officers by the end of May"],
        ["No 2", "report"],
    ]
    scored = score_document([cut], truth(whole))
    assert (scored.score.split, scored.score.merged, scored.score.exact) == (1, 0, 1)
    assert scored.pieces == {(0, 0): 0, (0, 1): 0}


def test_two_rows_read_as_one_are_merged() -> None:
    whole = [["No 1", "train the officers"], ["No 2", "report to the board"], ["No 3", "review"]]
    run_in = [["No 1 No 2", "train the officers report to the board"], ["No 3", "review"]]
    scored = score_document([run_in], truth(whole))
    assert (scored.score.split, scored.score.merged) == (0, 1)
    assert scored.merged == {(0, 0)}


def test_a_row_with_one_wrong_word_is_neither_split_nor_merged() -> None:
    found = [["aa", "11"], ["bb", "20"], ["cc", "33"]]
    score = score_document([found], truth(TRUE)).score
    assert (score.exact, score.split, score.merged) == (2, 0, 0)


def test_a_merged_cell_may_repeat_its_text() -> None:
    once: Rows = [["Theme", ""], ["Rec 1", "a"], ["", "b"]]
    repeated: Rows = [["Theme", "Theme"], ["Rec 1", "a"], ["Rec 1", "b"]]
    assert without_repeats(repeated) == once
    assert score_document([repeated], truth(once)).score.f1 < 1
    assert score_either([repeated], truth(once)).f1 == 1


def test_a_structure_tree_is_no_truth_of_plain_rows() -> None:
    assert is_plain_truth(truth(TRUE))
    assert not is_plain_truth({"tables": [{"rows": [{"pages": [1], "cells": ["a"]}]}]})
    assert not is_plain_truth({})


def test_fragments_of_equal_width_are_joined_and_repeated_headers_dropped() -> None:
    head = ["No", "Action"]
    pages: list[Rows] = [[head, ["1", "a"]], [], [["no", " Action"], ["2", "b"]], [["x", "y", "z"]]]
    assert peers.joined(pages) == [[head, ["1", "a"], ["2", "b"]], [["x", "y", "z"]]]


def test_an_answer_is_asked_for_once_and_a_failure_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked(peers.Worker):
        answers: list[peers.Answer] = [{"error": "time limit"}, {"fragments": []}]  # noqa: RUF012

        def read(self, path: Path) -> peers.Answer:
            return self.answers.pop(0)

    monkeypatch.setattr(peers, "CACHE", tmp_path)
    worker, path = Asked("actionplan"), ROOT / "samples" / "skelmarsh-one-page.pdf"
    assert "error" in peers.kept_answer(worker, "actionplan", path)
    assert peers.kept_answer(worker, "actionplan", path) == {"fragments": []}
    assert peers.kept_answer(worker, "actionplan", path) == {"fragments": []}


def test_a_worker_answers_with_tables_and_times() -> None:
    worker = peers.Worker("actionplan")
    try:
        answer = worker.read(ROOT / "samples" / "skelmarsh-one-page.pdf")
        missing = worker.read(ROOT / "no-such-file.pdf")
    finally:
        worker.close()
    assert answer["pages"] == 1
    assert len(answer["fragments"][0]) == 6
    assert answer["cpu"] > 0
    assert "FileNotFoundError" in missing["error"]


def test_a_sample_is_measured_through_the_public_functions() -> None:
    item = measure(ROOT / "samples" / "lorringham-no-numbers.pdf")
    assert item.tables is not None
    assert item.plan is not None
    assert (item.pages, item.tables.row_recall, item.plan.overall, item.lost) == (3, 1, 1, 0)
    assert len(item.rows) == 12
    assert [right for _, right in item.joins] == [True, True]


def test_reliability_tells_the_share_that_is_right() -> None:
    lines = list(reliability("rows", [(0.6, True), (0.6, False), (1.0, True)]))
    assert lines[2:] == [
        "| 0.50 to 0.70 | 2 | 0.600 | 0.500 |",
        "| 0.98 to 1.00 | 1 | 1.000 | 1.000 |",
        "| all | 3 | | 0.667 |",
    ]


@pytest.mark.parametrize("case", scaling.CASES.values(), ids=list(scaling.CASES))
def test_drawn_pages_are_read_without_loss(case: Any) -> None:
    _, document = scaling._timed(case(1))
    assert sum(page.words for page in document.audit) > 0
    assert not sum(page.lost for page in document.audit)


def test_the_board_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["accuracy.py", "skelmarsh-one-page", "--no-peers"])
    accuracy.main()
    printed = capsys.readouterr().out
    start = "| skelmarsh-one-page |"
    line = next(line for line in printed.splitlines() if line.startswith(start))
    assert "| 1 | 1.000 | 6 of 6 | 0 | 0 | 0 of 144 | 6 of 6 | 1.000 |" in line
    assert "Overall hard-field F1: 1.0000" in printed


def test_speeds_are_told_as_multiples(capsys: pytest.CaptureFixture[str]) -> None:
    times: dict[Path, dict[str, list[peers.Answer]]] = {
        Path(name): {
            "actionplan": [{"pages": 2, "cpu": 1.0}, {"pages": 2, "cpu": 0.5}],
            "other": [{"pages": 2, "cpu": 2.0}, {"pages": 2, "cpu": 1.0}],
            "broken": [{"pages": 2, "cpu": 2.0}, {"error": "time limit"}],
        }
        for name in ("a.pdf", "b.pdf")
    }
    speed._print(times, ["actionplan", "other", "broken"], "cpu")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "| b.pdf | 2 | 3 | 1 (2.00) | failed |"
    assert lines[-1] == "| all | 4 | 3 | 1 (2.00) | failed |"


def test_steps_add_up_to_the_whole() -> None:
    data = (ROOT / "samples" / "skelmarsh-one-page.pdf").read_bytes()
    told = dict(steps._steps(data, 1.0, 1))
    assert {"find.find_tables", "pdfium: load page", steps.REST} <= set(told)
    assert sum(told.values()) == pytest.approx(1.0)
