"""Headings above a table, told from prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from actionplan.extract.find import FoundPage
from actionplan.extract.settings import HeadingSettings
from actionplan.schemas.tables import Line

_SENTENCE_END = re.compile(r"[.;,]$")


class HeadingFinder:
    """Splits the lines above a table into prose and heading."""

    def __init__(
        self,
        pages: Sequence[FoundPage],
        settings: HeadingSettings,
        label: re.Pattern[str] | None = None,
    ) -> None:
        """Learn the body text's size and the width of full lines from the document.

        Args:
            pages: all pages, running lines taken out.
            settings: thresholds.
            label: matches a row's label ("Recommendation 2"); one above a table names it.
        """
        self._label = label
        sizes: Counter[float] = Counter()
        for page in pages:
            for table in page.tables:
                for row in table.rows:
                    sizes.update(line.size for cell in row for line in cell.lines)
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        self._widths = {page.page: page.width for page in pages}
        self._settings = settings

    def split(self, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
        """Return the heading (the lines nearest the table that read as one) and the prose above."""
        labelled = self._labelled(lines)
        if labelled < len(lines):
            heading, rest = self._nearest(lines[:labelled])
            return [*heading, *lines[labelled:]], rest
        heading, rest = self._nearest(lines)
        if heading:
            return heading, rest
        # A short introduction may stand between the title and its table.
        for skip in range(1, min(self._settings.max_intro, len(rest)) + 1):
            if skip < len(rest) and self._is_set_off(rest[-skip - 1]):
                heading, above = self._nearest(rest[:-skip])
                return heading, above + list(rest[-skip:])
        return [], rest

    def _labelled(self, lines: Sequence[Line]) -> int:
        """Where the paragraph just above the table begins, if it begins with a label."""
        start = len(lines)
        while start > 0 and len(lines) - start < self._settings.max_lines:
            start -= 1
            if self._has_label(lines[start]):
                # A heading between them, on the next page even, names the table instead.
                own = self._is_set_off(lines[start])
                below = lines[start + 1 :]
                return start if own or not any(map(self._is_set_off, below)) else len(lines)
            line, gap = lines[start], self._settings.same_paragraph
            above = lines[start - 1]
            if above.page == line.page and line.bbox[1] - above.bbox[3] > gap * line.size:
                break
        return len(lines)

    def _has_label(self, line: Line) -> bool:
        """Is the label set off: the whole line, before a colon or stop, or in bold?"""
        match = self._label.match(line.text) if self._label else None
        if match is None:
            return False
        rest = line.text[match.end() :].lstrip()
        return not rest or rest[0] in ":.)–-" or line.bold_lead >= match.end()

    def _nearest(self, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
        start = len(lines)
        while (
            start > 0
            and len(lines) - start < self._settings.max_lines
            and self._is_heading(lines, start - 1)
        ):
            start -= 1
        return list(lines[start:]), list(lines[:start])

    def _is_set_off(self, line: Line) -> bool:
        """Is the line bold or larger than the body?"""
        return line.bold or line.size > self._settings.larger * self._body

    def _is_heading(self, lines: Sequence[Line], index: int) -> bool:
        line = lines[index]
        if len(line.text.split()) > self._settings.max_words:
            return False
        if self._is_set_off(line):
            return True
        if _SENTENCE_END.search(line.text) or line.text[0].islower():
            return False
        short = self._settings.short * self._widths[line.page]
        # A short line of body text names the table if it is no end of a paragraph.
        before = lines[index - 1] if index else None
        wraps = (
            before is not None
            and before.page == line.page
            and before.bbox[2] - before.bbox[0] > short
            and line.bbox[1] - before.bbox[3] < self._settings.same_paragraph * line.size
        )
        return not wraps and line.bbox[2] - line.bbox[0] < short
