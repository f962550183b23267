"""A page that no picture can show is told, and shown without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionplan.extract.errors import UndrawableError
from actionplan.extract.render import render_page
from tests.conftest import Run
from tests.hostile.make import EVERY

HUGE = "box-huge"
NONE = "crop-elsewhere"
DRAWN = (
    "unit-negative",
    "mask-of-itself",
    "picture-of-10-gigapixels",
    "photograph-of-4-gigapixels",
)


@pytest.mark.parametrize("name", [HUGE, NONE, *DRAWN])
def test_pages_are_drawn_or_said_to_be_undrawable(name: str) -> None:
    data = EVERY[name].make()
    if name in (HUGE, NONE):
        with pytest.raises(UndrawableError, match="page 1 cannot be drawn"):
            render_page(data, 1)
        return
    assert render_page(data, 1, scale=1.0).width > 100


@pytest.mark.parametrize("name", [HUGE, NONE])
def test_inspect_goes_on_without_the_picture(name: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(EVERY[name].make())
    ran = run("inspect", path, "--png", tmp_path / "png")
    assert ran.code == EVERY[name].code
    assert "page 1 cannot be drawn" in ran.err
    assert not list(tmp_path.glob("png/*.png"))
