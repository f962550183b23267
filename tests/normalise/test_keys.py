"""Keys of records."""

from __future__ import annotations

from actionplan.normalise.keys import fingerprint, record_keys


def test_key_is_a_fingerprint_and_an_ordinal() -> None:
    (key,) = record_keys([("Train staff.", "")])
    assert key == fingerprint(("Train staff.", "")) + "-1"
    assert len(key) == 14


def test_spaces_case_and_punctuation_do_not_count() -> None:
    assert fingerprint(["Train  STAFF"]) == fingerprint(["train staff."])
    assert fingerprint(["Train staff"]) != fingerprint(["Train all staff"])


def test_parts_are_kept_apart() -> None:
    assert fingerprint(["ab", "c"]) != fingerprint(["a", "bc"])


def test_same_content_gets_the_next_ordinal() -> None:
    keys = record_keys([("A",), ("B",), ("A",)])
    assert keys[0][:-2] == keys[2][:-2]
    assert [key[-1] for key in keys] == ["1", "1", "2"]


def test_other_records_do_not_move_a_key() -> None:
    before = record_keys([("A",), ("B",)])
    after = record_keys([("New",), ("A",), ("B",)])
    assert after[1:] == before
