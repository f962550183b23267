"""A comparison on the terminal and as a page: complete, inert, well-formed."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Literal

import pytest
from rich.console import Console

from actionplan.normalise.compare.html import datasets_page, plans_page
from actionplan.normalise.compare.model import DatasetDiff, Figures, PlanDiff, Side, Table
from actionplan.normalise.compare.plans import compare_plans
from actionplan.normalise.compare.terminal import print_datasets, print_plans
from actionplan.schemas.plan import Lead, Place, Plan, Status, Target
from tests.compare.versions import TEXTS, added, first, rekey, second, update
from tests.dataset.plans import target

_EVIL = '</p><script>alert(1)</script><img src=x onerror="alert(1)"> & \x1b[31mred \u202etxt'


def changed() -> PlanDiff:
    """A comparison with a change of each kind."""
    new = second()
    one, two, three = new.recommendations[:3]
    one.text = TEXTS[0].replace("should", "must")
    one.target = target("2020-02-28")
    one.status = Status(value="completed")
    two.leads = [Lead(name="Ann Marlow", text="Ann Marlow")]
    two.updates.append(update("2020-06-30", "All teams have it."))
    two.actions[0].target = Target(text="Ongoing", kind="ongoing")
    three.text = TEXTS[2].upper()
    new.sections[0].heading = "Partnership plan"
    new.document.version = "2"
    del new.recommendations[4]
    new.recommendations.append(added("Ward sisters should know whom to ring.", "s2", "9"))
    return compare_plans(first(), rekey(new))


def evil() -> PlanDiff:
    """A comparison whose texts are markup and steer terminals."""
    new = second()
    for record in new.recommendations:
        record.text = f"{record.text} {_EVIL}"
        record.number = _EVIL
        record.leads = [Lead(text=_EVIL)]
        record.updates = [update("2020-01-31", _EVIL)]
        record.actions[0].text += _EVIL
    new.recommendations.append(added(f"Whom to ring at night {_EVIL}", "s1", _EVIL))
    new.sections[0].heading = _EVIL
    new.document.title = _EVIL
    new.document.name = _EVIL
    return compare_plans(first(), new)


def dataset(*plans: PlanDiff) -> DatasetDiff:
    """A comparison of datasets with `plans` in it."""
    side = Side("sha256:1", _EVIL, "Buses", None, 2)
    tables = (Table("documents", 3, 2, (), ("new_column",)), Table("links", None, 4, (), ("a",)))
    return DatasetDiff("old", "new", tables, (side,), (), plans, 5, Figures.of(plans))


def shown(diff: PlanDiff | DatasetDiff, *, colours: bool = False) -> str:
    """What is printed on a terminal, or elsewhere."""
    out = io.StringIO()
    system: Literal["standard"] | None = "standard" if colours else None
    console = Console(
        file=out, width=100, highlight=False, force_terminal=colours, color_system=system
    )
    if isinstance(diff, PlanDiff):
        print_plans(diff, console)
    else:
        print_datasets(diff, console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_the_terminal_tells_each_change() -> None:
    text = shown(changed())
    assert "1 added, 1 dropped, 3 changed (1 only slightly), 2 unchanged" in text
    assert "Status: in progress → completed 1" in text
    assert "Target dates: 1 later; median +31 days" in text
    assert "~ 1 The Board [-should-]{+must+} agree" in text
    assert "  target      [-2020-01-28-] → {+2020-02-28+} (31 days later)" in text
    assert "  status      [-in progress-] → {+completed+}" in text
    assert "  leads       dropped [-Manager 2-]" in text
    assert "added {+Ann Marlow+}" in text
    assert "  updates     added {+2020-06-30: All teams have it.+}" in text
    assert "target: {+Ongoing+}" in text
    assert "(the same words)" in text
    assert f"- 2 {TEXTS[4]}" in text
    assert "+ 9 Ward sisters should know whom to ring." in text
    assert "sections    changed" in text
    assert re.search(r"^version +\[-1-\] → \{\+2\+\}", text, re.MULTILINE)


def test_colours_take_the_place_of_marks() -> None:
    text = shown(changed(), colours=True)
    assert "[-" not in text.replace("\x1b[", "")
    assert "{+" not in text
    assert "The Board should must agree" in re.sub(r"\x1b\[[\d;]*m", "", text)
    assert "\x1b[" in text


def test_nothing_differs() -> None:
    diff = compare_plans(first(), first())
    assert shown(diff).splitlines()[-1] == "Nothing differs."
    assert "Nothing differs." in plans_page(diff)


@pytest.mark.parametrize("diff", [evil(), dataset(evil())])
def test_no_text_steers_the_terminal(diff: PlanDiff | DatasetDiff) -> None:
    text = shown(diff)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "<script>" in text or isinstance(diff, DatasetDiff)


class Page(HTMLParser):
    """Reads a page: its elements, its text, what is not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize(
    "page", [plans_page(changed()), plans_page(evil()), datasets_page(dataset(changed(), evil()))]
)
def test_a_page_is_whole_and_inert(page: str) -> None:
    read = Page(page)
    assert read.open == []
    assert not {"script", "img", "link", "iframe"} & set(read.tags)
    assert read.attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "dir", "scope", "open",
        "role", "tabindex", "aria-label",
    }  # fmt: skip
    assert "http" not in re.sub(r"http-equiv", "", page)
    assert "\x1b" not in page
    assert read.tags.count("h1") == read.tags.count("main") == read.tags.count("title") == 1
    levels = [int(tag[1]) for tag in read.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_tells_each_change() -> None:
    text = re.sub(r"\s+", " ", "".join(Page(plans_page(changed())).words))
    assert "1 added, 1 dropped, 3 changed (1 only slightly), 2 unchanged" in text
    assert "The Board [taken out: should] [put in: must] agree" in text
    assert "[taken out: 2020-01-28] → [put in: 2020-02-28] (31 days later)" in text
    assert "[put in: 2020-06-30: All teams have it.]" in text
    assert TEXTS[4] in text
    assert "Changed fields of the 5 recommendations that are in both" in text


def test_markup_is_shown_as_it_is() -> None:
    text = "".join(Page(plans_page(evil())).words)
    assert '</p><script>alert(1)</script><img src=x onerror="alert(1)"> & ' in text


def test_datasets_tell_documents_fields_and_columns() -> None:
    text = shown(dataset(changed()))
    assert "Documents: 1 added, 0 dropped, 1 changed, 5 unchanged" in text
    assert re.search(r"^status +1 +20\.0%", text, re.MULTILINE)
    assert re.search(r"^text +2 +1 +40\.0%", text, re.MULTILINE)
    assert "Only in the new table documents: new_column" in text
    assert "Only in the new dataset: the table links" in text
    assert "~ second.pdf (before: first.pdf): 1 added, 1 dropped, 3 changed" in text
    page = "".join(Page(datasets_page(dataset(changed()))).words)
    assert "second.pdf" in page
    assert "new_column" in page


def test_many_documents_are_cut_on_the_terminal_and_not_on_the_page() -> None:
    diff = dataset(*[changed()] * 40)
    assert "  10 more changed: all are in --html and --json" in shown(diff)
    assert plans_in(datasets_page(diff)) == 40


def plans_in(page: str) -> int:
    """How many documents a page lists."""
    return Page(page).tags.count("details")


def test_a_plan_without_sections_or_numbers_is_shown() -> None:
    def bare(text: str) -> Plan:
        made = second()
        made.sections[0].heading = ""
        made.recommendations = [added(text)]
        return made

    diff = compare_plans(bare("Buses should call at the clinic."), bare("Mend the lifts."))
    assert "Without a heading" in shown(diff)
    assert "no number" in plans_page(diff)


def test_what_was_read_otherwise_is_told_by_its_parts() -> None:
    new = first()
    record = new.recommendations[0]
    record.provenance = {"text": [Place(page=2, bbox=(1, 2, 3, 4))]}
    record.target.edtf = None
    record.status.basis = "column"
    text = shown(compare_plans(first(), new))
    assert (
        "place       page: nothing → 2; last page: nothing → 2; box: nothing → 1.0 2.0 3.0" in text
    )
    assert "target      date: 2020-01-28 → nothing" in text
    assert "status      read from: text → column" in text
