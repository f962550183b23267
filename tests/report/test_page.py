"""The report as a file: inert, reproducible, counted as a dataset counts."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from actionplan.normalise.dataset.about import About
from actionplan.normalise.report import figures
from actionplan.normalise.report.charts import Chart, column_chart
from actionplan.normalise.report.checks import View, as_read
from actionplan.normalise.report.content import Source, compose
from actionplan.normalise.report.markup import clean, element, script_data
from actionplan.normalise.report.page import render
from actionplan.normalise.report.rows import Row
from actionplan.report_pictures import STYLE, cut
from actionplan.schemas.plan import Issue, Place, Plan, Recommendation, Status, Target, Update
from tests.conftest import Run
from tests.dataset.plans import day, full_plan, plan, target, write
from tests.report.conftest import SHOWN

DAY = datetime.date(2024, 6, 30)


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, its texts, its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "img", "input"):
            self.open.append(f"{tag} {dict(attrs).get('class') or dict(attrs).get('id') or ''}")
            self.texts.setdefault(self.open[-1], []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().split()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data

    @property
    def data(self) -> Any:
        """The rows for the script."""
        return json.loads(self.texts["script data"][0])


def page_of(*plans: Plan, title: str = "Plans") -> str:
    """The report about `plans`."""
    about = About(title=title)
    return render(compose([Source(one) for one in plans], about, DAY, "1.0"), {})


def rows_of(*plans: Plan) -> list[Row]:
    """The rows of the report about `plans`."""
    return compose([Source(one) for one in plans], About(), DAY, "1.0").rows


texts = st.text(
    st.one_of(
        st.sampled_from("<>&\"'/\\!-=`{}[]()\n\t \u2028\u202e"), st.characters(codec="utf-8")
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, min_size=4, max_size=4))
def test_any_text_stays_text(found: list[str]) -> None:
    made = full_plan()
    usual = Reader(page_of(made)).names
    record = made.recommendations[0]
    record.text, record.outcome, record.milestones, record.number = found
    record.outcome, record.milestones = record.outcome or "x", record.milestones or "x"
    made.document.title, made.document.name = found[0], found[1] or "x"
    reader = Reader(page_of(made, title=found[2]))
    assert reader.names == usual
    shown = reader.texts["p text"][0]
    expected = clean(found[0] or "(no text)").replace("\r\n", "\n").replace("\r", "\n")
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == expected
    assert reader.data["rows"][0].get("t", "") == clean(found[0])


def test_data_cannot_end_its_script() -> None:
    value = {"a": "</script><!--<script>", "b": ["\u2028", "\x00\ud800", "&amp;"]}
    markup = script_data(value, id="data")
    inside = markup.removeprefix('<script type="application/json" id="data">')
    assert not re.search("[<>&]", inside.removesuffix("</script>"))
    read = json.loads(inside.removesuffix("</script>"))
    assert read == {"a": "</script><!--<script>", "b": ["\u2028", "��", "&amp;"]}


def test_attributes_are_quoted() -> None:
    made = element("p", aria_label="\"><b x='1'", hidden=True, id=None, class_="a")
    assert made == '<p aria-label="&quot;&gt;&lt;b x=&#x27;1&#x27;" hidden class="a"></p>'


def test_the_page_may_load_and_run_nothing_but_its_own() -> None:
    page = page_of(full_plan())
    reader = Reader(page)
    (policy,) = [value for _, value in reader.attributes if value and "default-src" in value]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'" and parts["img-src"] == "data:"
    for kind, pattern in (
        ("style-src", r"<style>(.*?)</style>"),
        ("script-src", r"<script>(.*?)</script>"),
    ):
        (own,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
        assert parts[kind] == f"'sha256-{digest}'"
    assert not {"link", "iframe", "object", "embed", "base"} & set(reader.names)
    names = {name for name, _ in reader.attributes}
    assert "style" not in names and not any(name.startswith("on") for name in names)
    assert [value for name, value in reader.attributes if name in ("src", "srcset")] == []


def test_the_same_plans_give_the_same_page(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "plans", full_plan(), plan("other", ["One thing.", "Another thing."]))
    options = ("--as-at", "2024-06-30", "-q")
    pages = []
    for name in ("a.html", "b.html"):
        assert run("report", tmp_path / "plans", "-o", tmp_path / name, *options).code == 0
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert b"as at 30 June 2024" in pages[0]


def test_the_order_of_the_sources_does_not_matter() -> None:
    one, other = full_plan(), plan("other", ["One thing.", "Another thing."])
    assert page_of(one, other) == page_of(other, one)


def test_a_plan_published_twice_counts_once() -> None:
    sentences = [f"The board should do thing number {at} with partners." for at in range(5)]
    early = plan("early", sentences, {"date": day("2013-01-31"), "case": "Case 7"})
    late = plan(
        "late", [*sentences, "One more thing."], {"date": day("2014-01-31"), "case": "Case 7"}
    )
    report = compose([Source(early), Source(late)], About(), DAY, "1.0")
    assert len(report.rows) == 6 and {row.document for row in report.rows} == {1}
    assert report.documents[0].again == "late.pdf" and report.documents[0].left_out == 5
    assert "Holds the plan of late.pdf again" in page_of(early, late)


def made(**facts: Any) -> Recommendation:
    """A recommendation with `facts`."""
    one = plan("x", ["Train staff."]).recommendations[0]
    return one.model_copy(update=facts)


def row(**facts: Any) -> Row:
    """The row of a recommendation with `facts`."""
    whole = plan("x", ["Train staff."])
    whole.recommendations = [made(**facts)]
    return rows_of(whole)[0]


def status(value: Any) -> Status:
    """A status out of a column."""
    return Status(value=value, basis="column", text=str(value))


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        ({"target": target("2024-06-29")}, True),
        ({"target": target("2024-06-30")}, False),
        ({"target": Target(text="Ongoing", kind="ongoing")}, False),
        ({"target": target("2020-01-01"), "revised_target": target("2030-01-01")}, False),
        ({"target": target("2020-01-01"), "status": status("completed")}, False),
        ({"target": target("2020-01-01"), "status": status("ongoing")}, False),
        ({"target": target("2020-01-01"), "status": status("in_progress")}, True),
        (
            {
                "target": target("2020-01-01"),
                "status": status("completed"),
                "completion": day("2025-01-01"),
            },
            True,
        ),
    ],
)
def test_what_is_past_due(facts: dict[str, Any], overdue: bool) -> None:
    assert row(**facts).overdue is overdue


def test_completion_is_the_date_printed_or_the_first_update_that_tells_it() -> None:
    told = [
        Update(label="Mar", date=day("2014-03-31"), text="Begun.", status=status("in_progress")),
        Update(label="May", date=day("2014-05-31"), text="Done.", status=status("completed")),
        Update(
            label="June", date=day("2014-06-30"), text="Still done.", status=status("completed")
        ),
    ]
    assert row(updates=told).done is None
    assert row(updates=told, status=status("completed")).done == "2014-05-31"
    assert row(completion=day("2014-04-01"), updates=told).done == "2014-04-01"
    assert row(updates=told).told == ("2014-03-31", "2014-05-31", "2014-06-30")


def issue(code: str, field: str) -> Issue:
    """A doubt."""
    return Issue(code=code, field=field, message="why")


@pytest.mark.parametrize(
    ("facts", "doubtful"),
    [
        ({"issues": [issue("number-gap", "number")], "confidence": 0.98}, False),
        ({"issues": [issue("lead-doubtful", "leads")], "confidence": 0.9}, True),
        ({"issues": [], "confidence": 0.69}, True),
        ({"issues": [], "confidence": 0.7}, False),
    ],
)
def test_what_is_to_be_checked(facts: dict[str, Any], doubtful: bool) -> None:
    found = row(**facts)
    assert found.doubtful is doubtful
    assert bool(found.doubts) is (doubtful or bool(facts["issues"]))


def view_of(issues: list[Issue], provenance: dict[str, list[Place]]) -> View | None:
    """Where to look for `issues` of a recommendation that stands at `provenance`."""
    whole = plan("x", ["Train staff."])
    whole.recommendations = [made(issues=issues, provenance=provenance, confidence=0.5)]
    return compose([Source(whole)], About(), DAY, "1.0").checks[0].view


def test_the_cell_in_doubt_is_marked() -> None:
    text, lead, told = (
        Place(page=3, bbox=(10, 20, 30, 40)),
        Place(page=4, bbox=(50, 20, 60, 30)),
        Place(page=4, bbox=(70, 20, 90, 80)),
    )
    places = {"text": [text], "leads": [lead], "updates": [told]}
    assert view_of([issue("lead-doubtful", "leads")], places) == View(
        4, (50, 20, 90, 80), (lead.bbox,)
    )
    assert view_of([issue("column-guessed", "lead")], places) == View(
        4, (50, 20, 90, 80), (lead.bbox,)
    )
    moved = {"text": [text], "updates": [told]}
    assert view_of([issue("misplaced-text", "leads")], moved) == View(4, told.bbox, (told.bbox,))
    assert view_of([], places) == View(3, text.bbox, (text.bbox,))
    assert view_of([], {}) is None


@pytest.mark.parametrize(
    "field", ["label", "leads", "agencies", "target", "revised_target", "completion", "actions",
              "updates", "status", "milestones", "outcome"]
)  # fmt: skip
def test_each_field_in_doubt_is_shown_as_read(field: str) -> None:
    record = full_plan().recommendations[0]
    value = getattr(record, field)
    first = value[0] if isinstance(value, list) else value
    printed = first if isinstance(first, str) else getattr(first, "text", None) or first.name
    assert printed in as_read(record, field)


def test_a_picture_is_cut_around_the_record_with_a_frame() -> None:
    page = Image.new("RGB", (900, 1200), "white")
    found = cut(page, View(1, (50.0, 100.0, 500.0, 200.0), ((60.0, 110.0, 160.0, 150.0),)))
    assert (found.width, found.height) == (900, round(128 * STYLE.scale))
    shown = Image.open(io.BytesIO(found.data)).convert("RGB")
    frame = [
        (x, y)
        for x in range(shown.width)
        for y in range(shown.height)
        if shown.getpixel((x, y)) == STYLE.frame
    ]
    left, right = min(x for x, _ in frame), max(x for x, _ in frame)
    assert left == 60 * STYLE.scale - STYLE.gap and right == 160 * STYLE.scale + STYLE.gap
    upper = (110 - (100 - STYLE.air)) * STYLE.scale - STYLE.gap
    assert min(y for _, y in frame) == upper


def test_of_a_tall_record_the_part_in_doubt_is_shown() -> None:
    page = Image.new("RGB", (900, 1200), "white")
    found = cut(page, View(1, (0.0, 0.0, 500.0, 790.0), ((60.0, 700.0, 160.0, 720.0),)))
    assert found.height <= round(STYLE.tall * STYLE.scale)
    colours = Image.open(io.BytesIO(found.data)).convert("RGB").getcolors() or []
    assert STYLE.frame in {colour for _, colour in colours}


def test_a_box_beyond_the_page_does_no_harm() -> None:
    page = Image.new("RGB", (90, 120), "white")
    assert cut(page, View(1, (0.0, 900.0, 50.0, 950.0), ((9.0, 910.0, 5.0, 905.0),))).height >= 1


def test_time_is_shown_by_quarters_or_years() -> None:
    short = figures.periods(["2013-11-30", "2014-05-31"], ["2014-02-28"])
    assert [one.label for one in short] == ["2013 Q4", "2014 Q1", "2014 Q2"]
    assert [one.values for one in short] == [(1, 0), (0, 1), (1, 0)]
    assert [one.tick for one in short] == ["", "2014", ""]
    long = figures.periods(["2010-01-01", "2024-12-31"], [])
    assert [one.label for one in long] == [str(year) for year in range(2010, 2025)]
    assert figures.periods([], []) == []


def test_far_days_do_not_squeeze_the_others() -> None:
    found = figures.periods(["1014-03-31", "2014-03-31", "2014-03-31", "2015-03-31", "2201-03-31"])
    assert found[0] == figures.Period("before 2014 Q1", "", (1,))
    assert found[-1] == figures.Period("after 2015 Q1", "", (1,))
    assert len(found) == 7 and sum(one.values[0] for one in found) == 5


def test_how_late_things_were() -> None:
    def late(done: str) -> Row:
        return row(target=target("2014-06-30"), completion=day(done))

    days = ("2014-01-01", "2014-06-29", "2014-06-30", "2014-07-01", "2014-10-01", "2016-01-01")
    assert [number for _, number in figures.lateness(map(late, days))] == [1] * 6
    assert figures.lateness([row()]) == []


def test_charts_say_what_they_show_and_have_their_figures_behind_them() -> None:
    found = figures.periods(["2014-01-31", "2014-01-31", "2014-05-31"], ["2014-04-30"])
    reader = Reader(column_chart(Chart("x", "Due and completed"), found, ["Due", "Completed"]))
    (said,) = [
        value
        for name, value in reader.attributes
        if name == "aria-label" and value and "chart" in value
    ]
    assert said == (
        "Column chart. Due and completed, from 2014 Q1 to 2014 Q2: "
        "Due 3, most in 2014 Q1 (2); Completed 1, most in 2014 Q2 (1)."
    )
    assert reader.texts["td number"] == ["2", "0", "1", "1"]
    assert reader.names.count("rect") == 3 + 2  # columns, and the key


def test_groups_count_each_recommendation_once() -> None:
    rows = [row(status=status("completed")), row(status=status("ongoing")), row()]
    (group,) = figures.groups(rows, lambda one: ["A", "A"])
    assert (group.label, group.total, group.documents) == ("A", 3, 1)
    assert [one.total for one in figures.by_status(rows)] == [1, 0, 1, 0, 1]


def test_the_command_tells_what_it_wrote(outputs: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / "deep" / "report.html"
    done = run("report", outputs, "-o", target)
    assert done.code == 0 and done.out == ""
    assert re.search(
        rf"{len(SHOWN)} documents, \d+ recommendations, \d+ to check, \d+ pictures", done.err
    )
    page = target.read_text("utf-8")
    assert (
        page.count("data:image/png;base64,") == int(re.findall(r"(\d+) pictures", done.err)[0]) > 3
    )


def test_without_pictures(outputs: Path, tmp_path: Path, run: Run) -> None:
    assert run("report", outputs, "-o", tmp_path / "r.html", "--no-pictures", "-q").code == 0
    assert "data:image" not in (tmp_path / "r.html").read_text("utf-8")


def test_missing_documents_are_told_and_leave_no_links(tmp_path: Path, run: Run) -> None:
    one = full_plan()
    one.recommendations[0].confidence = 0.3
    write(tmp_path / "plans", one)
    done = run("report", tmp_path / "plans", "-o", tmp_path / "r.html")
    assert done.code == 0
    assert "full.pdf: is not where it was converted from" in done.err and "--pdfs" in done.err
    assert not re.search(r'href="[^#]', (tmp_path / "r.html").read_text("utf-8"))


def test_links_may_lead_to_published_documents(tmp_path: Path, run: Run) -> None:
    one = full_plan()
    one.document.name = 'a "plan" & more.pdf'
    (tmp_path / "a.plan.json").write_text(one.model_dump_json(), "utf-8")
    options = ("--base-url", "https://example.org/plans/", "-q")
    assert run("report", tmp_path, "-o", tmp_path / "r.html", *options).code == 0
    reader = Reader((tmp_path / "r.html").read_text("utf-8"))
    address = "https://example.org/plans/a%20%22plan%22%20%26%20more.pdf"
    links = {
        value for name, value in reader.attributes if name == "href" and "#" not in str(value)[:1]
    }
    assert links == {address, f"{address}#page=4"}


def test_corrections_and_about_are_heard(tmp_path: Path, run: Run) -> None:
    one = full_plan()
    write(tmp_path / "plans", one)
    folder = tmp_path / "plans" / "corrections"
    folder.mkdir()
    (folder / "a.toml").write_text(
        f'[[correction]]\ndocument = "{one.document.id}"\nrecord = "{one.recommendations[0].key}"\n'
        'field = "text"\nold = "Train all staff."\nnew = "Train every member of staff."\n'
        'who = "A. Marlow"\nwhen = 2026-11-20\nwhy = "Misread."\n',
        "utf-8",
    )
    (tmp_path / "plans" / "about.toml").write_text('title = "Plans of Harrowmere"', "utf-8")
    assert run("report", tmp_path / "plans", "-o", tmp_path / "r.html").code == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Train every member of staff." in page and "Train all staff." not in page
    assert "<h1>Plans of Harrowmere</h1>" in page


def test_wrong_inputs_are_told_in_a_line(tmp_path: Path, run: Run) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("report", empty).code == 2
    assert run("report", tmp_path / "nowhere").code == 2
    write(tmp_path / "plans", full_plan())
    assert run("report", tmp_path / "plans", "-o", empty).code == 2
    assert run("report", tmp_path / "plans", "--as-at", "soon").code == 2
    (tmp_path / "plans" / "broken.plan.json").write_text("{}", "utf-8")
    done = run("report", tmp_path / "plans", "-o", tmp_path / "r.html")
    assert done.code == 1 and "broken.plan.json: is no plan file" in done.err
    (tmp_path / "plans" / "about.toml").write_text("titel = 1", "utf-8")
    assert run("report", tmp_path / "plans", "-o", tmp_path / "r.html").code == 2
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x.plan.json").write_text("{}", "utf-8")
    assert run("report", tmp_path / "broken", "-o", tmp_path / "r.html").code == 4


def test_a_plan_without_recommendations_gives_a_page() -> None:
    page = page_of(plan("none", []))
    assert "The plans hold no recommendation." in page
    assert "No recommendation is in such doubt" in page
