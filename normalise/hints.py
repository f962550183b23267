"""What the extraction may know about plans, so that it needs to know nothing of them itself."""

from __future__ import annotations

from actionplan.normalise.columns import vocabulary
from actionplan.normalise.labels import LABEL_PATTERN
from actionplan.schemas.tables import TableHints


def plan_hints() -> TableHints:
    """Return the header phrases of all known columns and the pattern of a record's label."""
    return TableHints(header_phrases=tuple(vocabulary().phrases), label_pattern=LABEL_PATTERN)
