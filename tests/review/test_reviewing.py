"""Marks, the queue, two reviewers, and what a crash leaves."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.errors import EditError, OutputError, StaleEditError, UnreadableError
from actionplan.review.desk import Desk
from actionplan.review.settings import ReviewSettings
from tests.conftest import ROOT
from tests.review.made import field, keys_of, made_folder, made_plan
from tests.review.test_edits import EDITS, MORE, make_edit

ANN, BEN = "A. Marlow", "B. Dunn"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made_folder(tmp_path, "marlow", "dunn")


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with Desk(folder) as opened:
        yield opened


def test_the_queue_has_doubtful_records_of_all_documents_first(desk: Desk) -> None:
    found = desk.queue()
    assert [(one.name, one.label) for one in found[:4]] == [
        ("dunn", "Recommendation 2"),
        ("marlow", "Recommendation 2"),
        ("dunn", "Recommendation 3"),
        ("marlow", "Recommendation 3"),
    ]
    assert found[0].reasons == ("It may be two.",)
    assert found[0].severity > found[2].severity > found[4].severity == 0
    assert (found[0].page, found[0].position) == (2, 2)
    assert [one.name for one in desk.queue("marlow")] == ["marlow"] * 4
    assert desk.progress().doubtful_left == 4


def test_guessed_letters_of_a_scan_come_before_all(folder: Path) -> None:
    from actionplan.schemas.plan import Issue
    from tests.review.made import rewrite

    made = made_plan("dunn")
    low = Issue(code="ocr-low-confidence", field="leads", message="“Ann” may be “Arm”.")
    made.recommendations[3].issues = [low]
    rewrite(folder, made, "dunn")
    with Desk(folder) as desk:
        assert desk.queue()[0].label == "Recommendation 4"


def test_one_goes_through_the_queue_in_both_directions(desk: Desk) -> None:
    queue = [(one.name, one.key) for one in desk.queue()]
    here = queue[0]
    for wanted in [*queue[1:], queue[0]]:
        item = desk.next_item(*here)
        assert item
        here = (item.name, item.key)
        assert here == wanted
    item = desk.previous_item(*here)
    assert item and (item.name, item.key) == queue[-1]
    desk.mark(*queue[1], None, "accepted", seen=0, who=ANN)
    item = desk.next_item(*queue[0])
    assert item and (item.name, item.key) == queue[2]
    within = desk.next_item(*queue[0], within="dunn")
    assert within and (within.name, within.label) == ("dunn", "Recommendation 3")


def test_a_record_stays_in_its_place_while_it_is_corrected(desk: Desk) -> None:
    first, second, third = desk.queue()[:3]
    desk.set_text(first.name, first.key, "text", "Two.", seen=0, who=ANN)
    assert [one.key for one in desk.queue()[:3]] == [first.key, second.key, third.key]
    assert desk.queue()[0].severity == 0
    following = desk.next_item(first.name, first.key)
    assert following and (following.name, following.key) == (second.name, second.key)


def test_the_queue_ends(desk: Desk) -> None:
    for name in ("marlow", "dunn"):
        desk.accept_rest(name, seen=0, who=ANN)
    assert desk.queue() == []
    assert len(desk.queue(open_only=False)) == 8
    assert desk.next_item("marlow", keys_of(desk)[0]) is None
    assert [one.state for one in desk.documents()] == ["reviewed", "reviewed"]


def test_a_doubt_is_settled_by_a_correction_or_by_accepting_the_field(desk: Desk) -> None:
    key = keys_of(desk)[2]
    desk.mark("marlow", key, "leads", "accepted", seen=0, who=ANN)
    assert desk.record("marlow", key).severity == 0
    desk.undo("marlow", who=ANN)
    assert desk.record("marlow", key).severity > 0
    desk.set_text("marlow", key, "leads", "Head of Care", seen=9, who=ANN)
    assert desk.record("marlow", key).severity == 0
    assert [one.severity for one in desk.record("marlow", key).issues] == [0.1]


def test_marks_tell_who_and_when_and_are_counted(desk: Desk) -> None:
    keys = keys_of(desk)
    desk.mark("marlow", keys[0], None, "flagged", seen=0, who=ANN, note="See page 3.")
    desk.mark("marlow", keys[1], None, "accepted", seen=0, who=BEN)
    desk.mark("marlow", keys[1], "leads", "flagged", seen=9, who=BEN)
    desk.mark("marlow", None, None, "flagged", seen=9, who=BEN)
    mark = desk.record("marlow", keys[0]).mark
    assert mark and (mark.state, mark.who, mark.note, mark.stale) == (
        "flagged",
        ANN,
        "See page 3.",
        False,
    )
    assert mark.when.endswith("+00:00")
    leads = field(desk.record("marlow", keys[1]), "leads")
    assert leads.mark and leads.mark.state == "flagged"
    counts = desk.document("marlow").progress
    assert (counts.records, counts.accepted, counts.flagged, counts.left) == (4, 1, 1, 2)
    row = next(one for one in desk.documents() if one.name == "marlow")
    assert (row.state, row.mark and row.mark.state) == ("started", "flagged")
    desk.accept_rest("marlow", seen=9, who=ANN)
    states = [one.mark.state for one in desk.document("marlow").records if one.mark]
    assert states == ["flagged", "accepted", "accepted", "accepted"]
    desk.mark("marlow", keys[0], None, None, seen=9, who=ANN)
    assert desk.record("marlow", keys[0]).mark is None


def test_what_somebody_else_changes_after_it_was_accepted_waits_again(desk: Desk) -> None:
    key = keys_of(desk)[0]
    desk.mark("marlow", key, None, "accepted", seen=0, who=ANN)
    desk.set_text("marlow", key, "number", "9", seen=9, who=ANN)
    assert key not in [one.key for one in desk.queue("marlow")]  # Ann has seen her own change
    desk.set_text("marlow", key, "number", "8", seen=9, who=BEN)
    item = next(one for one in desk.queue("marlow") if one.key == key)
    assert item.mark and item.mark.stale
    assert item.reasons == ("changed after it was accepted",)
    desk.undo("marlow", who=BEN)
    assert key not in [one.key for one in desk.queue("marlow")]


def test_two_reviewers_do_not_overwrite_each_other(folder: Path, desk: Desk) -> None:
    with Desk(folder) as other:
        keys = keys_of(desk)
        seen = other.record("marlow", keys[0]).version
        desk.set_text("marlow", keys[0], "text", "Train all nurses.", seen=seen, who=ANN)
        desk.set_text("marlow", keys[1], "text", "Review all calls.", seen=seen, who=ANN)
        before = other.plan("marlow")
        edits: list[Callable[[], object]] = [
            lambda: other.set_text("marlow", keys[0], "number", "7", seen=seen, who=BEN),
            lambda: other.remove_record("marlow", keys[0], seen=seen, who=BEN),
            lambda: other.mark("marlow", keys[0], None, "accepted", seen=seen, who=BEN),
            lambda: other.merge_records(
                "marlow", keys[2], keys[1], seen=seen, seen_other=seen, who=BEN
            ),
        ]
        for edit in edits:
            with pytest.raises(StaleEditError) as refused:
                edit()
            assert re.search(
                r"was changed by A\. Marlow at \d\d:\d\d on 20\d\d-\d\d-\d\d ", str(refused.value)
            )
            assert "(Recommendation text of Recommendation" in str(refused.value)
        assert other.plan("marlow") == before == desk.plan("marlow")
        saved = other.set_text("marlow", keys[3], "number", "7", seen=seen, who=BEN)
        assert other.record("marlow", keys[0]).value["text"] == "Train all nurses."
        again = other.record("marlow", keys[0]).version
        other.set_text("marlow", keys[0], "number", "5", seen=again, who=BEN)
        assert desk.record("marlow", keys[3]).version == saved.version
        assert [one.who for one in desk.history("marlow")] == [BEN, BEN, ANN, ANN]


def test_each_reviewer_takes_back_what_is_their_own(desk: Desk) -> None:
    keys = keys_of(desk)
    desk.set_text("marlow", keys[0], "number", "5", seen=9, who=ANN)
    desk.set_text("marlow", keys[1], "number", "6", seen=9, who=BEN)
    assert desk.undo_text("marlow", ANN) == "Number of Recommendation 1 changed"
    desk.undo("marlow", who=ANN)
    assert [one.value["number"] for one in (desk.record("marlow", k) for k in keys[:2])] == [
        "1",
        "6",
    ]
    desk.redo("marlow", who=ANN)
    desk.set_text("marlow", keys[0], "number", "7", seen=9, who=BEN)
    with pytest.raises(EditError, match=r"cannot be undone: B\. Dunn changed the same thing"):
        desk.undo("marlow", who=ANN)
    assert desk.record("marlow", keys[0]).value["number"] == "7"
    with pytest.raises(EditError, match="nothing to redo"):
        desk.redo("marlow", who=ANN)
    desk.undo("marlow", who=BEN)
    assert [one.undone for one in desk.history("marlow")][:2] == [False, True]


def test_many_at_once_lose_nothing(folder: Path) -> None:
    """Threads over two desks: each edit is in the log, or was refused."""
    done: list[str] = []

    def work(desk: Desk, who: str) -> None:
        for number in range(12):
            text = f"{who} {number}"
            while True:
                try:
                    seen = desk.record("marlow", keys[0]).version
                    desk.set_text("marlow", keys[0], "scope", text, seen=seen, who=who)
                except StaleEditError:
                    continue
                done.append(text)
                break

    with Desk(folder) as one, Desk(folder) as other:
        keys = keys_of(one)
        threads = [
            threading.Thread(target=work, args=(each, f"{name}{at}"))
            for at, each in enumerate((one, other))
            for name in ("a", "b")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert len(done) == 48
        assert len(one.history("marlow", 100)) == 48
        assert one.plan("marlow") == other.plan("marlow")
    with Desk(folder) as again:
        while again.undo_text("marlow", "a0"):
            try:
                again.undo("marlow", who="a0")
            except EditError:  # somebody changed the same field since
                break
        assert len(again.history("marlow", 100)) >= 48


WRITER = """
import sys
from pathlib import Path
from actionplan.review.desk import Desk
desk = Desk(Path(sys.argv[1]))
key = desk.document("marlow").records[0].key
for number in range(100000):
    desk.set_text("marlow", key, "scope", f"round {number}", seen=10**9, who="A. Marlow")
    print(number, flush=True)
