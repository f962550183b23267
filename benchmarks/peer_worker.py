"""A process that reads PDFs with one reader; runs in the peers' environment, or the project's own.

    python peer_worker.py READER SECONDS tables    reads paths from standard input, one a line
    python peer_worker.py READER SECONDS time      the same, answers without the tables
    python peer_worker.py --versions               prints which peers are installed

Each answer is one line of JSON: ``pages``, ``cpu`` and ``wall`` seconds from path to tables,
``fragments`` (tables as the reader gives them, page by page) and ``stitched`` (what table-stitcher
makes of them). A document that takes more than SECONDS ends the process: libraries in C heed no
exception.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's pool doubles CPU time of short runs

HEADER_CELL = 30  # characters of a header cell on average; table-stitcher's own limit


class Fragment(NamedTuple):
    """One table of one page; `top` and `bottom` as shares of the page's height."""

    page: int
    top: float
    bottom: float
    rows: list[list[str]]


def pdfplumber_lines(path: str) -> list[Fragment]:
    return _pdfplumber(path, "lines")


def pdfplumber_text(path: str) -> list[Fragment]:
    return _pdfplumber(path, "text")


def _pdfplumber(path: str, strategy: str) -> list[Fragment]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    out = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.find_tables(settings):
                top, bottom = (table.bbox[at] / page.height for at in (1, 3))
                out.append(Fragment(page.page_number, top, bottom, _texts(table.extract())))
            page.close()
    return out


def camelot_lattice(path: str) -> list[Fragment]:
    return _camelot(path, "lattice")


def camelot_network(path: str) -> list[Fragment]:
    return _camelot(path, "network")


def camelot_hybrid(path: str) -> list[Fragment]:
    return _camelot(path, "hybrid")


def _camelot(path: str, flavor: str) -> list[Fragment]:
    from camelot.io import read_pdf

    out = []
    for table in read_pdf(path, pages="all", flavor=flavor, suppress_stdout=True):
        height = float(table.pdf_size[1]) or 1.0
        _, low, _, high = table._bbox  # from the page's bottom
        out.append(
            Fragment(table.page, 1 - high / height, 1 - low / height, _texts(table.df.to_numpy()))
        )
    return sorted(out)


def img2table_ruled(path: str) -> list[Fragment]:
    return _img2table(path, borderless=False)


def img2table_borderless(path: str) -> list[Fragment]:
    return _img2table(path, borderless=True)


def _img2table(path: str, *, borderless: bool) -> list[Fragment]:
    from img2table.document import PDF

    document = PDF(path)
    found = document.extract_tables(borderless_tables=borderless)
    out = []
    for page, tables in found.items():
        height = document.images[page].shape[0]
        for table in tables:
            rows = [[cell.value for cell in row] for row in table.content.values()]
            box = table.bbox
            out.append(Fragment(page + 1, box.y1 / height, box.y2 / height, _texts(rows)))
    return out


def tablers_lines(path: str) -> list[Fragment]:
    return _tablers(path, "lines")


def tablers_text(path: str) -> list[Fragment]:
    return _tablers(path, "text")


def _tablers(path: str, strategy: str) -> list[Fragment]:
    import tablers

    settings = {
        "vertical_strategy": strategy,
        "horizontal_strategy": strategy,
        "text_use_text_flow": True,  # without it words are cut where the file's text runs end
    }
    document = tablers.Document(path)
    out = []
    for page in document.pages():
        for table in tablers.find_tables(page, extract_text=True, **settings):
            top, bottom = (table.bbox[at] / page.height for at in (1, 3))
            rows = [[cell.text for cell in row] for row in table.to_list()]
            out.append(Fragment(page.page_idx + 1, top, bottom, _texts(rows)))
    document.close()
    return out


def liteparse_blocks(path: str) -> list[Fragment]:
    import liteparse

    out = []
    parser = liteparse.LiteParse(ocr_enabled=False, extract_blocks=True, quiet=True)
    for page in parser.parse(path).pages:
        for block in page.blocks or []:
            if block.kind != "table":
                continue
            rows = [[cell.text for cell in row] for row in [block.header or [], *block.rows] if row]
            box, height = block.bbox, page.height or 1.0
            top, bottom = (box.y, box.y + box.height) if box else (0.0, height)
            out.append(Fragment(page.page_num, top / height, bottom / height, _texts(rows)))
    return out


def actionplan(path: str) -> list[Fragment]:
    from actionplan.extract import read_tables
    from actionplan.normalise.hints import plan_hints

    document = read_tables(Path(path), hints=plan_hints())
    return [
        Fragment(table.pages[0], 0, 1, [[cell.text for cell in row.cells] for row in table.rows])
        for table in document.tables
        if table.rows
    ]


