"""Facts of a document: title, partnership, kind of review, case, version, date, marking.

Only text outside table cells is read, and each fact is given as printed; what the document does
not say stays empty. The kind of review is the one fact with a fixed vocabulary.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from actionplan.normalise.columns import plain
from actionplan.normalise.dates import parse_date
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.plan import Date, Document
from actionplan.schemas.tables import Line, TableDocument

_TITLE_WORDS = 25  # words; a longer line is prose
_TITLE_LINES = 4  # lines that a title may take

_CASE = re.compile(
    r"\bcase\s+(?:(?:no|ref)\b\.?|number|reference|id)?\s*[:.]?\s*(?=[A-Z0-9/-]*\d)[A-Z0-9][\w/-]*"
    r"|\b(?:DHR|SAR|SCR|CSPR|LCSPR|DARDR|SI)\s*(?:No\.?\s*)?[-/]?\s*(?=[A-Z]{0,6}[-/]?\d)[\w/-]+"
    r"(?:\s+\d{4}/\d+)?|\b[A-Z]{2,8}/(?:19|20)\d\d/\d+\b|\b20\d\d/\d{3,6}\b",
    re.IGNORECASE,
)
_CASE_SHORT = re.compile(r"\b(?:DHR|SAR|SCR|CSPR|LCSPR|DARDR|SI)\b")
_PSEUDONYM = re.compile(
    r"(?:[‘“\"]|(?<!\w)')(?P<quoted>[A-Z][\w’' -]{0,24}?)[’”\"'](?!\w)"
    r"|\b(?P<person>(?:Adult|Child|Baby|Family|Mr|Mrs|Ms|Miss|Subject|Patient)\.?\s+"
    r"(?:[A-Z]{1,2}\d?|\d{1,2}))\b(?!\s?[&’'])"
    r"|\b(?:death|case|respect|regard|relating|regarding|re)\s*:?\s+(?:of|to)?\s*"
    r"(?P<named>[A-Z][a-z]{2,})\s*$"
)
_VERSION = re.compile(
    r"\b\d+(?:st|nd|rd|th)\s+(?:version|draft)\b"
    r"|\b(?:final\s+|draft\s+)?version\s*(?:no\.?|number)?\s*[:.]?\s*\d+(?:\.\d+)*\b"
    r"|\b(?:draft\s+)?v\s?\d+(?:\.\d+)*\b"
    r"|\b(?:(?:final|first|second|third|working)\s+)?draft\b(?:\s+v?\d+(?:\.\d+)*\b)?"
    r"|\bfinal\s+version\b",
    re.IGNORECASE,
)
_MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_DAY = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTHS}\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?"
    rf"\d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\s*(?:\d{1,2}(?:\.\d+)*[.)]?|section|part)\s", re.IGNORECASE)
_REFERENCE = re.compile(r"\W*(?:case|report|review)\s+(?:ref\b|reference|number|no\b|id\b)", re.I)
_ANNEX = re.compile(r"^(?:appendix|annex)\s+\w{1,3}\s*[:.–-]?\s+", re.IGNORECASE)
_EDGE = 0.09  # share of a page's height, at its top and its foot, where running lines are printed
_FILE_TITLE = re.compile(
    r"^microsoft \w+ - |\.(?:docx?|pdf|xlsx?|rtf)$|^\(?(?:untitled|anonymous|unknown)\b"
    r"|^document\d*$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s+[–—|-]\s+|\s{2,}|\s*[|]\s*")


class FrontText(NamedTuple):
    """Lines that may tell a fact, the most telling first: front pages, then running lines."""

    front: tuple[str, ...]
    running: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        yield from self.front
        yield from self.running


def document_facts(
    doc: TableDocument, plan_pages: Sequence[int], settings: NormaliseSettings | None = None
) -> Document:
    """Return the facts of `doc`.

    Args:
        doc: the document as read.
        plan_pages: pages of its plan tables, ascending; the first of them counts as a front page.
        settings: thresholds.
    """
    text = front_text(doc, plan_pages, settings or NormaliseSettings())
    title = _title(text, doc.title)
    return Document(
        id=f"sha256:{doc.sha256}",
        name=doc.name,
        bytes=doc.size,
        pages=len(doc.pages),
        title=title,
        partnership=_partnership(text),
        review_type=_review_type([title or "", *text.front, *text.running]),
        case=_case(text),
        pseudonym=_pseudonym(text, title),
        version=_version(text),
        date=_date(text),
        marking=_marking(text),
        producer=doc.producer,
        tagged=doc.tagged,
        scanned_pages=list(doc.image_pages),
    )


def front_text(
    doc: TableDocument, plan_pages: Sequence[int], settings: NormaliseSettings
) -> FrontText:
    """Return the lines of `doc` outside its cells that may tell its facts, without repeats."""
    pages = set(range(1, settings.front_pages + 1)) | set(plan_pages[:1])
    lines: list[Line] = [line for table in doc.tables for line in table.heading]
    lines += doc.unassigned
    front = [line for line in lines if line.page in pages]
    front.sort(key=lambda line: (line.page, round(line.bbox[1]), line.bbox[0]))
    heights = {page.page: page.height for page in doc.pages}
    loose = (line for line in doc.unassigned if _at_edge(line, heights.get(line.page, 0.0)))
    running = [*doc.furniture, *loose]
    return FrontText(_once(x.text for x in front), _once(x.text for x in running))


def _at_edge(line: Line, height: float) -> bool:
    return line.bbox[3] < _EDGE * height or line.bbox[1] > (1 - _EDGE) * height


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(plain(text), " ".join(text.split()))
    seen.pop("", None)
    return tuple(seen.values())


@cache
def _words() -> dict[str, Any]:
    source = resources.files("actionplan.normalise") / "data" / "facts.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _patterns(table: str, key: str) -> re.Pattern[str]:
    phrases = sorted(_words()[table][key], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b", re.IGNORECASE)


def _review_type(texts: Iterable[str]) -> str | None:
    facts = _words()
    for text in texts:
        for name, patterns in facts["review_types"].items():
            if any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns):
                return str(name)
        for short, name in facts["review_short"].items():
            if re.search(rf"\b{short}s?\b", text):
                return str(name)
    return None


def _title(text: FrontText, metadata: str | None) -> str | None:
    """Join the lines of the front that name the review and its plan.

    A chapter's heading ("4. Action plan") is part of the title only where nothing stands before.
    """
    found: list[str] = []
    wraps = False  # the line before is part of the title, and ends in mid-phrase
    for line in text.front:
        if found and _CHAPTER.match(line):
            break
        if len(line.split()) > _TITLE_WORDS or len(found) == _TITLE_LINES or _REFERENCE.match(line):
            wraps = False
            continue
        if wraps and line[0].islower():
            found.append(line)
            continue
        named = _review_type([line]) or _patterns("title", "phrases").search(line)
        if named and not line.endswith((".", ";")) and not _VERSION.match(line):
            found.append(line)
        wraps = bool(found) and found[-1] == line
    if found:
        return _ANNEX.sub("", " ".join(found))
    clean = " ".join((metadata or "").split())
    return clean if clean and not _FILE_TITLE.search(clean) else None


def _partnership(text: FrontText) -> str | None:
    ends = "|".join(sorted(_words()["partnership"]["ends"], key=len, reverse=True))
    starts = "|".join(_words()["partnership"]["starts"])
    name = re.compile(
        rf"(?:[A-Z][\w’'&]*,?\s+(?:(?:and|of|on|upon|the|&|in)\s+)*){{1,6}}(?i:{ends})\b"
        rf"|\b(?i:{starts})\s+(?:[A-Z][\w’'&]*\s+(?:(?:and|of|&)\s+)*){{1,4}}Partnership\b"
    )
    for line in text:
        for piece in _PIECES.split(line):
            match = name.search(piece)
            if match and len(piece.split()) <= _TITLE_WORDS:
                return re.sub(r"^The\s+", "", match.group())
    return None


def _case(text: FrontText) -> str | None:
    for line in text:
        for match in _CASE.finditer(line):
            found = match.group()
            # The short forms count in capitals only: "sar 2" may end another word.
            if found[:4].casefold() == "case" or _CASE_SHORT.match(found) or "/" in found:
                return " ".join(found.split()).rstrip("-/")
    return None


def _pseudonym(text: FrontText, title: str | None) -> str | None:
    lines = [title or "", *(line for line in text if len(line.split()) <= _TITLE_WORDS)]
    for line in lines:
        match = _PSEUDONYM.search(line)
        if match:
            found = match["quoted"] or match["person"] or match["named"]
            if not _patterns("title", "phrases").search(found):
                return found.strip()
    return None


def _version(text: FrontText) -> str | None:
    short = [line for line in text if len(line.split()) <= _TITLE_WORDS]
    match = next((found for line in short if (found := _VERSION.search(line))), None)
    return " ".join(match.group().split()) if match else None


def _date(text: FrontText) -> Date | None:
    """A date after "dated", "published", ...; or a front line that is a date and nothing else."""
    lead_in = _patterns("date", "lead_in")
    for line in text:
        for start in lead_in.finditer(line):
            day = _DAY.match(line, re.compile(r"[\s:–-]*").match(line, start.end()).end())  # type: ignore[union-attr]
            if day:
                return _parsed(day.group())
    alone = (line.strip(" .()") for line in text.front)
    return next((_parsed(line) for line in alone if _DAY.fullmatch(line)), None)


def _parsed(printed: str) -> Date | None:
    date = parse_date(printed)
    return date if date and date.edtf else None


def _marking(text: FrontText) -> str | None:
    """The first protective marking, with all the marking words that stand together."""
    marking = "|".join(sorted(_words()["marking"]["phrases"], key=len, reverse=True))
    run = re.compile(rf"\b(?:{marking})\b(?:\s*[–:,/-]?\s*(?:{marking})\b)*", re.IGNORECASE)
    lead_in = _patterns("marking", "lead_in")
    for line in [*text.running, *text.front]:
        for piece in [*_PIECES.split(line), line]:
            match = run.search(piece)
            if match and (_mostly(match, piece) or lead_in.search(piece) or _shouted(match)):
                return " ".join((run.search(line) or match).group().split())
    return None


def _mostly(match: re.Match[str], piece: str) -> bool:
    return len(match.group()) >= 0.6 * len(piece.strip(" .:*[]()"))


def _shouted(match: re.Match[str]) -> bool:
    return match.group().isupper()
