"""Thresholds of the extract room, one dataclass per stage; lengths are page points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass, field

from actionplan.extract.form_settings import FormSettings
from actionplan.extract.ocr.settings import OcrSettings
from actionplan.extract.opinion_settings import CamelotSettings, SecondReaderSettings, TagSettings
from actionplan.extract.page_settings import MarginSettings, SheetSettings, SpacingSettings
from actionplan.extract.stitch_settings import StitchSettings
from actionplan.extract.unruled_settings import UnruledSettings


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """How words and rules are taken from a page."""

    rule_thickness: float = 3.0
    """A filled box thinner than this is a line: Word draws borders as boxes of 0.5 to 2.25."""

    thick_rule: float = 6.5
    """So is a longer one up to this thick: no line of text fits into it."""

    bar: float = 8.0
    """A thick line is at least this many times as long as thick."""

    dot: float = 3.0
    """A piece no larger than this both ways is a dot: its neighbours give its direction."""

    dotted: int = 24
    """Dots on a page from which lines are sought among them: a column's width holds as many. Word
    sets a dot into each corner of a table."""

    dot_count: int = 3
    """Dots of a dotted line at least."""

    same_dots: float = 0.3
    """Dots of one line stand off it by no more than this."""

    snap: float = 1.5
    """Parallel rules closer than this are one: borders of neighbouring cells are drawn apart."""

    dash_gap: float = 4.0
    """Pieces of one line further apart than this are two lines: dashes and dots leave up to 3."""

    min_rule: float = 4.0
    """A merged line shorter than this is no rule: smaller pieces are glyph parts and tick marks."""

    min_fill: float = 6.0
    """A filled box smaller than this in width or height is no cell shading."""

    white: int = 252
    """A fill with all channels at or above this (0..255) is paper, it draws no edge."""

    background: float = 0.8
    """Nor does a fill over more than this share of the page: it is the page's background."""

    ruled_gap: float = 0.12
    """A rule cuts a word if it runs in a gap of at least this share of the letters' height."""

    list_gap: float = 0.09
    """A gap of this share behind a list number ends a word: a tab may be that narrow; kerning after
    a full stop moves letters by less."""

    overprint: float = 0.12
    """Share of the font size by which a second print of a text may be off, to look bold."""

    max_borders: int = 5_000
    """Vertical lines beyond which a page is a drawing, and no word is cut at them."""

    max_objects: int = 200_000
    """Page objects read per page; a page with more is cut off with a warning."""

    max_words: int = 100_000
    """Words read per page, likewise: a full page of small print has 2,000."""

    max_open: int = 64
    """Pages of a tagged document held open for its tree, each of 0.1 to 0.5 MB."""

    max_form_depth: int = 8
    """Nesting of form XObjects followed."""

    spacing: SpacingSettings = field(default_factory=SpacingSettings)
    margin: MarginSettings = field(default_factory=MarginSettings)


@dataclass(frozen=True, slots=True)
class GridSettings:
    """How rules become cells."""

    touch: float = 3.0
    """A horizontal and a vertical line this close meet: corners are often drawn short."""

    corner: float = 0.1
    """Share of a side's length that a line may stop short of each corner, if `touch` is more."""

    cover: float = 0.9
    """Share of a cell side that must be drawn to be a border: underlines and shaded paragraphs stop
    at the margins, 5.4 from the border on each side in Word."""

    same_edge: float = 4.0
    """Edges closer than this are one: double rules stand up to 3 apart, no row is thinner."""

    open_end: float = 6.0
    """Vertical lines that run on by more than this past the last horizontal one: an open cell."""

    min_rows: int = 1
    """Cell rows of a grid that may be a table."""

    min_columns: int = 2
    """Columns of a grid that may be a table; one column is a frame around text."""

    min_width: float = 100.0
    """Narrower grids are check boxes and logos, unless they stand in a cell."""

    moved_edge: float = 10.0
    """Column edges closer than this that no row has both of are one, moved in some rows; no column
    of text is narrower."""

    column_gap: float = 0.8
    """Gap between words on both sides of a column edge, as a share of their height, from which they
    stand in columns although no line is drawn; a space is 0.3."""

    crossed: float = 0.25
    """Share of a grid's words from which lines that run through words are those of a drawing."""

    few_words: int = 4
    """And no fewer words than these."""

    open_share: float = 0.25
    """Share of a grid's area from which ground without borders of its own makes it a chart."""

    max_meets: int = 25_000_000
    """Horizontal times vertical lines of a page beyond which it is a drawing: 5,000 of each."""

    max_cells: int = 20_000
    """Cells of a grid beyond which it is a drawing: one of A4 has room for 25,000 of 5 points."""


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    """How header rows are told from body rows."""

    phrase_share: float = 0.5
    """Share of a row's filled cells that must hold a known header phrase."""

    fuzzy: float = 85.0
    """rapidfuzz ratio (0..100) above which a repeated header equals the first one."""

    alike: float = 75.0
    """The same for each of its cells: one that differs more ("Police recommendations", "Council
    recommendations") heads another table."""

    max_words: int = 14
    """A header cell has few words; prompts and legends are the longest seen."""

    look: int = 3
    """Rows at the top of a table that may be header."""


