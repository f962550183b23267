"""The board: how well samples, or a folder of one's own, are read, beside other programs.

python benchmarks/accuracy.py [NAME ...] [--outside FOLDER] [--no-peers] [--fresh] [--wrong]
                             [--into docs/board.md]
"""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from measure import SAMPLES, Measured, measure, reliability, truth_of
from peers import Worker, ended, installed_readers, joined, kept_answer, versions
from table_scores import TableScore, score_either

from actionplan import read_tables
from actionplan.extract.glyphs import clean_word
from actionplan.normalise.scoring import FIELDS, HARD_FIELDS, Count, Score
from actionplan.schemas.tables import TableDocument

# Kinds in which no drawn grid gives the cells; documents of none of them are ruled.
UNRULED = frozenset({"borderless", "label-lines", "rules-across", "rules-upright", "zebra"})
BEGIN, END = "<!-- board -->", "<!-- /board -->"
MOST_FIELDS = 5  # fields below 1 that are named for a document


NOTHING = TableScore()


@dataclass(frozen=True)
class PeerResult:
    """One peer on one document: table scores by recipe, or why there are none."""

    simple: TableScore
    stitched: TableScore
    pages: int = 0
    cpu: float = 0.0
    error: str = ""

    @property
    def best(self) -> TableScore:
        """The score of the better recipe."""
        return max(self.simple, self.stitched, key=lambda score: score.f1)


Peers = dict[str, dict[str, PeerResult]]  # by reader, then by document


def main() -> None:
    """Print the board as Markdown, or put it into a page of the documentation."""
    options = _options()
    if options.into is None:
        _board(options)
        return
    printed = io.StringIO()
    with redirect_stdout(printed):
        _board(options)
    page = options.into.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{options.into.name} has no lines {BEGIN} and {END}")
    told = f"{BEGIN}\n{printed.getvalue()}\n{END}"
    options.into.write_text(f"{before}{told}{after}", encoding="utf-8")


def _board(options: argparse.Namespace) -> None:
    folder = options.outside or SAMPLES
    paths = [path for path in sorted(folder.glob("*.pdf")) if _wanted(path, options.names)]
    for path in paths[:1]:
        measure(path)  # imports and first calls are not what is timed
    measured = [measure(path) for path in paths]
    scored = [item for item in measured if item.tables or item.plan]
    peers: Peers = {}
    if not options.no_peers:
        names = {item.name for item in scored if item.tables}
        peers = _ask_peers([path for path in paths if path.stem in names], fresh=options.fresh)
    _print("Documents", _documents(scored))
    _print("Kinds", _kinds(scored, peers))
    if peers:
        _print("Peers", _peers(scored, peers))
        _print("Peers, document by document (exact-cell F1, better recipe)", _each(scored, peers))
    rows, joins = (
        [seen for item in scored for seen in getattr(item, name)] for name in ("rows", "joins")
    )
    _print("Confidence", [*reliability("rows", rows), "", *reliability("page breaks", joins)])
    _print("Fields", _fields(scored))
    if options.outside:
        _print("Words", _words(paths, measured))
    if options.wrong:
        _print("Wrong rows", (f"- {item.name}: {row}" for item in scored for row in item.wrong))
        _print("Wrong fields", _wrong_fields(scored))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="read these samples only")
    parser.add_argument("--outside", type=Path, help="a folder of PDFs, some with truth beside")
    parser.add_argument("--no-peers", action="store_true", help="measure this project alone")
    parser.add_argument("--fresh", action="store_true", help="ask the peers again, keep no answer")
    parser.add_argument("--into", type=Path, help="a page with lines <!-- board --> around it")
    parser.add_argument("--wrong", action="store_true", help="list each wrong row and field")
    return parser.parse_args()


def _wanted(path: Path, names: Sequence[str]) -> bool:
    return not names or path.stem in names


def _print(title: str, lines: Iterable[str]) -> None:
    print(f"\n### {title}\n")
    for line in lines:
        print(line)


def _ask_peers(paths: Sequence[Path], *, fresh: bool) -> Peers:
    out: Peers = {}
    with ended({reader: Worker(reader) for reader in installed_readers()}) as started:
        for reader, worker in started.items():
            print(f"{reader} ...", file=sys.stderr)
            out[reader] = {path.stem: _peer(worker, reader, path, fresh) for path in paths}
    return out