READERS: dict[str, Callable[[str], list[Fragment]]] = {
    reader.__name__.replace("_", " "): reader
    for reader in (
        pdfplumber_lines, pdfplumber_text, camelot_lattice, camelot_network, camelot_hybrid,
        img2table_ruled, img2table_borderless, tablers_lines, tablers_text, liteparse_blocks,
        actionplan,
    )
}  # fmt: skip


def _texts(rows: Any) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def stitch(fragments: list[Fragment]) -> list[list[list[str]]]:
    """Return the tables that table-stitcher makes of `fragments`, their headers as first rows.

    The core of table-stitcher takes what its adapter for one parser finds out about each fragment;
    this does the same for plain rows. Whether a fragment begins with a header is told from the
    header standing again, or else from the length of its cells.
    """
    from table_stitcher import merge_multipage_tables
    from table_stitcher.models import MultiPageConfig

    named = _with_headers(fragments)
    metas = [
        _meta(number, fragment, named[number])
        for number, fragment in enumerate(fragments)
        if fragment.rows and fragment.rows[0]
    ]
    tables = merge_multipage_tables(metas, MultiPageConfig()) if metas else []
    out = []
    for table in tables:
        header = [str(name) for name in table.df.columns]
        body = _texts(table.df.fillna("").to_numpy())
        out.append(body if header[0].startswith("Column_") else [header, *body])
    return out


def _with_headers(fragments: list[Fragment]) -> list[bool]:
    firsts = [_key(fragment.rows[0]) if fragment.rows else () for fragment in fragments]
    widths = [len(first) for first in firsts]
    out = []
    for at, first in enumerate(firsts):
        short = bool(first) and sum(map(len, first)) / len(first) <= HEADER_CELL
        fresh = at == 0 or widths[at] != widths[at - 1]
        out.append(bool(first) and (firsts.count(first) > 1 or (short and fresh and all(first))))
    return out


def _key(row: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()).lower() for cell in row)


def _meta(number: int, fragment: Fragment, has_header: bool) -> Any:
    import pandas
    from table_stitcher.merger import first_row_has_number, is_numeric_like_colnames, tokenize
    from table_stitcher.models import TableMeta

    width = max(len(row) for row in fragment.rows)
    rows = [row + [""] * (width - len(row)) for row in fragment.rows]
    names = rows[0] if has_header else [f"Column_{at}" for at in range(width)]
    frame = pandas.DataFrame(rows[1:] if has_header else rows, columns=names)
    first = " ".join(rows[1] if has_header and len(rows) > 1 else rows[0])
    return TableMeta(
        idx=number,
        df=frame,
        start_page=fragment.page,
        pages=[fragment.page],
        width=width,
        header_tokens=tokenize(" ".join(names)) if has_header else set(),
        first_row_tokens=tokenize(first),
        raw_columns=names,
        vert_center=(fragment.top + fragment.bottom) / 2,
        vert_top=fragment.top,
        vert_bottom=fragment.bottom,
        is_header_orphan=has_header and len(rows) == 1,
        is_data_orphan=0 < len(frame) <= 5 and bool(first_row_has_number(frame)),
        numeric_like_cols=is_numeric_like_colnames(names),
        row_count=len(frame),
        is_headerless=not has_header,
    )


def _page_count(path: str) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def answer(
    reader: Callable[[str], list[Fragment]], path: str, *, tables: bool = True
) -> dict[str, Any]:
    """Read one document; an exception of the reader is its answer."""
    cpu, wall = time.process_time(), time.perf_counter()
    try:
        fragments = reader(path)
    except Exception as error:  # whatever a peer raises belongs on the board
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    out: dict[str, Any] = {"cpu": cpu, "wall": wall, "pages": _page_count(path)}
    if not tables:
        return out
    out["fragments"] = [fragment.rows for fragment in fragments]
    try:
        out["stitched"] = stitch(fragments)
    except Exception as error:
        out["stitch_error"] = f"{type(error).__name__}: {error}"[:200]
    return out


def versions() -> dict[str, str]:
    """Name and version of every peer that is installed."""
    names = ("camelot-py", "img2table", "liteparse", "pdfplumber", "table-stitcher", "tablers")
    out = {}
    for name in names:
        with suppress(PackageNotFoundError):
            out[name] = version(name)
    return out


def main() -> None:
    """Answer until standard input ends; nothing that a peer prints reaches the answers."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        if sys.argv[1] == "--versions":
            print(json.dumps(versions()), file=out)
            return
        reader, seconds = READERS[sys.argv[1]], int(sys.argv[2])
        tables = sys.argv[3] == "tables"
        for number, line in enumerate(sys.stdin):
            signal.alarm(seconds)
            path = line.rstrip("\n")
            if not number:
                answer(reader, path)  # imports and first calls are not what is timed
            print(json.dumps(answer(reader, path, tables=tables)), file=out, flush=True)
            signal.alarm(0)


if __name__ == "__main__":
    main()
