"""Text of a plan stays text in every file that is made of it: no formula, no element, no link."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actionplan.cli import main
from tests.conftest import Run
from tests.hostile import cells, letters, raw

FORMULA = tuple("=+-@\t\r\n")
SOUND = "sound"
"""The plan that the others are measured by."""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of plans whose cells are formulas, markup, and signs that steer."""
    folder = tmp_path_factory.mktemp("cells")
    names = {"formulas": "=1+2", "markup": "<img src=x onerror=alert(1)>"}
    for kind, name in names.items():
        (folder / f"{name}.pdf").write_bytes(cells.shelf[kind].make())
    (folder / "signs.pdf").write_bytes(letters.shelf["turned-signs"].make())
    (folder / "control.pdf").write_bytes(letters.shelf["control-signs"].make())
    assert main(["convert", str(folder), "-o", str(folder / "out"), "--quiet"]) == 0
    return folder / "out"


def without_formulas(folder: Path) -> int:
    """Number of the cells of all CSV files in `folder`, none of which a spreadsheet reckons."""
    seen = 0
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                seen += len(row)
                assert not [cell for cell in row if cell.lstrip().startswith(FORMULA)], path.name
    return seen


def test_no_csv_file_of_a_run_holds_a_formula(plans: Path) -> None:
    assert without_formulas(plans) > 500
    text = (plans / "recommendations.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text or "'=1+2" in text


def test_no_csv_file_of_tables_holds_a_formula(plans: Path, tmp_path: Path, run: Run) -> None:
    assert run("tables", plans.parent / "=1+2.pdf", "-o", tmp_path).code == 0
    assert without_formulas(tmp_path) > 20


def test_no_table_of_a_dataset_holds_a_formula(plans: Path, tmp_path: Path, run: Run) -> None:
    assert run("dataset", "build", plans, "-o", tmp_path / "dataset").code == 0
    assert without_formulas(tmp_path / "dataset") > 500


@pytest.mark.parametrize("form", ["csv", "jira", "excel", "ics"])
def test_no_export_holds_a_formula(form: str, plans: Path, tmp_path: Path, run: Run) -> None:
    ran = run("export", plans, "--to", form, "-o", tmp_path / "export", "--no-pictures")
    assert ran.code == 0, ran.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    without_formulas(tmp_path)
    for path in files:
        if path.suffix == ".xlsx":
            book = load_workbook(path)
            read = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            texts = [cell for cell in read if isinstance(cell.value, str)]
            assert any("HYPERLINK" in cell.value for cell in texts)
            # What is reckoned is the workbook's own (dates, counts): nothing of a plan's text.
            reckoned = [cell.value for cell in read if cell.data_type == "f"]
            assert not [one for one in reckoned if re.search(r"HYPERLINK\('|calc|1\+2", one)]
            links = [cell.hyperlink.target or "" for cell in texts if cell.hyperlink]
            assert not [link for link in links if "127.0.0.1" in link or "javascript" in link]
        if path.suffix == ".ics":
            names = {line.partition(b":")[0] for line in path.read_bytes().split(b"\r\n")}
            assert not {name for name in names if b"\n" in name}


class Elements(HTMLParser):
    """Counts the elements of a page and keeps what could act."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self.acting: list[tuple[str, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count[tag] += 1
        for name, value in attrs:
            told = (value or "").strip().casefold()
            if name.startswith("on") or told.startswith(("javascript:", "data:text", "vbscript:")):
                self.acting.append((tag, name, value))


def elements(page: str) -> Elements:
    """Parse a page."""
    parser = Elements()
    parser.feed(page)
    parser.close()
    return parser


def page_of(run: Run, command: str, plans: Path, target: Path) -> str:
    """The page that a command makes of plans."""
    if command == "report":
        assert run("report", plans, "-o", target).code == 0
    else:
        first, last = sorted(plans.glob("*.plan.json"))[:2]  # "=1+2" and "_img src..."
        assert run("diff", first, last, "--html", target, "--quiet").code == 0
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["report", "diff"])
def test_no_page_holds_an_element_of_a_plan(
    command: str, plans: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.pdf").write_bytes(raw.plan_file() + name.encode())
    assert run("convert", folder, "-o", folder, "--quiet").code == 0
    plain = elements(page_of(run, command, folder, tmp_path / "plain.html"))
    page = page_of(run, command, plans, tmp_path / "page.html")
    found = elements(page)
    assert not found.acting
    assert found.count["script"] == plain.count["script"]
    assert (
        not found.count.keys() & {"iframe", "object", "embed", "base", "form"} - plain.count.keys()
    )
    assert "onerror=alert" in page  # it is there, as a text
    assert not re.search("<img src=x|<script>alert", page)


def test_a_plan_file_is_json_whatever_its_text(plans: Path) -> None:
    for path in plans.glob("*.plan.json"):
        plan = json.loads(path.read_bytes())
        assert plan["recommendations"]
        assert path.read_bytes().decode("utf-8", "strict")
