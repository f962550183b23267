"""The codes of doubt: what each means, and how much it takes from a record's confidence.

Codes are written to ``issues`` of a record and to ``issues.csv``; docs/issues.md explains each.
"""

from __future__ import annotations

from typing import NamedTuple

from actionplan.schemas.plan import Issue


class IssueKind(NamedTuple):
    """What a code stands for.

    Attributes:
        meaning: one sentence for the reader.
        cost: share of the record's confidence that the doubt takes, 0..1. 0 is a mere note;
            0.1 asks for a glance; 0.2 and more asks to compare the record with the page.
    """

    meaning: str
    cost: float


ISSUES: dict[str, IssueKind] = {
    "agency-ambiguous": IssueKind("A short form stands for more than one body.", 0.05),
    "column-guessed": IssueKind("A column has no known header; its cells told its field.", 0.1),
    "date-impossible": IssueKind("The text names a day that no calendar has.", 0.1),
    "date-unclear": IssueKind("A date is printed in a way that allows two readings.", 0.1),
    "garbled-text": IssueKind("The page's letters have no known meaning.", 0.3),
    "hidden-text": IssueKind("The page holds text that nobody sees; it is not read.", 0.0),
    "incomplete": IssueKind("The document could be read in part only.", 0.3),
    "join-doubtful": IssueKind("Two pieces were joined over a page break on thin evidence.", 0.2),
    "lead-doubtful": IssueKind("A lead could not be split into person, post and body.", 0.1),
    "lead-open": IssueKind("The lead is still to be named.", 0.0),
    "lead-redacted": IssueKind("The lead's name was taken out of the document.", 0.0),
    "lead-unclear": IssueKind("A lead cell has two readings; one of them was taken.", 0.15),
    "lead-vacant": IssueKind("The post is printed as vacant.", 0.0),
    "merged-cell": IssueKind("A value is printed once for several recommendations.", 0.05),
    "misplaced-text": IssueKind("A cell holds text that belongs into another column.", 0.1),
    "no-recommendation-column": IssueKind("The table lists actions; each became a record.", 0.1),
    "no-text": IssueKind("The record has no recommendation text.", 0.3),
    "number-conflict": IssueKind("The number column and the label in the text differ.", 0.1),
    "number-gap": IssueKind("The number does not follow from the one before.", 0.02),
    "number-repeated": IssueKind("Two records of a section carry the same number.", 0.1),
    "ocr-corrected": IssueKind("A word of a scan is taken for another one than was read.", 0.02),
    "ocr-low-confidence": IssueKind("Words of a scan were recognised with low confidence.", 0.1),
    "readers-differ": IssueKind("Two readers read this place differently.", 0.1),
    "row-doubtful": IssueKind("The borders of the table's row are unsure.", 0.2),
    "scan-unread": IssueKind("A scanned page was not read.", 0.3),
    "second-reader": IssueKind("The page was read by the second reader; the first failed.", 0.05),
    "split-doubtful": IssueKind("A row was not joined to the one above on thin evidence.", 0.2),
    "update-repeated": IssueKind("An update is printed twice in one cell.", 0.05),
    "updates-unordered": IssueKind("The dates of a cell's updates neither rise nor fall.", 0.0),
}


def issue(code: str, field: str, message: str | None = None) -> Issue:
    """Return an `Issue`; without `message` the code's own meaning is the message.

    Raises:
        KeyError: `code` is not in `ISSUES`.
    """
    kind = ISSUES[code]
    return Issue(code=code, field=field, message=message or kind.meaning)


def cost(code: str) -> float:
    """Return the share of confidence that `code` takes; 0.1 for a code of another stage."""
    kind = ISSUES.get(code)
    return kind.cost if kind else 0.1
