"""Pictures of a document's pages for the screen, drawn in a process of their own.

pdfium is not thread-safe and a PDF may be hostile, so pages are drawn by one worker process: a page
that kills it or takes too long costs its own picture, and the worker is started anew.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class DrawingSettings:
    """Limits of drawing pages.

    Attributes:
        scales: pixels a point that are drawn; others are rounded up to the next one, so that few
            pictures of a page are kept. 1.5 fills half of a plain screen with an A4 page, 8 shows
            one at 400 per cent on a screen of double density.
        pixels: of one picture, at most; 30 million take 90 MB while they are drawn.
        seconds: for one picture; a page of many thousand drawn lines takes a few.
        kept: bytes of finished pictures held in memory, about 400 pages of text.
        compression: of PNG, 0 to 9; 1 takes a third of the time of 6 for a fifth more bytes, and
            these bytes travel no further than this machine.
    """

    scales: tuple[float, ...] = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
    pixels: int = 30_000_000
    seconds: float = 30.0
    kept: int = 64_000_000
    compression: int = 1


class PageImageError(Exception):
    """A page that cannot be drawn; the text says why."""


class PageImages:
    """Pictures of pages as PNG, the latest ones kept in memory."""

    def __init__(self, settings: DrawingSettings | None = None) -> None:
        self.settings = settings or DrawingSettings()
        self._kept: OrderedDict[tuple[Path, int, float, int], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._pool: Any = None

    def start(self) -> None:
        """Start the worker now, so that the first page is drawn at once."""
        self._schedule(_warm_up)

    def close(self) -> None:
        """Stop the worker."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.stop()
            pool.join()

    def scale_for(self, asked: float, width: float, height: float) -> float:
        """Return the scale to draw a page of `width` x `height` points at, in pixels a point."""
        scales = self.settings.scales
        scale = next((one for one in scales if one >= asked), scales[-1])
        most = float((self.settings.pixels / max(width * height, 1.0)) ** 0.5)
        return min(scale, most)

    def draw(self, path: Path, page: int, scale: float, password: str | None = None) -> bytes:
        """Return page `page` (from 1) of `path` as PNG, `scale` pixels a point.

        Raises:
            PageImageError: there is no such page or file, or it cannot be drawn in time.
        """
        try:
            stamp = path.stat().st_mtime_ns
        except OSError as error:
            raise PageImageError(f"{path.name} cannot be opened ({error.strerror})") from error
        key = (path, page, scale, stamp)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = self._drawn(path, page, scale, password, stamp)
        self._keep(key, picture)
        return picture

    def sizes(self, path: Path, password: str | None = None) -> list[tuple[float, float]]:
        """Return width and height of the pages of `path`, in points; not turned upright.

        Raises:
            PageImageError: the file cannot be opened.
        """
        try:
            found: list[tuple[float, float]] = self._schedule(_sizes, str(path), password).result()
        except Exception as error:
            raise PageImageError(f"{path.name} cannot be opened ({error})") from error
        return found

    def _drawn(
        self, path: Path, page: int, scale: float, password: str | None, stamp: int
    ) -> bytes:
        args = (str(path), page, scale, password, stamp, self.settings.compression)
        try:
            picture: bytes = self._schedule(_draw, *args).result()
        except TimeoutError as error:
            raise PageImageError(f"page {page} takes too long to draw") from error
        except Exception as error:
            raise PageImageError(f"page {page} cannot be drawn ({error})") from error
        return picture

    def _schedule(self, work: Any, *args: object) -> Any:
        import multiprocessing

        from pebble import ProcessPool

        with self._lock:
            if self._pool is None:
                methods = multiprocessing.get_all_start_methods()
                kind = "forkserver" if "forkserver" in methods else "spawn"
                self._pool = ProcessPool(1, context=multiprocessing.get_context(kind))
            return self._pool.schedule(work, args=args, timeout=self.settings.seconds)

    def _keep(self, key: tuple[Path, int, float, int], picture: bytes) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = picture
                self._size += len(picture)
            while self._size > self.settings.kept and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])


def _warm_up() -> None:
    """Import what drawing needs."""
    import actionplan.extract.render  # noqa: F401


def _draw(
    path: str, page: int, scale: float, password: str | None, stamp: int, compression: int
) -> bytes:
    """In the worker: one page as PNG."""
    from actionplan.extract.render import render_page

    picture = render_page(_bytes_of(path, stamp), page, scale=scale, password=password)
    stream = io.BytesIO()
    _plain(picture).save(stream, "PNG", compress_level=compression)
    return stream.getvalue()


def _sizes(path: str, password: str | None) -> list[tuple[float, float]]:
    """In the worker: the sizes of all pages."""
    from actionplan.extract.render import page_sizes

    return page_sizes(Path(path), password=password)


@lru_cache(maxsize=2)
def _bytes_of(path: str, stamp: int) -> bytes:
    """The file; `stamp` tells a changed one from the one that is held."""
    return Path(path).read_bytes()


def _plain(picture: Image) -> Image:
    """The picture in as few channels as it needs: a page in black and white has one."""
    colours = picture.convert("RGB")
    red, green, blue = colours.split()
    return red if red.tobytes() == green.tobytes() == blue.tobytes() else colours
