"""From a page's own space (origin bottom left, y up) to its upright reading (top left, y down)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from actionplan.extract.layout import Floats


@dataclass(frozen=True, slots=True)
class Turn:
    """The transform of one page.

    Attributes:
        frame: left, bottom, right, top of the visible box in the page's own space.
        degrees: clockwise turn: 0, 90, 180 or 270.
    """

    frame: tuple[float, float, float, float]
    degrees: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        left, bottom, right, top = self.frame
        width, height = right - left, top - bottom
        return (height, width) if self.degrees in (90, 270) else (width, height)

    def boxes(self, boxes: Floats) -> Floats:
        """Turn (n, 4) boxes left, bottom, right, top into (n, 4) x0, y0, x1, y1."""
        out = np.zeros((len(boxes), 4))
        if not len(boxes):
            return out
        left, bottom, right, top = self.frame
        x0, y0, x1, y1 = boxes.T
        if self.degrees == 90:
            sides = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        elif self.degrees == 180:
            sides = (right - x1, y0 - bottom, right - x0, y1 - bottom)
        elif self.degrees == 270:
            sides = (top - y1, right - x1, top - y0, right - x0)
        else:
            sides = (x0 - left, top - y1, x1 - left, top - y0)
        for k, side in enumerate(sides):
            out[:, k] = side
        return out
