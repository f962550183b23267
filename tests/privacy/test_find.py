"""Names of people in running texts."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from field_cells import Truth, people

from actionplan.normalise.privacy.find import find_names
from actionplan.normalise.privacy.known import People, name_words
from actionplan.normalise.privacy.words import tokens
from actionplan.schemas.plan import Lead

with (Path(__file__).parent / "texts.toml").open("rb") as file:
    TEXTS: list[Truth] = tomllib.load(file)["cell"]


WRONG = {
    "As above. Gwilym away until 4th; Orla Feeney to pick up.": "no word tells of a person",
    "Precious told staff that Darnell had threatened her.": "no list has the name; a plain word",
}


def marked(truth: Truth) -> object:
    """A text, expected to fail if it is known to be read wrong."""
    reason = WRONG.get(truth["text"] if "subject" not in truth else "")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(truth, marks=marks, id=truth["text"][:40])


@pytest.mark.parametrize("truth", [marked(truth) for truth in TEXTS])
def test_texts(truth: Truth) -> None:
    compared = people(truth)
    assert compared.is_right, compared.shown


def found(text: str, *leads: str, subject: str | None = None) -> list[str]:
    """The names in a text of a document with these leads, as printed."""
    known = People(subject)
    for name in leads:
        known.add_lead(Lead(name=name, text=name))
    return [text[one.start : one.end] for one in find_names(text, known)]


def test_posts_ranks_and_organisations_stay() -> None:
    assert found("DI Thorne (Kent Police) and Dr Vaughan, Named GP") == ["Thorne", "Vaughan"]


def test_a_form_of_address_that_tells_no_more_than_sex_goes() -> None:
    assert found("Mrs Hartle and Mr S. met Cllr Dunmore") == ["Mrs Hartle", "Mr S", "Dunmore"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Send it to joan.petty@x.example by May.", ["joan.petty@x.example"]),
        ("Send it to j_petty@x.example, cc Joan Petty.", ["j_petty@x.example", "Joan Petty"]),
        ("Send it to adult.safeguarding@x.example.", []),
        ("Send it to info@x.example.", []),
    ],
)
def test_addresses_with_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_an_address_may_hold_a_known_surname() -> None:
    assert found("Ask petty2@x.example.", "Joan Petty") == ["petty2@x.example"]
    assert found("Ask petty2@x.example.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Dr Gray's Hospital and Sister Services were told.",
        "H.M.P. Kelmouth and Section B Harrow were seen. Hepatitis B Testing is offered.",
        "A Kelmouth officer will go. Child 4 to 11 years; Child Protection is key.",
        "The Department's family hub and the Kelmouth family centre are open.",
        "MARK ALL REFERRALS. GRANT FUNDING HELD. WILL REVIEW IN MAY.",
        "Det Ch Insp; Sergeant, Community Safety Team; Sgt Friday 3 May.",
        "St Helen Tarrant School and King Edward Marsh House were visited.",
        "Staff in Victoria Harrow and at Ashley Marlow in May. Update Helen Friday 3.",
    ],
)
def test_what_is_nobody(text: str) -> None:
    assert found(text) == []


def test_no_two_names_overlap() -> None:
    text = "Mr and Mrs Calloway, Dr Ann Marlow's sister Joan Marlow, and DS Ann Marlow"
    spans = [(one.start, one.end) for one in find_names(text, People())]
    assert len(spans) == 4
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_word_of_titles_read_as_a_name_hides_nothing_elsewhere() -> None:
    assert found("Safeguarding is a priority. Training is held.", "Safeguarding", "Training") == []


def test_initials_count_where_the_leads_print_them_alone() -> None:
    assert found("KT to chase; HR to advise.", "KT") == ["KT"]
    assert found("KT to chase.") == []


def test_a_plain_word_that_is_a_surname_needs_a_person_beside_it() -> None:
    assert found("Sharp rise seen. Sharp has told the Board.", "Jade Sharp") == ["Sharp"]


def test_a_month_is_no_given_name_before_a_year() -> None:
    assert found("April confirmed in April 2016.", "April Summers") == ["April"]


@pytest.mark.parametrize(
    ("subject", "text", "names"),
    [
        ("Ilse and Conrad", "Ilse rang; Conrad did not.", ["Ilse", "Conrad"]),
        ("Child AB", "Learning from CHILD AB is shared.", ["AB"]),
        ("Mr Tobias L", "Mr Tobias L was seen.", ["Mr Tobias L"]),
        ("Rose", "Rose by any measure. Staff met Rose.", ["Rose"]),
    ],
)
def test_made_up_names(subject: str, text: str, names: list[str]) -> None:
    assert found(text, subject=subject) == names


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Tarrant, Helen", ("Helen", "Tarrant")),
        ("Okafor, N. J.", ("N", "J", "Okafor")),
        ("Stephen (Steve) Marsh", ("Stephen", "Marsh")),
        ("Dr Anu Thomas OBE", ("Anu", "Thomas")),
        ("Anu Thomas, OBE", ("Anu", "Thomas")),
        ("CB", ("CB",)),
    ],
)
def test_words_of_a_name(printed: str, words: tuple[str, ...]) -> None:
    assert name_words(printed) == words


def test_the_longest_known_name_counts() -> None:
    for leads in (["Ann Marlow", "Ann Marlow Reeve"], ["Ann Marlow Reeve", "Ann Marlow"]):
        assert found("ANN MARLOW REEVE AND ANN MARLOW", *leads) == [
            "ANN MARLOW REEVE",
            "ANN MARLOW",
        ]


def who(known: People, *words: str) -> str:
    return " ".join(known.who(words).words)


def test_a_surname_links_with_the_full_name_where_that_is_one_alone() -> None:
    known = People()
    known.add(("Helen", "Tarrant"))
    assert who(known, "Tarrant") == who(known, "H", "Tarrant") == who(known, "Helen")
    assert who(known, "HELEN", "TARRANT") == "helen tarrant"
    known.add(("Mark", "Tarrant"))
    assert who(known, "Tarrant") == "tarrant"
    assert who(known, "H", "Tarrant") == "helen tarrant"
    assert who(known, "Joan", "Tarrant") == "joan tarrant"


def test_initials_link_with_the_name_they_are_of() -> None:
    known = People()
    known.add_lead(Lead(name="Christine Bell", text="Christine Bell (CB)"))
    assert who(known, "CB") == "christine bell"
    known = People()
    for name in ("KT", "Karl Thorne"):
        known.add_lead(Lead(name=name, text=name))
    assert who(known, "KT") == "karl thorne"
    known.add_lead(Lead(name="Kim Tate", text="Kim Tate"))
    assert who(known, "KT") == "kt"


def test_short_forms_link_with_the_given_name_they_stand_for() -> None:
    known = People()
    known.add(("Samantha", "Orme"))
    known.add(("Robert", "Hale"))
    assert who(known, "Sam") == "samantha orme"
    assert who(known, "Bob") == "robert hale"
    known.add(("Samuel", "Pike"))
    assert who(known, "Sam") == "sam"


def test_mr_and_mrs_of_one_letter_are_two() -> None:
    known = People("Mr S")
    mr, mrs = find_names("Mr S and Mrs S", known)
    assert known.who(mr.words) != known.who(mrs.words)


def test_tokens_cover_all_signs_but_blanks() -> None:
    text = "A/DI O'Dowd's e-mail (d.odowd@x.example): 3 St. Ann’s – al-Rashid, N.J. Żak\n_x_"
    words = tokens(text)
    assert "".join(one.text for one in words) == "".join(text.split())
    assert all(text[one.start : one.end] == one.text for one in words)
