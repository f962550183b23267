"""Facts of a document: title, partnership, kind of review, case, version, dates, marking.

Only the lines of `front_text` are read, never the plan's cells, and each fact is given as printed;
what the document does not say stays empty. The kind of review has a fixed vocabulary.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from actionplan.normalise.document_dates import document_date, document_dates, review_period
from actionplan.normalise.front import FrontText, front_text
from actionplan.normalise.scan_changes import ocr_changes
from actionplan.normalise.settings import NormaliseSettings
from actionplan.schemas.plan import Document
from actionplan.schemas.tables import TableDocument

_TITLE_WORDS = 25  # words; a longer line is prose
_TITLE_LINES = 6  # lines that a title may take

_CASE = re.compile(
    r"\bcase\s+(?:(?:no|ref)\b\.?|number|reference|id)?\s*[:.]?\s*(?=[A-Z0-9/-]*\d)[A-Z0-9][\w/-]*"
    r"|\b(?:DHR|SAR|SCR|CSPR|LCSPR|DARDR|SI)\s*(?:No\.?\s*)?[-/]?\s*(?=[A-Z]{0,6}[-/]?\d)[\w/-]+"
    r"(?:\s+\d{4}/\d+)?|\b[A-Z]{2,8}/(?:19|20)\d\d/\d+\b|\b20\d\d/\d{3,6}\b"
    r"|\b(?-i:[A-Z]{3,8})\s?\d{1,3}/(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CASE_SHORT = re.compile(r"\b(?:DHR|SAR|SCR|CSPR|LCSPR|DARDR|SI)\b")
_PSEUDONYM = re.compile(
    r"(?:[‘“\"]|(?<!\w)')(?P<quoted>(?:M(?:rs?|s)\.\s)?[A-Z][\w’' -]{0,24}?)[’”\"'](?!\w)"
    r"|\b(?P<person>(?:Adult|Child|Baby|Family|Mr|Mrs|Ms|Miss|Subject|Patient|ADULT|CHILD|BABY|FAMILY"
    r"|MR|MRS|MS|MISS)\.?\s+"
    r"(?:[A-Z]{1,2}\d?|\d{1,2}))\b(?!\s?[&’'])"
    r"|\b(?:death|case|respect|regard|relating|regarding|re)\s*:?\s+(?:of|to)?\s*"
    r"(?!(?:A|An|The|Two|Three|Adults?|Child|Children|Baby|Infant|Mother|Father|Wom[ae]n|M[ae]n|Male|Female"
    r"|Victims?)\b)(?P<named>[A-Z][a-z]{2,})(?=\s*$|\s*\(|\s+(?:in|on)\s+(?:\d|[A-Z][a-z]+\s+\d)|,?\s+who\b)"
)
_VERSION = re.compile(
    r"\b\d+(?:st|nd|rd|th)\s+(?:version|draft|edition)\b"
    r"|\b(?:final\s+|draft\s+)?(?:version|issue|revision)\s*(?:no\.?|number)?\s*[:.]?\s*"
    r"\d+(?:\.\d+)*\b(?:\s*[–-]?\s*\(?(?:final\s+)?draft\b\)?|\s*\(final\))?"
    r"|\b(?:draft\s+)?v\s?\d+(?:\.\d+)*\b(?:\s+draft\b)?"
    r"|\bdraft\s+(?:no\.?\s*)?v?\d+(?:\.\d+)*\b"
    r"|\bfinal\s+version\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"\b(?:(?:final|first|second|third|working)\s+)?draft\b", re.IGNORECASE)
_DRAFT_WORDS = 8  # words of the longest line of which "draft" is no word of a sentence
# A line of capitalised words, none of which names a plan or a review: a place.
_PLACE = re.compile(
    r"(?!.*\b(?i:plan|review|report|summary|version|draft|confidential|official)\b)"
    r"[A-Z][\w’'&-]*,?(?:\s+(?:and|of|on|upon|the|&|in|[A-Z][\w’'&-]*,?)){0,6}"
)
_CHAPTER = re.compile(r"\s*(?:\d{1,2}(?:\.\d+)*[.)]?|section|part)\s", re.IGNORECASE)
_REFERENCE = re.compile(r"\W*(?:case|report|review)\s+(?:ref\b|reference|number|no\b|id\b)", re.I)
_CONNECTS = re.compile(
    r"\b(?:concerning|regarding|of|into|for|on|in respect of|relating to|re:?)$", re.IGNORECASE
)
_JOINS = re.compile(
    r"(?:in (?!confidence)|on|of|who|concerning|regarding|relating to|into|under section)\b",
    re.IGNORECASE,
)
_JOINING_WORDS = 12  # words of the longest line that goes on with a title by its first word alone
_SENTENCE = re.compile(r"[a-z]{3}\.(?:\s+[A-Z]|\s*$)")  # the end of one: prose, and no title
_ANNEX = re.compile(r"^(?:appendix|annex)\s+\w{1,3}\s*[:.–-]?\s+", re.IGNORECASE)
_FILE_TITLE = re.compile(
    r"^microsoft \w+ - |\.(?:docx?|pdf|xlsx?|rtf)$|^\(?(?:untitled|anonymous|unknown)\b"
    r"|^document\d*$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s+[–—|-]\s+|\s{2,}|\s*[|]\s*")


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
    dates = document_dates(text, title)
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
        date=document_date(dates, text),
        dates=dates,
        review_period=review_period(text),
        marking=_marking(text),
        producer=doc.producer,
        tagged=doc.tagged,
        scanned_pages=list(doc.image_pages),
        ocr_changes=ocr_changes(doc),
    )


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
    wraps = False  # the line before is part of the title, and may end in mid-phrase
    for line in text.front:
        if found and _CHAPTER.match(line):
            break
        if len(line.split()) > _TITLE_WORDS or len(found) == _TITLE_LINES or _REFERENCE.match(line):
            wraps = False
            continue
        # "concerning | Mrs K | who died in May 2018"
        goes_on = wraps and _goes_on(found[-1], line)
        if goes_on and not _SENTENCE.search(line):
            found.append(line)
            continue
        named = _review_type([line]) or _patterns("title", "phrases").search(line)
        if (
            named
            and not line.endswith(";")
            and not _SENTENCE.search(line)
            and not _VERSION.match(line)
        ):
            found.append(line)
        wraps = bool(found) and found[-1] == line
    clean = " ".join((metadata or "").split())
    if found:
        printed = _ANNEX.sub("", " ".join(found))
        # The file may name the plan, where the page names the review alone.
        return clean if clean.casefold().startswith(printed.casefold()) else printed
    return clean if clean and not _FILE_TITLE.search(clean) else None


def _goes_on(above: str, line: str) -> bool:
    """`line` is the rest of a title's line: "concerning | Mrs K | who died", "IN RESPECT OF"."""
    joins = _JOINS.match(line) and len(line.split()) <= _JOINING_WORDS
    return bool(line[0].islower() or _CONNECTS.search(above) or joins)


