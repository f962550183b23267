"""Settings of the interpretation, each with its unit and its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NormaliseSettings:
    """Thresholds of `actionplan.normalise.interpret`; the defaults suit published plans.

    Attributes:
        header_match: least likeness of a header to a known phrase, 0..100. 85 forgives a letter
            or two ("Recomendation", "Targert date") and still keeps "Risk" from "RAG".
        cell_share: least share of a column's filled cells, 0..1, that must look like a field
            before the field is given to a column without a known header.
        plan_score: least score of a table that is read as a plan, see `normalise.recognise`.
            3 is a recommendation column and one more that plans have.
        level: largest distance, in heights of a line, between two lines that are printed level.
            Word sets rows of a cell on the same grid; 0.6 absorbs a change of font size.
        gap: least free space between two lines, in heights of a line, that parts two blocks of a
            cell. A single-spaced line leaves 0.15 to 0.3, an empty line 1 and more.
        doubtful_join: confidence of a join, 0..1, below which the record is marked for checking.
        doubtful_row: confidence of a row, 0..1, below which the record is marked for checking.
        front_pages: pages from the first that may tell the document's facts.
    """

    header_match: float = 85.0
    cell_share: float = 0.5
    plan_score: float = 3.0
    level: float = 0.6
    gap: float = 0.6
    doubtful_join: float = 0.8
    doubtful_row: float = 0.6
    front_pages: int = 2
