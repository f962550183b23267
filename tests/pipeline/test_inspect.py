"""The `inspect` command: the plan in the terminal, its pages drawn over."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

import actionplan
from actionplan.api import plan_of
from actionplan.overlay import Style, draw, page_marks
from tests.conftest import ROOT, SAMPLES, Run


def test_it_prints_every_record(sample: Path, run: Run) -> None:
    ran = run("inspect", sample)
    assert ran.code == 0
    plan = actionplan.read(sample)
    for record in plan.recommendations:
        assert record.text.split()[0] in ran.out
        assert not record.issues or record.issues[0].code in ran.out


def test_a_page_shows_its_records_alone(run: Run) -> None:
    path = ROOT / "samples" / "harrowmere-five-columns.pdf"
    last = actionplan.read(path).document.pages
    whole, part = run("inspect", path).out, run("inspect", path, "--page", last).out
    assert 0 < len(part) < len(whole)


def test_it_writes_one_picture_per_page(tmp_path: Path, sample: Path, run: Run) -> None:
    ran = run("inspect", sample, "--png", tmp_path)
    pages = actionplan.read(sample).document.pages
    names = [f"{sample.stem}-page-{page:03}.png" for page in range(1, pages + 1)]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert [Path(line).name for line in ran.err.splitlines()] == names
    run("inspect", sample, "--png", tmp_path / "one", "--page", 1)
    assert [path.name for path in (tmp_path / "one").iterdir()] == names[:1]


def test_cells_and_fields_are_drawn_where_they_are(sample: Path) -> None:
    document, plan = actionplan.read_tables(sample), actionplan.read(sample)
    marks = page_marks(document, plan, 1)
    assert marks.cells
    assert marks.fields
    style, info = Style(), document.pages[0]
    size = (round(info.width * style.scale), round(info.height * style.scale))
    drawn = draw(Image.new("RGB", size, "white"), marks, "a page", style)
    assert drawn.size[0] == size[0] + style.panel
    x0, y0, x1, _ = marks.cells[0]
    middle = (round((x0 + x1) / 2 * style.scale), round(y0 * style.scale))
    assert drawn.getpixel(middle) != (255, 255, 255)


def test_every_join_and_every_doubt_is_on_a_picture() -> None:
    doubts = 0
    for path in SAMPLES:
        document = actionplan.read_tables(path)
        plan = plan_of(document)
        pages = [page_marks(document, plan, info.page) for info in document.pages]
        drawn = [join for marks in pages for _, join in marks.joins]
        assert drawn == [join for table in document.tables for join in table.joins]
        doubts += sum(any(tags.values()) for marks in pages for tags in marks.fields.values())
    assert doubts
