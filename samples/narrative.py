"""Prose for long reports: a line ``@narrative 4 60`` stands for sixty paragraphs of chapter 4."""

from __future__ import annotations

import re
from collections.abc import Iterable

ASK = re.compile(r"@narrative (\d+) (\d+)")

WHO = (
    "The panel", "The author", "Her sister", "The general practitioner", "The housing officer",
    "A neighbour", "The community nurse", "The police review officer", "The landlord",
    "The hospital social worker", "A former employer", "The advocate", "The duty team",
)  # fmt: skip
DID = (
    "recalled that calls were often returned on the following day, and seldom later",
    "noted that the record of that week is complete but for one entry",
    "thought that the family would have welcomed a visit at that time",
    "found no letter on file, although one had been promised in April",
    "observed that two services held the same information under different names",
    "understood that the matter had been closed when the post fell vacant",
    "could not say whether the leaflet had been handed over or sent",
    "was told that the waiting list stood at fourteen weeks",
    "considered that the form asked for much and explained little",
    "remembered the meeting well, and gave a full account of it",
    "had not been invited to the meeting of 12 June, and learned of it from the minutes",
    "saw much good practice, in particular in the way that messages were passed on",
)
WHY = (
    "This is in keeping with what other reviews in the county have said.",
    "Recommendation 2 of an earlier review dealt with the same question.",
    "The policy in force at the time, dated March 2014, did not require it.",
    "No single agency could have known the whole.",
    "It is easy to see this in hindsight, and the panel has tried not to.",
    "The lead for this area of work has since changed twice.",
    "An action to mend it was agreed in October 2016 and is described in the last chapter.",
    "Staff spoke of a heavy workload, of a new computer system and of a move between buildings.",
    "The family asked that this be recorded, and the panel agrees.",
    "By the end of the year the arrangement had come to an end without anyone deciding so.",
    "The panel has weighed both accounts and prefers the written one.",
)


def paragraph(chapter: int, number: int) -> str:
    """Return one numbered paragraph; the same numbers give the same words."""
    seed = 7 * chapter + 3 * number
    parts = [
        f"{WHO[(seed + 5 * at) % len(WHO)]} {DID[(seed + 7 * at + number) % len(DID)]}. "
        f"{WHY[(seed + 2 * at + number // 3) % len(WHY)]}"
        for at in range(3 + number % 3)
    ]
    return f"{chapter}.{number} {' '.join(parts)}"


def told(lines: Iterable[str]) -> list[str]:
    """Return `lines` with each ``@narrative`` replaced by its paragraphs."""
    out: list[str] = []
    for line in lines:
        if match := ASK.fullmatch(line):
            chapter, count = int(match[1]), int(match[2])
            out += [paragraph(chapter, number) for number in range(1, count + 1)]
        else:
            out.append(line)
    return out