"""


def test_a_killed_process_loses_nothing_that_was_saved(folder: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        told = ""
        while told != "7\n":
            told = writer.stdout.readline()
            assert told, "the writer ended by itself"
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split()
    last = int(rest[-1]) if rest else 7
    with Desk(folder) as desk:
        value = desk.record("marlow", keys_of(desk)[0]).value["scope"]
        assert value in (f"round {last}", f"round {last + 1}")  # killed before it could say so
        assert len(desk.history("marlow", 10**6)) == int(value.split()[1]) + 1
        desk.undo("marlow", who=ANN)
        assert desk.record("marlow", keys_of(desk)[0]).value["scope"] == (
            f"round {int(value.split()[1]) - 1}"
        )


def test_lines_of_the_log_are_never_changed(folder: Path, desk: Desk) -> None:
    desk.set_text("marlow", keys_of(desk)[0], "number", "5", seen=9, who=ANN)
    with closing(sqlite3.connect(folder / ".actionplan" / "review.db")) as log:
        (mode,) = log.execute("PRAGMA journal_mode").fetchone()
        assert mode == "wal"
        for statement in ("UPDATE log SET who = 'x'", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                log.execute(statement)


def test_a_full_disk_is_told_and_changes_nothing(desk: Desk) -> None:
    key = keys_of(desk)[0]
    desk.set_text("marlow", key, "number", "5", seen=9, who=ANN)
    before = desk.plan("marlow")
    pages = desk._shelf.log._db.execute("PRAGMA page_count").fetchone()[0]
    desk._shelf.log._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutputError, match=r"review\.db: cannot be written"):
        desk.set_text("marlow", key, "text", "word " * 100_000, seen=9, who=ANN)
    desk._shelf.log._db.execute("PRAGMA max_page_count = 1000000")
    assert desk.plan("marlow") == before
    desk.set_text("marlow", key, "number", "6", seen=9, who=ANN)
    assert desk.record("marlow", key).value["number"] == "6"


def test_a_log_that_is_none_is_told(tmp_path: Path) -> None:
    made_folder(tmp_path)
    (tmp_path / ".actionplan").mkdir()
    (tmp_path / ".actionplan" / "review.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(UnreadableError, match=r"review\.db"):
        Desk(tmp_path)


def test_a_plan_file_that_cannot_be_read_stands_in_the_list(folder: Path, desk: Desk) -> None:
    (folder / "broken.plan.json").write_text("{}", encoding="utf-8")
    row = desk.documents()[0]
    assert row.name == "broken"
    assert "no plan file of this version" in row.problem
    assert len(desk.queue()) == 8
    assert [one.name for one in desk.documents()] == ["broken", "dunn", "marlow"]


def test_few_documents_are_held_in_memory(tmp_path: Path) -> None:
    names = [f"plan-{number}" for number in range(6)]
    with Desk(made_folder(tmp_path, *names), ReviewSettings(states=2)) as desk:
        for name in names:
            desk.set_text(name, keys_of(desk, name)[0], "number", "9", seen=0, who=ANN)
        assert len(desk.queue()) == 24
        assert len(desk._shelf._states) == 2
        assert desk.record(names[0], keys_of(desk, names[0])[0]).value["number"] == "9"
        assert sum(one.progress.edited for one in desk.documents()) == 6


def test_a_doubt_about_a_column_is_one_about_its_field(tmp_path: Path) -> None:
    from actionplan.schemas.plan import Issue, Unassigned
    from tests.review.made import rewrite

    made = made_plan()
    guessed = Issue(code="column-guessed", field="progress", message="column 3 has no header")
    made.recommendations[0].issues = [guessed]
    made.unassigned = [Unassigned(page=2, bbox=(1, 2, 3, 4), text="See also page 9.")]
    rewrite(made_folder(tmp_path), made)
    with Desk(tmp_path) as desk:
        key = keys_of(desk)[0]
        assert [one.code for one in field(desk.record("marlow", key), "updates").issues] == [
            "column-guessed"
        ]
        assert desk.document("marlow").unassigned[0][1] == "See also page 9."
        assert desk.page_fields("marlow", 2)[1].doubtful
        desk.mark("marlow", key, "updates", "accepted", seen=0, who=ANN)
        assert desk.record("marlow", key).severity == 0


TURNS = st.tuples(
    st.sampled_from([*sorted(EDITS), *MORE, *(["undo", "redo"] * 8)]),
    st.integers(0, 3),
    st.sampled_from((ANN, BEN)),
)


@settings(max_examples=40)
@given(st.lists(TURNS, max_size=10))
def test_two_reviewers_and_a_restart_see_the_same(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[str, int, str]]
) -> None:
    """Whoever does what at which desk: both show it, and so does one that is opened then."""
    folder = made_folder(tmp_path_factory.mktemp("two"))
    with Desk(folder) as one, Desk(folder) as other:
        desks = {ANN: one, BEN: other}
        for name, at, who in turns:
            make_edit(desks[who], name, at, who)
        plan = one.plan("marlow")
        assert other.plan("marlow") == plan
        assert other.queue() == one.queue()
        with Desk(folder) as again:
            assert again.plan("marlow") == plan
            assert again.queue() == one.queue()
            assert again.history("marlow") == other.history("marlow")
