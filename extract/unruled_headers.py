"""Header lines that no rules enclose: pieces of text that hold known phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from actionplan.extract.headers import phrase_pattern
from actionplan.extract.pieces import Piece, PieceLine
from actionplan.extract.unruled_settings import UnruledSettings
from actionplan.schemas.tables import Box, TableHints

_SHORT = 6  # letters of an abbreviation that ends with a full stop ("Ref.")
_COMMON = frozenset(
    {"a", "and", "are", "be", "by", "for", "has", "have", "in", "is", "it", "of", "on"}
)
_COMMON |= {"or", "that", "the", "this", "to", "we"}
_STRIPED = 0.9  # certainty of a header above shaded rows, in place of a share of phrases
_ALIGNED = 12.0  # points within which a title begins where the first header does
_FEW = 12  # words of a header line all in lower case
_SPLIT = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Atom:
    """The header of one column: pieces one below the other."""

    pieces: list[Piece]
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Middle of its width."""
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        """Its words from top to bottom."""
        return " ".join(p.text for p in sorted(self.pieces, key=lambda p: (p.y0, p.x0)))


@dataclass(slots=True)
class Header:
    """A header found among the lines outside tables.

    Attributes:
        first: index of its first line on the page.
        stop: index after its last line.
        atoms: one for each column, left to right.
        groups: pieces that stand over several columns.
        share: share of the atoms that hold a known phrase.
    """

    first: int
    stop: int
    atoms: list[Atom]
    share: float
    groups: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words, casefolded, to compare it with another one."""
        return " | ".join(atom.text for atom in self.atoms).casefold()


class HeaderSeeker:
    """Finds headers among lines of pieces."""

    def __init__(self, hints: TableHints, settings: UnruledSettings) -> None:
        """Compile the phrases once for a document."""
        phrases = tuple(hints.header_phrases)
        self._pattern = phrase_pattern(phrases) if phrases else None
        self._label = re.compile(hints.label_pattern) if hints.label_pattern else None
        self._words = _words(phrases)
        self._capitals = _capitals(phrases)
        self._settings = settings

    def may_hold_header(self, text: str) -> bool:
        """More quickly: does a line have two words of phrases with capital letters?

        A header all in lower case is looked for in short lines only.
        """
        words = text.split()
        if len(self._capitals.intersection(words)) >= 2:
            return True
        return len(words) <= _FEW and text.islower() and len(self._words.intersection(words)) >= 2

    def may_be_header(self, texts: Sequence[str]) -> bool:
        """Quickly: do at least two pieces of a line consist of words that phrases have?"""
        known, most = self._words, self._settings.max_header_words
        hits = 0
        for text in texts:
            words = _SPLIT.split(text.casefold())
            hits += len(words) <= most and all(word in known for word in words)
        return hits >= 2 and 2.5 * hits >= len(texts)

    def header_at(
        self, lines: Sequence[PieceLine], index: int, shades: Sequence[Box], rules: Sequence[float]
    ) -> Header | None:
        """Return the header to which the line at `index` belongs, or None.

        Args:
            lines: the page's lines, top to bottom.
            index: a line that may be part of a header.
            shades: boxes of visible shading.
            rules: heights of horizontal rules, ascending.
        """
        if self._pattern is None:
            return None
        best: tuple[float, Header] | None = None
        for first, stop, bonus in self._blocks(lines, index, shades, rules):
            atoms, groups = _atoms(lines[first:stop])
            if len(atoms) < 2:
                continue
            if self._label and any(self._label.match(atom.text) for atom in atoms):
                continue
            score, hits = self._score(atoms)
            enough = max(2, self._settings.header_share * len(atoms))
            if hits < enough or (len(atoms) == 2 and hits < 2):
                continue
            if best is None or score + bonus > best[0]:
                best = score + bonus, Header(first, stop, atoms, hits / len(atoms), groups)
        return best[1] if best else None

    def striped_header(self, lines: Sequence[PieceLine], top: float) -> Header | None:
        """Return the bold header above rows that are shaded by turns, whatever it says, or None.

        Args:
            lines: the page's lines, top to bottom.
            top: where the first of the shaded rows begins.
        """
        reach = self._settings.stripe_above
        above = [
            k
            for k, line in enumerate(lines)
            if len(line.pieces) > 2 and line.bold and -2 < top - line.y1 < reach
        ]
        if not above:
            return None
        first, stop = self._upwards(lines, above[-1], float("-inf")), above[-1] + 1
        atoms, groups = _atoms(lines[first:stop])
        most = self._settings.max_header_words
        if len(atoms) < 3 or any(len(atom.text.split()) > most for atom in atoms):
            return None
        return Header(first, stop, atoms, _STRIPED, groups)

    def _score(self, atoms: list[Atom]) -> tuple[float, int]:
        """Letters in known phrases less those that are not, and the number of atoms with one."""
        assert self._pattern is not None
        total, hits = 0.0, 0
        for atom in atoms:
            text = atom.text
            covered = sum(len(match.group()) for match in self._pattern.finditer(text))
            total += covered - 1.5 * (len(text) - covered)
            ends = text.endswith(":") or (text.endswith(".") and len(text) > _SHORT)
            hits += 2 * covered >= len(text) and not ends
        return total, hits

    def _blocks(
        self, lines: Sequence[PieceLine], index: int, shades: Sequence[Box], rules: Sequence[float]
    ) -> list[tuple[int, int, float]]:
        """Runs of lines around `index` that may be the whole header: first line, stop, bonus."""
        shaded = self._shaded(lines, index, shades)
        if shaded is not None:
            return [(*shaded, 0.0)]
        first = self._reach(lines, index, -1)
        last = self._reach(lines, index, 1)
        most = self._settings.header_lines
        if lines[index].bold and last + 1 < len(lines) and not lines[last + 1].bold:
            return [(a, last + 1, 0.0) for a in range(first, index + 1)]
        blocks = [
            (a, b + 1, 0.0)
            for a in range(first, index + 1)
            for b in range(index, last + 1)
            if b - a < most
        ]
        ruled = self._ruled(lines, index, rules)
        return blocks if ruled is None else [*blocks, (*ruled, self._settings.rule_bonus)]

    def _reach(self, lines: Sequence[PieceLine], index: int, step: int) -> int:
        """How far lines of one kind go on, up or down, without a gap."""
        line, at = lines[index], index
        size = line.pieces[0].size
        down = line.bold and step > 0
        most = self._settings.marked_header_lines if down else self._settings.header_lines
        for _ in range(most - 1):
            k = at + step
            if not 0 <= k < len(lines):
                break
            upper, lower = (lines[k], lines[at]) if step < 0 else (lines[at], lines[k])
            near = lower.y0 - upper.y1 <= self._settings.header_leading * line.height
            alike = lines[k].bold == line.bold and abs(lines[k].pieces[0].size - size) < 0.6
            other = _spans(lines[k], line) if step > 0 else _is_title(lines[k], line)
            if not near or not alike or other:
                break
            at = k
        return at

    def _shaded(
        self, lines: Sequence[PieceLine], index: int, shades: Sequence[Box]
    ) -> tuple[int, int] | None:
        """The lines in the shaded box behind the line at `index`, if there is one."""
        line = lines[index]
        y, left, right = (line.y0 + line.y1) / 2, line.pieces[0].x0, line.pieces[-1].x1
        for x0, y0, x1, y1 in shades:
            behind = min(x1, right) - max(x0, left) > 0.8 * (right - left)
            if y0 < y < y1 and y1 - y0 <= self._settings.shaded_header and behind:
                stop = index + 1
                while stop < len(lines) and lines[stop].y0 + lines[stop].y1 < 2 * y1:
                    if _spans(lines[stop], line):
                        break
                    stop += 1
                return self._upwards(lines, index, y0), stop
        return None

    def _ruled(
        self, lines: Sequence[PieceLine], index: int, rules: Sequence[float]
    ) -> tuple[int, int] | None:
        """The lines down to the next rule below the line at `index`, if it is near."""
        line, settings = lines[index], self._settings
        y = (line.y0 + line.y1) / 2
        rule = next((rule for rule in rules if rule > y), None)
        if rule is None:
            return None
        stop = next((k for k in range(index, len(lines)) if lines[k].y0 > rule - 2), len(lines))
        many = stop - index > settings.marked_header_lines
        if many or rule - lines[stop - 1].y1 > settings.rule_below:
            return None
        above = [r for r in rules if r < y]
        return self._upwards(lines, index, above[-1] if above else float("-inf")), stop

    def _upwards(self, lines: Sequence[PieceLine], index: int, top: float) -> int:
        """The first line of a header, of which the line at `index` is one, no higher than `top`."""
        first, line = index, lines[index]
        while first > 0 and index - first < self._settings.header_lines - 1:
            above = lines[first - 1]
            near = lines[first].y0 - above.y1 <= self._settings.header_leading * line.height
            title = _is_title(above, line)
            if above.y0 < top - 2 or not near or above.bold != line.bold or title:
                break
            first -= 1
        return first


def _is_title(line: PieceLine, header: PieceLine) -> bool:
    """Does a line of one piece lie over several headers, from the first one on?"""
    begins = abs(line.pieces[0].x0 - header.pieces[0].x0) < _ALIGNED
    return len(line.pieces) == 1 and begins and _spans(line, header)


def _spans(line: PieceLine, header: PieceLine) -> bool:
    """Does a piece of `line` lie over several of the header's? Below it, that is a band."""
    return any(
        sum(min(p.x1, other.x1) - max(p.x0, other.x0) > 0.5 for other in header.pieces) > 1
        for p in line.pieces
    )


@lru_cache(maxsize=8)
def _words(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(["", *(word for phrase in phrases for word in phrase.split())])


def _atoms(lines: Sequence[PieceLine]) -> tuple[list[Atom], list[Piece]]:
    """Join pieces one below the other; a piece over several of them is a group's header."""
    atoms: list[Atom] = []
    groups: list[Piece] = []
    for piece in sorted((p for line in lines for p in line.pieces), key=lambda p: p.x1 - p.x0):
        under = [a for a in atoms if min(a.x1, piece.x1) - max(a.x0, piece.x0) > 0.5]
        if len(under) > 1:
            groups.append(piece)
        elif under:
            under[0].pieces.append(piece)
            under[0].x0 = min(under[0].x0, piece.x0)
            under[0].x1 = max(under[0].x1, piece.x1)
        else:
            atoms.append(Atom([piece], piece.x0, piece.x1))
    atoms.sort(key=lambda atom: atom.x0)
    return atoms, groups


@lru_cache(maxsize=8)
def _capitals(phrases: tuple[str, ...]) -> frozenset[str]:
    """The phrases' words without the most common ones, with a capital and in capitals."""
    words = _words(phrases) - _COMMON - {""}
    return frozenset(form for word in words for form in (word.capitalize(), word.upper()))
