"""How a line goes on into the next one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.extract.glue import Gluer, divides_words, inner_words
from actionplan.schemas.tables import Glue, join_lines
from tests.extract.pages import line

FULL = 0.0  # no space is left at the end of the line
FREE = 60.0


def _gluer(words: str = "", divided: bool = False) -> Gluer:
    vocabulary = frozenset(words.split())
    return Gluer(lambda: vocabulary, lambda: divided)


def _glue(gluer: Gluer, before: str, after: str, free: float = FULL) -> Glue:
    first = line(before)
    return gluer.glue(first, line(after), first.bbox[2] + free)


@pytest.mark.parametrize("divided", [False, True], ids=["whole words", "divided words"])
@pytest.mark.parametrize(
    ("before", "after", "glue"),
    [
        ("who will co-", "ordinate the work", "keep"),
        ("all non-", "attendance is logged", "keep"),
        ("an ex-", "partner of hers", "keep"),
        ("the Re-imburse-", "ment form", "drop"),
        ("sharing of infor-", "mation with partners", "drop"),
        ("a multi-agency assess-", "ment hub", "drop"),
        ("the years 2013-", "14 and after", "keep"),
        ("pages 12-", "19", "keep"),
        ("held by Mid-", "Brindle Council", "keep"),
        ("the Moor-", "Lacey partnership", "keep"),
        ("the lead officer -", "the deputy", "space"),
        ("the lead officer -", "Deputy", "space"),
        ("-", "Deputy", "space"),
        ("agenda item 4\u2010", "5", "space"),
        ("held by Mid\u2010", "Brindle Council", "keep"),
        ("the lead officer \u2010", "Deputy", "space"),
        ("agreed (in part)-", "(see below)", "space"),
    ],
)
def test_a_hyphen_at_the_line_end(divided: bool, before: str, after: str, glue: Glue) -> None:
    assert _glue(_gluer(divided=divided), before, after, FREE) == glue


@pytest.mark.parametrize(
    ("before", "after", "whole", "divided"),
    [
        # Two words: only a document that divides words leaves a doubt.
        ("a long-", "standing offer", "keep", "keep"),
        ("a well-", "known route", "keep", "keep"),
        ("this under-", "standing is shared", "keep", "drop"),
        ("a safe-", "guarding hub", "keep", "drop"),
        ("it was re-", "viewed by the board", "keep", "drop"),
        # No dictionary knows the joined form; only the document's habit decides.
        ("at Wyndle-", "sea", "keep", "drop"),
    ],
)
def test_whether_the_document_divides_words_decides(
    before: str, after: str, whole: Glue, divided: Glue
) -> None:
    assert _glue(_gluer(), before, after, FREE) == whole
    assert _glue(_gluer(divided=True), before, after, FREE) == divided


def test_the_documents_own_words_come_first() -> None:
    assert _glue(_gluer("under-standing", divided=True), "of under-", "standing") == "keep"
    assert _glue(_gluer("longstanding"), "a long-", "standing offer") == "drop"
    assert _glue(_gluer("wyndlesea"), "at Wyndle-", "sea") == "drop"


def test_a_soft_hyphen_always_goes() -> None:
    first = replace(line("a co-"), glue="drop")
    assert _gluer().glue(first, line("ordinate"), first.bbox[2]) == "drop"


@pytest.mark.parametrize(
    ("before", "after", "glue"),
    [
        ("services are commissione", "d by the board", "cut"),
        ("a Recommissi", "oning of the service", "cut"),
        ("the safeguar", "ding lead", "cut"),
        ("by 31/03/20", "22 at the latest", "cut"),
        ("by 31.03.2", "022", "cut"),
        ("31.03.1", "8", "cut"),
        ("by 31/03/20", "days later", "space"),
        ("by 31/03/22", "30 staff", "space"),
        ("item 31/03", "22", "space"),
        ("all staff in", "form a group", "space"),
        ("how they over", "come this", "space"),
        ("work with the", "lead officer", "space"),
        ("the lead of", "the group", "space"),
        ("training for GP", "and nurses", "space"),
        ("ask the lead", "Officer", "space"),
        ("see section", "4", "space"),
    ],
)
def test_a_full_line_without_a_hyphen(before: str, after: str, glue: Glue) -> None:
    assert _glue(_gluer(), before, after) == glue


def test_a_line_with_free_space_cuts_no_word() -> None:
    assert _glue(_gluer(), "services are commissione", "d by the board", FREE) == "space"


def test_two_words_of_the_document_are_not_one() -> None:
    assert _glue(_gluer(), "the Marsh", "wick road") == "space"
    assert _glue(_gluer("lorring ham"), "at Lorring", "ham") == "space"
    assert _glue(_gluer("lorringham"), "at Lorring", "ham") == "cut"


def test_a_word_that_fills_its_line_goes_on_if_the_document_has_the_whole() -> None:
    gluer = _gluer("theme timescale the me")
    assert _glue(gluer, "The", "me") == "cut"
    assert _glue(gluer, "Timesc", "ale") == "cut"
    assert _glue(gluer, "what the", "me") == "space"
    assert _glue(gluer, "The", "me", FREE) == "space"


def test_a_mark_that_found_no_room_belongs_to_the_word_before_it() -> None:
    assert _glue(_gluer(), "regional or national", "? Say which") == "cut"
    assert _glue(_gluer(), "regional or national", ".5 miles") == "space"


def test_is_word_cut_needs_no_geometry() -> None:
    assert _gluer().is_word_cut("services are commissione", "d by the board")
    assert not _gluer().is_word_cut("services are", "bought by the board")


def test_glue_lines_sets_each_but_the_last() -> None:
    lines = [line("sharing of infor-"), line("mation is commissione"), line("d")]
    edges = [item.bbox[2] for item in lines]
    glued = _gluer().glue_lines(lines, edges)
    assert [item.glue for item in glued] == ["drop", "cut", "space"]
    assert join_lines(glued) == "sharing of information is commissioned"


@pytest.mark.parametrize(
    ("pairs", "divides"),
    [
        ([("an assess-", "ment of need")], True),
        ([("a co-", "ordinated answer"), ("a long-", "standing offer")], False),
        ([("a self-", "assessment"), ("non-", "compliance"), ("Co-", "operating")], False),
        ([("a plan", "of action"), ("2013-", "14"), ("Mid-", "Brindle")], False),
        ([], False),
    ],
)
def test_does_a_document_divide_words(pairs: list[tuple[str, str]], divides: bool) -> None:
    assert divides_words(pairs) is divides


def test_inner_words_leave_out_the_ends_of_lines() -> None:
    lines = [line("safe- Guarding (Hub), in mation"), line("one two")]
    assert inner_words(lines) == {"guarding", "hub", "in"}


_WORD = st.text(st.sampled_from("abcdeinorst"), min_size=1, max_size=9)
_TEXT = st.lists(_WORD, min_size=1, max_size=6).map(" ".join)
_ENDS = st.sampled_from(["", "-", "\u2010", ".", ","])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(_TEXT, _ENDS), min_size=1, max_size=6),
    st.booleans(),
    st.floats(0, 12),
)
def test_no_letter_is_lost(texts: list[tuple[str, str]], divided: bool, free: float) -> None:
    lines = [line(text + end) for text, end in texts]
    glued = _gluer(divided=divided).glue_lines(lines, [item.bbox[2] + free for item in lines])
    out = join_lines(glued)
    printed = "".join(text + end for text, end in texts)
    hyphens = "-\u2010"
    assert out.translate(dict.fromkeys(map(ord, hyphens + " "))) == printed.translate(
        dict.fromkeys(map(ord, hyphens + " "))
    )
    dropped = sum(item.glue == "drop" for item in glued)
    assert sum(out.count(h) for h in hyphens) == sum(printed.count(h) for h in hyphens) - dropped
    # A space goes only where a line ends inside a word.
    assert out.count(" ") == " ".join(t + e for t, e in texts).count(" ") - sum(
        item.glue != "space" for item in glued
    )