@dataclass(frozen=True, slots=True)
class BandSettings:
    """How rows that are a theme's or an agency's name are told from rows of text."""

    max_lines: int = 3
    """Lines of a band's text."""

    level: float = 0.3
    """Pieces of one line stand no more than this share of the font size apart in height."""

    space: float = 0.45
    """And no further apart than this share of the font size; cells leave twice their margin."""

    few: float = 0.2
    """Share of ordinary rows with the same type or shade up to which it sets a band apart."""


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """How a form's cell that runs on over pages is followed."""

    same_edge: float = 4.0
    """The outlines on both pages differ by no more than this; so do their equal columns."""

    min_lines: int = 3
    """Lines of a paragraph: shorter cells over the full width are bands and titles."""


@dataclass(frozen=True, slots=True)
class FurnitureSettings:
    """How running headers and footers are told from text."""

    margin: float = 0.14
    """Share of the page height at the top and the bottom where running lines stand."""

    min_pages: int = 2
    """A line is running if it stands at the same place on this many pages."""

    min_share: float = 0.3
    """And on this share of the pages."""

    min_part: float = 0.45
    """Or, at the bottom, on this share of those from its first page to its last: each other one."""

    drift: float = 4.0
    """The same place, in points."""


@dataclass(frozen=True, slots=True)
class HeadingSettings:
    """How headings above a table are told from prose."""

    larger: float = 1.08
    """A line this many times the body's size reads as a heading."""

    max_words: int = 16
    """A longer line is a sentence, also in bold."""

    max_lines: int = 8
    """Lines of a heading: title, body, section, and a date or version below them."""

    max_intro: int = 6
    """Lines of introduction that may stand between a title and its table."""

    short: float = 0.6
    """A line of less than this share of the page's width is no full line of a paragraph."""

    same_paragraph: float = 0.8
    """Lines closer than this share of the font size are of one paragraph."""


@dataclass(frozen=True, slots=True)
class GlueSettings:
    """How cut words are told from words that end with their line."""

    common: int = 700_000
    """A joined form is a word of its own from this frequency in the dictionary
    ("understanding")."""

    common_share: float = 0.5
    """Or from this share of the rarer part's frequency ("physiotherapist")."""

    full: float = 0.75
    """A line is full if less than this share of the font size, one letter, is free at its end."""


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """All settings of the room."""

    reader: ReaderSettings = field(default_factory=ReaderSettings)
    sheet: SheetSettings = field(default_factory=SheetSettings)
    grid: GridSettings = field(default_factory=GridSettings)
    header: HeaderSettings = field(default_factory=HeaderSettings)
    band: BandSettings = field(default_factory=BandSettings)
    frame: FrameSettings = field(default_factory=FrameSettings)
    furniture: FurnitureSettings = field(default_factory=FurnitureSettings)
    form: FormSettings = field(default_factory=FormSettings)
    heading: HeadingSettings = field(default_factory=HeadingSettings)
    glue: GlueSettings = field(default_factory=GlueSettings)
    stitch: StitchSettings = field(default_factory=StitchSettings)
    second: SecondReaderSettings = field(default_factory=SecondReaderSettings)
    tags: TagSettings = field(default_factory=TagSettings)
    camelot: CamelotSettings = field(default_factory=CamelotSettings)
    unruled: UnruledSettings = field(default_factory=UnruledSettings)
    ocr: OcrSettings = field(default_factory=OcrSettings)
