"""Thresholds of reading scans, one dataclass per stage; lengths are page points unless said."""

from __future__ import annotations

from dataclasses import dataclass, field

from actionplan.extract.ocr.rule_settings import (
    BrokenRuleSettings,
    RasterRuleSettings,
    SquareSettings,
)

_NEVER = 10**15  # more often than any word stands anywhere


@dataclass(frozen=True, slots=True)
class DetectSettings:
    """How pages are found that are pictures of text."""

    pictured: float = 0.4
    """Share of a page under images below which its own words are all its words."""

    enough: int = 60
    """Words of the file on an image from which the page is no scan; stamps and running lines put
    on a scan have fewer."""

    some: int = 20
    """Words of a page from which they can be judged."""

    plain: float = 0.6
    """Share of words with a letter or digit below which they are signs without meaning."""

    dpi: float = 100.0
    """Resolution at which a page is looked at for letters, dots an inch."""

    pixels: int = 4_000_000
    """Pixels of that picture at most."""

    small: float = 3.0
    """Spots of ink lower than this are specks."""

    tall: float = 22.0
    """Higher ones are drawings."""

    most: int = 1_200
    """Spots of ink that are looked at."""

    reach: float = 4.0
    """Letters of a row stand this close, as a share of their height,"""

    level: float = 0.35
    """and end at one height within this share: at 5 degrees of slant they still do."""

    letters: int = 30
    """Letters from which a picture holds text, such as the last lines of a plan; a logo's name has
    fewer."""

    word: int = 3
    """Letters of a word that is looked up."""

    known: float = 0.93
    """Share of the words of an older reading that a dictionary must have; names are not in it."""

    covered: float = 0.85
    """Share of the ink that stands under its words."""


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """At which resolution a page is looked at, and what is done to its picture."""

    usual_dpi: float = 200.0
    """Resolution of a page that is no single image, dots an inch: small print is legible."""

    least_dpi: float = 120.0
    """No page is looked at more coarsely."""

    most_dpi: float = 320.0
    """Nor more finely: beyond it time grows, and no letter is read better."""

    max_pixels: int = 30_000_000
    """Pixels of a page's picture; A3 at 300 dpi has 17 million."""

    max_source: int = 400_000_000
    """Pixels of an image in the file beyond which the page is left out: A0 at 400 dpi has 248
    million, and each takes up to four bytes while it is drawn."""

    paper_window: float = 14.0
    """Dark strokes up to this wide are written on the paper, wider ones are a shade of it."""

    beside: float = 0.75
    """Share of the sheet's brightness below which ground may lie beside it."""

    part: float = 0.1
    """Share of the picture from which a bright part is of the sheet: a page of an open book."""

    sheet: float = 0.3
    """Share of the picture that the sheet takes at least."""

    specks: float = 0.004
    """Share of single dark or bright specks from which they are taken away."""

    ink: int = 40
    """Shades (0..255) by which ink is darker than the paper around it."""


@dataclass(frozen=True, slots=True)
class UprightSettings:
    """How the direction of a picture's text is told."""

    dpi: float = 150.0
    """Resolution at which a page is looked at, dots an inch."""

    pixels: int = 6_000_000
    """Pixels of that picture at most."""

    small: float = 3.0
    """Longer side of a letter, at least."""

    tall: float = 20.0
    """The same at most."""

    thin: float = 0.8
    """Shorter side of a letter, at least."""

    most: int = 600
    """Letters that are looked at."""

    few: int = 40
    """Letters below which a page stays as it is."""

    clear: float = 0.6
    """Share of letters whose neighbour stands above or below them, from which lines run upright."""

    level: float = 0.35
    """Letters that end at one height differ by no more than this."""

    sure: float = 0.04
    """Share of letters by which more must agree at the top than at the bottom, to be upside down;
    capitals agree at both."""


@dataclass(frozen=True, slots=True)
class SkewSettings:
    """How a page's slant and reading direction are found."""

    most: float = 5.0
    """Slant looked for both ways, degrees."""

    coarse: float = 0.25
    """Steps of the first search, degrees."""

    fine: float = 0.02
    """Steps of the second one: over a page of 800 points that is 0.3 points."""

    least: float = 0.04
    """Slants below this are left: turning blurs the letters."""

    points: int = 60_000
    """Points of ink that are looked at."""


@dataclass(frozen=True, slots=True)
class ShadeSettings:
    """How the shades of cells are told from paper."""

    differs: int = 14
    """A ground that differs from paper by this (0..255) in some channel is a shade."""

    least: float = 8.0
    """Smaller shades are spots, width and height."""

    filled: float = 0.8
    """Share of its box that a shade fills."""

    across: float = 0.9
    """A shade without rules over more than this share of the page is a shadow."""


@dataclass(frozen=True, slots=True)
class AreaSettings:
    """What is cut out to be recognised by itself."""

    ink: int = 60
    """Shades (0..255) by which ink is darker than white."""

    speck: float = 1.4
    """Smaller spots are dirt: a full stop of small print is as large."""

    pad: int = 12
    """White around a piece, pixels: tesseract loses letters at the edge."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How tesseract is run."""

    seconds: float = 120.0
    """Time for one page; a dense page takes 2 on a slow computer."""

    memory: int = 2_000_000_000
    """Bytes of address space for one run, where the system can hold it to that."""


@dataclass(frozen=True, slots=True)
class MendSettings:
    """Which words are mended; of the words that tesseract gives 0.95 or more, 1 in 100 is wrong."""

    unsure: float = 0.94
    """Confidence (0..1) below which a word may be misread."""

    unsure_joined: float = 0.98
    """Confidence below which a word may be several: white that is lost makes it no less sure."""

    trusted: float = 0.95
    """Confidence from which a word of the document counts as one of its own."""

    often: int = 2
    """Times that such a word has to stand in the document."""

    least_letters: int = 4
    """Shorter words have too many others beside them."""

    least_capitals: int = 7
    """Shorter words in capitals may be short forms."""

    steps: int = 2
    """Most misreadings in one word; with two, only a word of the document itself is believed."""

    least_far: int = 7
    """Shorter words do not hold two."""

    common: tuple[int, ...] = (_NEVER, _NEVER, _NEVER, 10**8, 3 * 10**7, 3 * 10**7, 10**6)
    """By its letters (from 0), times that an English word stands in the dictionary's corpus, to be
    believed: rarer ones are as likely a name or a term that no list has; the last is for all
    longer words."""

    own_weight: int = 500_000_000
    """What a word of the document counts for beside English ones, in times of that corpus."""

    field_weight: int = 10_000_000
    """The same for a word of the field."""

    clear: float = 10.0
    """So many times as likely as any other has a word to be that is put in the place of one."""

    parts: int = 3
    """Most words that are read as one."""

    least_end: int = 3
    """Shorter ends of a line's last word may as well be those of a word that is cut."""

    indent: float = 3.0
    """Most white between a bullet and its line, in sizes of type."""


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """All settings of reading scans."""

    detect: DetectSettings = field(default_factory=DetectSettings)
    picture: PictureSettings = field(default_factory=PictureSettings)
    upright: UprightSettings = field(default_factory=UprightSettings)
    skew: SkewSettings = field(default_factory=SkewSettings)
    square: SquareSettings = field(default_factory=SquareSettings)
    rules: RasterRuleSettings = field(default_factory=RasterRuleSettings)
    broken: BrokenRuleSettings = field(default_factory=BrokenRuleSettings)
    shades: ShadeSettings = field(default_factory=ShadeSettings)
    areas: AreaSettings = field(default_factory=AreaSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    mend: MendSettings = field(default_factory=MendSettings)
