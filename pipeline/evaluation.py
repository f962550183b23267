"""Plan files against their truth: which pairs there are, and the table of scores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actionplan.errors import UsageError
from actionplan.inputs import PLAN_SUFFIX
from actionplan.normalise.scoring import FIELDS, HARD_FIELDS, Score, score_pairs, score_plan

GOLD_SUFFIXES = (".truth.json", ".gt.json")
_NOTHING: Mapping[str, Any] = {"recommendations": [], "sections": []}


@dataclass(frozen=True, slots=True)
class Pair:
    """One document to score; `plan` is the file looked for, there or not."""

    name: str
    plan: Path
    truth: Path

    def load(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return plan and truth, parsed; a missing plan counts as one without records."""
        plan = _load(self.plan, "recommendations") if self.plan.exists() else _NOTHING
        return plan, _load(self.truth, "records", "recommendations")


def find_pairs(gold: Path, predicted: Path) -> list[Pair]:
    """Return the documents of `gold` with their plan files, by name.

    Truth files of a folder are ``NAME.truth.json`` or ``NAME.gt.json``; where it holds none,
    its plan files serve as truth.

    Raises:
        UsageError: a path is missing, both are not of one kind, or `gold` holds no truth.
    """
    for path in (gold, predicted):
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the path")
    if gold.is_file() and predicted.is_file():
        return [Pair(_stem(gold), predicted, gold)]
    if gold.is_file():
        return [Pair(_stem(gold), predicted / f"{_stem(gold)}{PLAN_SUFFIX}", gold)]
    if predicted.is_file():
        raise UsageError(f"{predicted}: a file, but {gold} is a folder; name a folder of plans")
    truths = _truths(gold)
    if not truths:
        raise UsageError(f"{gold}: holds no NAME.truth.json; name a folder of truth files")
    return [Pair(_stem(path), predicted / f"{_stem(path)}{PLAN_SUFFIX}", path) for path in truths]


def _truths(folder: Path) -> list[Path]:
    for suffixes in (GOLD_SUFFIXES, (PLAN_SUFFIX,)):
        found = [path for path in sorted(folder.iterdir()) if path.name.endswith(suffixes)]
        if found:
            return found
    return []


def _stem(path: Path) -> str:
    for suffix in (*GOLD_SUFFIXES, PLAN_SUFFIX, ".json"):
        if path.name.endswith(suffix):
            return path.name.removesuffix(suffix)
    return path.name


def _load(path: Path, *keys: str) -> Mapping[str, Any]:
    """Parse `path`, which has to hold one of `keys`."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not a JSON file that can be read; check the path") from error
    if not isinstance(value, dict) or not any(key in value for key in keys):
        raise UsageError(f"{path}: holds no {' or '.join(keys)}; check which file goes first")
    return value


def score_all(pairs: list[Pair]) -> tuple[dict[str, Score], Score]:
    """Return the score of each document by name, and the score of all together."""
    loaded = [(pair.name, *pair.load()) for pair in pairs]
    each = {name: score_plan(plan, truth) for name, plan, truth in loaded}
    return each, score_pairs((plan, truth) for _, plan, truth in loaded)


def report(each: Mapping[str, Score], total: Score, *, as_json: bool) -> str:
    """All figures, as JSON or as a table for the terminal."""
    if as_json:
        return json.dumps(_as_json(each, total), ensure_ascii=False, indent=2)
    return _as_text(each, total)


def _as_json(each: Mapping[str, Score], total: Score) -> dict[str, Any]:
    """All figures as one JSON object."""
    return {
        "overall": total.overall,
        "documents": {name: _figures(score) for name, score in each.items()},
        "fields": _figures(total)["fields"],
    }


def _figures(score: Score) -> dict[str, Any]:
    return {
        "overall": score.overall,
        "fields": {name: {**score.counts[name]._asdict(), "f1": score.f1(name)} for name in FIELDS},
        "wrong": [wrong._asdict() for wrong in score.wrong],
    }


def _as_text(each: Mapping[str, Score], total: Score) -> str:
    """The table for the terminal: one line per document with its weak fields, one per field."""
    lines = [f"{'document':40} {'F1':>6}  wrong"]
    for name, score in each.items():
        lines.append(f"{name[:40]:40} {score.overall:6.3f}  {_weak(score)}")
    lines += ["", f"{'field':20} {'right':>7} {'found':>7} {'true':>7} {'F1':>6}"]
    for name in FIELDS:
        count = total.counts[name]
        soft = "" if name in HARD_FIELDS else "  (not in the overall figure)"
        lines.append(
            f"{name:20} {count.right:7} {count.predicted:7} {count.true:7} {count.f1:6.3f}{soft}"
        )
    documents = f"{len(each)} document{'s' * (len(each) != 1)}"
    lines += ["", f"overall F1 {total.overall:.4f} over {documents}"]
    return "\n".join(lines)


def _weak(score: Score) -> str:
    """The fields that are not wholly right, as ``field (records)``."""
    records: dict[str, list[str]] = {}
    for wrong in score.wrong:
        records.setdefault(wrong.field, []).append(str(wrong.record + 1))
    count = score.counts["record"]
    missing = count.true - count.right
    extra = count.predicted - count.right
    notes = [f"{missing} missed"] * (missing > 0) + [f"{extra} invented"] * (extra > 0)
    return ", ".join(notes + [f"{name} ({' '.join(at)})" for name, at in records.items()])