def _partnership(text: FrontText) -> str | None:
    lines = [*text.front, *text.running]
    for above, line in zip(["", *lines], lines, strict=False):
        for piece in _PIECES.split(line):
            match = _partnership_name().search(piece)
            if match and len(piece.split()) <= _TITLE_WORDS:
                name = re.sub(r"^The\s+", "", match.group())
                return f"{above} {name}" if piece == line and _goes_before(above, name) else name
    return None


@cache
def _partnership_name() -> re.Pattern[str]:
    ends = "|".join(sorted(_words()["partnership"]["ends"], key=len, reverse=True))
    starts = "|".join(_words()["partnership"]["starts"])
    return re.compile(
        rf"(?:[A-Z][\w’'&]*,?\s+(?:(?:and|of|on|upon|the|&|in)\s+)*){{0,6}}(?i:{ends})\b"
        rf"|\b(?i:{starts})\s+(?:[A-Z][\w’'&]*\s+(?:(?:and|of|&)\s+)*){{1,4}}(?i:Partnership)\b"
    )


def _goes_before(above: str, name: str) -> bool:
    """`above` begins a name that goes on in `name`, which says no place of its own."""
    generic = _patterns("partnership", "ends").fullmatch(name)
    return bool(generic and _PLACE.fullmatch(above) and not _review_type([above]))


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
    if match is None:
        marks = [x for x in short if len(x.split()) <= _DRAFT_WORDS and not x.endswith(".")]
        match = next((found for line in marks if (found := _DRAFT.search(line))), None)
    return " ".join(match.group().split()) if match else None


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