def _peer(worker: Worker, reader: str, path: Path, fresh: bool) -> PeerResult:
    answer = kept_answer(worker, reader, path, fresh=fresh)
    if "error" in answer:
        return PeerResult(NOTHING, NOTHING, error=answer["error"])
    truth = truth_of(path)
    simple = score_either(joined(answer["fragments"]), truth)
    stitched = score_either(joined(answer["stitched"]), truth) if "stitched" in answer else simple
    return PeerResult(simple, stitched, answer["pages"], answer["cpu"])


def _documents(scored: Sequence[Measured]) -> Iterable[str]:
    yield (
        "| document | kinds | pages | cell F1 | rows right | split | merged | words lost "
        "| records | hard-field F1 | confidence | fields below 1 |"
    )
    yield "| --- " * 12 + "|"
    for item in scored:
        yield (
            f"| {item.name} | {', '.join(item.kinds)} | {item.pages} | {_table_cells(item.tables)} "
            f"| {item.lost} of {item.words} | {_plan_cells(item)} |"
        )
    total = _sum(item.tables for item in scored)
    yield (
        f"| **all** | | {sum(item.pages for item in scored)} | {_table_cells(total)} "
        f"| {sum(item.lost for item in scored)} of {sum(item.words for item in scored)} "
        f"| | {_hard(scored).f1:.4f} | | |"
    )


def _table_cells(score: TableScore | None) -> str:
    if score is None:
        return "| | |"
    return f"{score.f1:.3f} | {score.exact} of {score.rows} | {score.split} | {score.merged}"


def _plan_cells(item: Measured) -> str:
    sure = "" if item.confidence is None else f"{item.confidence:.2f}"
    if item.plan is None:
        return f"| | {sure} |"
    plan, record = item.plan, item.plan.counts["record"]
    return f"{record.predicted} of {record.true} | {plan.overall:.3f} | {sure} | {_low(plan)}"


def _low(plan: Score) -> str:
    """The lowest fields that are not right throughout."""
    low = sorted((plan.f1(name), name) for name in FIELDS if plan.f1(name) < 0.995)
    named = ", ".join(f"{name} {value:.2f}" for value, name in low[:MOST_FIELDS])
    more = len(low) - MOST_FIELDS
    return f"{named}, {more} more" if more > 0 else named


def _sum(scores: Iterable[TableScore | None]) -> TableScore:
    total = NOTHING
    for score in filter(None, scores):
        total = total.plus(score)
    return total


def _hard(scored: Sequence[Measured]) -> Count:
    total = Count()
    for plan in (item.plan for item in scored if item.plan):
        for name in HARD_FIELDS:
            total = total.plus(plan.counts[name])
    return total


def _kinds(scored: Sequence[Measured], peers: Peers) -> Iterable[str]:
    """One line for each kind; a document of several kinds counts in each."""
    yield "| kind | documents | cell F1 | rows right | hard-field F1 | best peer's cell F1 |"
    yield "| --- " * 6 + "|"
    with_tables = [item for item in scored if item.tables]
    groups = {
        "all ruled": [item for item in with_tables if not _unruled(item)],
        "all unruled": [item for item in with_tables if _unruled(item)],
        "all": with_tables,
    }
    for kind in sorted({kind for item in with_tables for kind in item.kinds}):
        groups[kind] = [item for item in with_tables if kind in item.kinds]
    for kind, items in groups.items():
        if items:
            score = _sum(item.tables for item in items)
            yield (
                f"| {kind} | {len(items)} | {score.f1:.3f} | {score.exact} of {score.rows} "
                f"| {_hard(items).f1:.3f} | {_best_peer(items, peers)} |"
            )


def _unruled(item: Measured) -> bool:
    return not UNRULED.isdisjoint(item.kinds)


def _best_peer(items: Sequence[Measured], peers: Peers) -> str:
    scores = {
        reader: _sum(results[item.name].best for item in items).f1
        for reader, results in peers.items()
        if all(not results[item.name].error for item in items)
    }
    best = max(scores, key=lambda reader: scores[reader], default="")
    return f"{scores[best]:.3f} ({best})" if best else ""


