"""Misread words of scans are mended where nothing is made up, and what was read is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.extract.layout import PageLayout
from actionplan.extract.ocr.mend import Mender, mend_pages
from actionplan.extract.ocr.settings import MendSettings
from actionplan.normalise.hints import field_words, plan_hints
from actionplan.normalise.privacy.protect import Privacy
from actionplan.normalise.scan_changes import note_changes, ocr_changes
from actionplan.schemas.plan import Audit, Document, OcrChange, Place, Plan, Recommendation
from actionplan.schemas.tables import Scan, TableDocument
from tests.extract.pages import Word, layout

SETTINGS = MendSettings()
DIM = 0.7  # a confidence that leaves a word open to doubt
OWN = ["Quillham", "Partnership", "Quillham", "Partnership"]


def scanned(lines: list[list[tuple[str, float]]]) -> PageLayout:
    """A recognised page: lines of words with their confidence, each word 30 points wide."""
    words: list[Word] = [
        (text, 40.0 + 36 * k, 100.0 + 14 * n, 70.0 + 36 * k, 110.0 + 14 * n)
        for n, line in enumerate(lines)
        for k, (text, _) in enumerate(line)
    ]
    page = layout(words)
    page.words.confidence = np.array([sure for line in lines for _, sure in line])
    return page


def mended(lines: list[list[tuple[str, float]]]) -> list[str]:
    """The words of such a page, after the words of its document were read with certainty."""
    own = scanned([[(word, 0.97) for word in OWN]])
    return mend_pages([own, scanned(lines)], field_words, SETTINGS)[1].words.text


def one(word: str, sure: float = DIM) -> str:
    """What stands for a word in the middle of a line."""
    return mended([[("and", 0.97), (word, sure), ("the", 0.97)]])[1]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Quiliham", "Quillham"),  # the document's own word
        ("Quilinam", "Quillham"),  # two misreadings away from it
        ("(Quiliham,", "(Quillham,"),
        ("Safequarding", "Safeguarding"),  # of the field
        ("distinquish", "distinguish"),  # plain English
        ("heid.", "held."),
        ("rneeting", "meeting"),
        ("clecision", "decision"),
        ("vvritten", "written"),
    ],
)
def test_a_misread_word_is_mended(read: str, printed: str) -> None:
    assert one(read) == printed
    assert one(read, 0.97) == read  # recognition was sure of it


@pytest.mark.parametrize(
    "word",
    [
        "Hartiow",  # a name that nothing tells
        "Heid",  # a capital may begin a name
        "held",  # known
        "well-heid-up's",  # parts, one of them short: too little to go by
        "tbe",  # short words have too many others beside them
        "bosh-iind",
        "Onslow",
        "Ashgrove",
        "caseworker",
        "SARE",  # short words in capitals may be short forms
        "juty",  # a month has a capital
        "professiona!",  # no stop stands behind "a"
        "“heme",  # what looks like a quote may be left of a first letter
        "olice",  # one of several first letters is lost
        "anschedule",  # nobody writes "an schedule"
        "onsite",
        "—",
    ],
)
def test_a_word_stays_where_nothing_tells_what_was_printed(word: str) -> None:
    assert one(word) == word


def test_a_word_with_two_likely_readings_stays() -> None:
    own = scanned([[(word, 0.97) for word in ["Harlow", "Hartow"] * 2]])
    pages = [own, scanned([[("Hariow", DIM), ("next", 0.97)]])]
    assert mend_pages(pages, frozenset, SETTINGS)[1].words.text[0] == "Hariow"


@given(
    st.from_regex(r"[A-Za-z/.,-]{0,5}[0-9][A-Za-z0-9/.,-]{0,6}", fullmatch=True), st.floats(0, 1)
)
def test_nothing_that_holds_a_digit_is_ever_changed(word: str, sure: float) -> None:
    own = scanned([[(text, 0.97) for text in OWN]])
    assert Mender([own], field_words(), SETTINGS).mend(word, sure) is None


@given(st.from_regex(r"[A-Za-z]{4,12}", fullmatch=True))
def test_no_digit_is_ever_put_in(word: str) -> None:
    found = Mender([], field_words(), SETTINGS).mend(word, 0.1)
    assert found is None or not any(map(str.isdigit, found))


@pytest.mark.parametrize(
    ("read", "printed"),
    [("amonth", "a month"), ("aname,", "a name,"), ("comeso", "come so"), ("Byendof", "By end of"),
     ("Aroom", "A room")],
)  # fmt: skip
def test_words_without_white_between_them_are_parted(read: str, printed: str) -> None:
    assert one(read, 0.92) == printed


def test_halves_of_a_word_that_a_line_end_cuts_stay() -> None:
    lines = [[("Operations", 0.97), ("Man-", 0.9)], [("ager", 0.6)], [("Governan", 0.9)],
             [("ce", 0.5)], [("re~", 0.6)], [("ception", 0.9)], [("Consultan", 0.9)]]  # fmt: skip
    assert mended(lines) == [word for line in lines for word, _ in line]


def test_signs_in_front_of_lines_are_bullets_if_there_are_several() -> None:
    line = [("*", 0.6), ("Name", 0.97), ("an", 0.97), ("officer", 0.97)]
    assert mended([line, line])[::4] == ["•", "•"]
    assert mended([line])[0] == "*"
    sure = [("*", 0.97), *line[1:]]
    assert mended([sure, sure])[::4] == ["*", "*"]
    inside = [line[1], line[0], line[2]]
    assert mended([inside, inside])[1] == "*"


def test_what_was_read_is_kept_and_nothing_else_changes() -> None:
    page = scanned([[("Plan", 0.97), ("heid", DIM)]])
    (after,) = mend_pages([page], frozenset, SETTINGS)
    assert after.words.text == ["Plan", "held"] and after.words.raw == ["Plan", "heid"]
    assert page.words.text == ["Plan", "heid"] and page.words.raw is None
    assert replace(after, words=page.words) == page
    taken = after.words.take(np.array([1]))
    assert taken.text == ["held"] and taken.raw == ["heid"]


def test_pages_of_the_file_s_own_words_are_left_alone() -> None:
    page = layout([("heid", 0, 0, 20, 10)])

    def never() -> frozenset[str]:
        raise AssertionError("nobody needs the words of the field")

    (after,) = mend_pages([page], never, SETTINGS)
    assert after is page


def test_the_field_s_words_are_those_of_headers_bodies_and_posts() -> None:
    words = plan_hints().vocabulary()
    assert {"recommendation", "constabulary", "inspector", "september"} <= words
    assert all(word == word.casefold() and word.isalpha() for word in words)


def document() -> TableDocument:
    """A document of one scanned page, a word of which was mended and a sign taken for a bullet."""
    scan = Scan(("held", "•"), ((50, 50, 70, 60), (10, 50, 14, 60)), (0.7, 0.5),
                back=(1, 0, 5, 0, 1, 0, 0, 0, 1), raw=((0, "heid"), (1, "*")))  # fmt: skip
    return TableDocument("a.pdf", "0" * 64, 1, [], [], scans={2: scan})


def test_each_change_is_told_with_its_place_on_the_page_as_shown() -> None:
    assert [change.model_dump() for change in ocr_changes(document())] == [
        {"page": 2, "bbox": (55, 50, 75, 60), "raw": "heid", "text": "held"},
        {"page": 2, "bbox": (15, 50, 19, 60), "raw": "*", "text": "•"},
    ]


def test_a_record_has_an_issue_for_the_field_that_holds_a_mended_word() -> None:
    here, elsewhere = Place(page=2, bbox=(40, 40, 90, 80)), Place(page=1, bbox=(40, 40, 90, 80))
    places = {"text": [here], "target": [elsewhere]}
    record = Recommendation(id="s1-r1", section="s1", key="k", text="", provenance=places)
    note_changes(document(), [record])
    (issue,) = record.issues
    assert (issue.code, issue.field) == ("ocr-corrected", "text")
    assert issue.message == "page 2 (55, 50, 75, 60): “heid” was read, “held” is taken"


def plan(changes: list[OcrChange]) -> Plan:
    facts = Document(id=f"sha256:{'0' * 64}", name="a.pdf", bytes=1, pages=1, ocr_changes=changes)
    places = ("on_plan_pages", "in_cells", "in_headings", "in_headers", "in_furniture")
    counts = {f"words_{places[0]}": 0, **dict.fromkeys(places[1:], 0)}
    return Plan(document=facts, audit=Audit(**counts, unassigned=0, duplicated=0))


def test_plans_without_changes_are_written_as_before() -> None:
    assert "ocr_changes" not in plan([]).model_dump_json()
    change = OcrChange(page=1, bbox=(0, 0, 1, 1), raw="heid", text="held")
    written = plan([change]).model_dump_json()
    assert Plan.model_validate_json(written).document.ocr_changes == [change]


def test_without_names_nothing_is_told_of_single_words() -> None:
    change = OcrChange(page=1, bbox=(0, 0, 1, 1), raw="Mavls", text="Mavis")
    assert Privacy(people="drop").named(plan([change])).document.ocr_changes == []
