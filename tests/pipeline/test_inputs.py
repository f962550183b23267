"""Which files a run works on, and the names of their results."""

from __future__ import annotations

from pathlib import Path

import pytest

from actionplan.errors import UsageError
from actionplan.inputs import find_inputs
from actionplan.naming import result_names
from actionplan.origins import Source, file_source


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a/x.pdf", "b/x.PDF", "b/deep/y.pdf", "b/notes.txt", ".hidden/z.pdf", "out/w.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def names(sources: list[Source], root: Path) -> list[str]:
    return [Path(source.place).relative_to(root).as_posix() for source in sources]


def test_a_folder_gives_its_pdf_files_at_any_depth(tree: Path) -> None:
    found = find_inputs([str(tree)], skip=tree / "out")
    assert names(found, tree) == ["a/x.pdf", "b/deep/y.pdf", "b/x.PDF"]


def test_a_folder_that_is_the_output_folder_too_is_read(tree: Path) -> None:
    assert names(find_inputs([str(tree / "a")], skip=tree / "a"), tree) == ["a/x.pdf"]


def test_a_file_counts_once_and_whatever_its_name(tree: Path) -> None:
    notes = str(tree / "b" / "notes.txt")
    found = find_inputs([notes, notes, str(tree / "b" / "x.PDF"), str(tree / "b")])
    assert names(found, tree) == ["b/deep/y.pdf", "b/notes.txt", "b/x.PDF"]


def test_a_pattern_gives_what_it_matches(tree: Path) -> None:
    assert names(find_inputs([f"{tree}/**/y.*"]), tree) == ["b/deep/y.pdf"]


def test_a_file_with_pattern_signs_in_its_name_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "plan [final].pdf"
    path.touch()
    assert find_inputs([str(path)]) == [file_source(path)]


@pytest.mark.parametrize("argument", ["gone.pdf", "*.pdf", "b/deep/none/*.pdf"])
def test_an_argument_that_names_nothing_is_refused(argument: str, tree: Path) -> None:
    with pytest.raises(UsageError, match="check the path"):
        find_inputs([str(tree / argument)])


def test_names_never_clash_not_even_by_capitals(tmp_path: Path) -> None:
    sources = [
        file_source(tmp_path / name)
        for name in ("a/x.pdf", "b/X.pdf", "c/x.pdf", "c/y.pdf", "d/x-2.pdf")
    ]
    assert result_names(sources, {}) == ["x", "X-2", "x-3", "y", "x-2-2"]


def test_a_source_keeps_its_name_from_run_to_run(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).touch()
    first, second = file_source(tmp_path / "a.pdf"), file_source(tmp_path / "b.pdf")
    taken = {"x": first.key, "x-2": second.key}
    assert result_names([second], taken) == ["x-2"]
    assert result_names([first, second], taken) == ["x", "x-2"]


def test_a_name_belongs_to_its_source_while_that_exists(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "x.pdf", tmp_path / "new" / "x.pdf"
    for path in (old, new):
        path.parent.mkdir()
        path.touch()
    taken = {"x": file_source(old).key}
    assert result_names([file_source(new)], taken) == ["x-2"]
    old.unlink()
    assert result_names([file_source(new)], taken) == ["x"]