def _peers(scored: Sequence[Measured], peers: Peers) -> Iterable[str]:
    """Every way of reading over all documents; one that failed has read nothing there."""
    yield (
        "| reader | failed | cell F1 | rows right | split | merged "
        "| with table-stitcher: cell F1 | rows right | pages/s (CPU) |"
    )
    yield "| --- " * 9 + "|"
    ours = [item for item in scored if item.tables]
    total = _sum(item.tables for item in ours)
    speed = sum(item.pages for item in ours) / sum(item.cpu for item in ours)
    yield f"| **actionplan** | 0 | {_table_cells(total)} | | | {speed:.0f} |"
    nothing = {item.name: TableScore(true=_true(item), rows=_true_rows(item)) for item in ours}
    for reader, results in peers.items():
        simple, stitched = (
            _sum(getattr(r, kind) if not r.error else nothing[name] for name, r in results.items())
            for kind in ("simple", "stitched")
        )
        read = [result for result in results.values() if not result.error]
        rate = sum(result.pages for result in read) / (sum(result.cpu for result in read) or 1.0)
        yield (
            f"| {reader} | {len(results) - len(read)} | {_table_cells(simple)} "
            f"| {stitched.f1:.3f} | {stitched.exact} of {stitched.rows} | {rate:.1f} |"
        )
    yield f"\nVersions: {', '.join(f'{name} {number}' for name, number in versions().items())}."
    for reader, results in peers.items():
        for name, result in results.items():
            if result.error:
                yield f"\n- {reader} failed on {name}: {result.error}"


def _true(item: Measured) -> int:
    return item.tables.true if item.tables else 0


def _true_rows(item: Measured) -> int:
    return item.tables.rows if item.tables else 0


def _each(scored: Sequence[Measured], peers: Peers) -> Iterable[str]:
    yield f"| document | actionplan | {' | '.join(peers)} |"
    yield "| --- " * (len(peers) + 2) + "|"
    for item in scored:
        if item.tables:
            results = [peers[reader][item.name] for reader in peers]
            cells = ["failed" if r.error else f"{r.best.f1:.2f}" for r in results]
            yield f"| {item.name} | **{item.tables.f1:.2f}** | {' | '.join(cells)} |"


def _fields(scored: Sequence[Measured]) -> Iterable[str]:
    plans = [item.plan for item in scored if item.plan]
    yield "| field | right | predicted | true | F1 |"
    yield "| --- " * 5 + "|"
    for name in FIELDS:
        count = Count()
        for plan in plans:
            count = count.plus(plan.counts[name])
        soft = "" if name in HARD_FIELDS else " (not counted in the overall figure)"
        counted = f"{count.right} | {count.predicted} | {count.true} | {count.f1:.3f}"
        yield f"| {name}{soft} | {counted} |"
    yield f"\nOverall hard-field F1: {_hard(scored).f1:.4f}"


def _wrong_fields(scored: Sequence[Measured]) -> Iterable[str]:
    for item in scored:
        for wrong in item.plan.wrong if item.plan else ():
            yield f"- {item.name}: {wrong.field} of record {wrong.record + 1}"


def _words(paths: Sequence[Path], measured: Sequence[Measured]) -> Iterable[str]:
    """Audit of every PDF, and its words against pdfplumber's."""
    yield "| document | words | lost | doubled | pages whose words differ from pdfplumber's |"
    yield "| --- " * 5 + "|"
    for path, item in zip(paths, measured, strict=True):
        differing = _differing(path, read_tables(path))
        yield f"| {path.stem} | {item.words} | {item.lost} | {item.doubled} | {differing} |"


def _differing(path: Path, document: TableDocument) -> str:
    ours: dict[int, Counter[str]] = {page.page: Counter() for page in document.pages}
    for _, line in document.iter_lines():
        ours[line.page].update(_plain(word) for word in line.text.split())
    with pdfplumber.open(path) as other:
        pages = [
            number
            for number, page in enumerate(other.pages, 1)
            if ours[number] != Counter(_plain(word["text"]) for word in page.extract_words())
        ]
    return f"{len(pages)} of {len(ours)}"


def _plain(word: str) -> str:
    return clean_word(word).replace("\u00ad", "")


if __name__ == "__main__":
    main()
