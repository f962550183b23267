"""One function per stage: takes bytes, raises if the stage breaks one of its promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from actionplan.extract import ReadError, read_tables
from actionplan.normalise.hints import plan_hints
from actionplan.normalise.interpret import interpret
from actionplan.normalise.tidy import check_rows, tidy_tables
from actionplan.schemas.plan import Plan
from actionplan.schemas.tables import TableDocument
from fuzzing.choices import Choices
from fuzzing.drawing import any_page, broken_table, to_pdf
from fuzzing.tables import any_document


class BrokenPromise(AssertionError):  # noqa: N818 - it names what was found
    """A stage gave a result that it promises never to give."""


def reader(data: bytes) -> None:
    """Bytes of any kind, as a PDF: refused by `ReadError`, or read to a sound plan."""
    try:
        document = read_tables(data, name="fuzz.pdf", hints=plan_hints())
    except ReadError:
        return
    check_audit(document)
    _check_plan(interpret(document), document)


def grid(data: bytes) -> None:
    """A page of rules, shades and words: each word in one place."""
    document = read_tables(to_pdf([any_page(Choices(data))]), hints=plan_hints())
    check_audit(document)
    _check_plan(interpret(document), document)


def joins(data: bytes) -> None:
    """A table over pages: its words come out, each once, whatever is joined."""
    drawn = broken_table(Choices(data))
    document = read_tables(to_pdf(drawn.pages), hints=plan_hints())
    check_audit(document)
    found = Counter(word for _, line in document.iter_lines() for word in line.text.split())
    if found != Counter(drawn.words):
        odd = (Counter(drawn.words) - found) | (found - Counter(drawn.words))
        raise BrokenPromise(f"words drawn and read differ: {sorted(odd)[:9]}")


def interpretation(data: bytes) -> None:
    """Tables of any content: a plan that survives its file, without a year nobody printed."""
    document = any_document(Choices(data))
    _check_plan(interpret(document), document)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "grid": grid,
    "joins": joins,
    "interpretation": interpretation,
}


def check_audit(document: TableDocument) -> None:
    """Raise `BrokenPromise` if a word of the document was lost or doubled."""
    for page in document.audit:
        if page.lost or page.duplicated:
            raise BrokenPromise(
                f"page {page.page}: {page.lost} words lost, {page.duplicated} doubled"
            )


def _check_plan(plan: Plan, document: TableDocument) -> None:
    if Plan.model_validate_json(plan.model_dump_json()) != plan:
        raise BrokenPromise("the plan does not survive its file")
    keys = [record.key for record in plan.recommendations]
    if len(set(keys)) != len(keys):
        raise BrokenPromise("two records have the same key")
    tidy_tables([plan])
    check_rows([plan])
    _check_years(plan, document)


def _check_years(plan: Plan, document: TableDocument) -> None:
    """Each year of an EDTF string is printed somewhere, with four digits or its last two.

    A financial year's second year and a day before a year's first may be one off.
    """
    printed = " ".join(
        [*(line.text for _, line in document.iter_lines()), document.title or "", document.name]
    )
    digits = {int(number) % 100 for number in re.findall(r"\d{2}", printed)} | {
        int(number) % 100 for number in re.findall(r"(?=(\d{2}))", printed)
    }
    for edtf in _edtf(plan.model_dump(mode="json")):
        for year in re.findall(r"\d{4}", edtf.partition("/")[0])[:1]:
            near = {(int(year) + off) % 100 for off in (-1, 0, 1)}
            if not near & digits:
                raise BrokenPromise(f"{edtf}: a year that is printed nowhere")


def _edtf(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(found := value.get("edtf"), str):
            yield found
        for one in value.values():
            yield from _edtf(one)
    elif isinstance(value, list):
        for one in value:
            yield from _edtf(one)
