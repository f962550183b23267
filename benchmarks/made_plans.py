"""Plan files made up in numbers, for measurements of what is built from many of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

_WHO = (
    "The Board", "Harrowmere Council", "The Police", "Adult Social Care", "The Trust", "Housing",
    "The Partnership", "All agencies", "The Probation Service", "General practice", "Schools",
)  # fmt: skip
_VERBS = (
    "review", "strengthen", "publish", "audit", "refresh", "embed", "monitor", "share", "agree",
    "rewrite", "test", "promote",
)  # fmt: skip
_WHAT = (
    "the information sharing protocol", "its training on coercive control", "the referral pathway",
    "its policy on record keeping", "supervision of new staff", "the risk assessment form",
    "the commissioning of advocacy", "guidance for managers", "the transfer of case notes",
    "its response to missed appointments", "the register of carers", "out of hours cover",
)  # fmt: skip
_SO_THAT = (
    "so that staff know whom to call", "and report the results to the Board",
    "with the advice of people who use services", "in line with national guidance",
    "and make sure that lessons are shared", "so that risk is seen early",
    "and evidence the change in practice", "with all partner agencies",
)  # fmt: skip
_POSTS = ("Head of Safeguarding", "Det Supt", "Service Manager", "Named GP", "Director of Nursing")
_MONTHS = tuple(f"20{year}-{month:02}" for year in range(12, 25) for month in range(1, 13))


def write_plans(folder: Path, recommendations: int, each: int = 30, *, seed: int = 1) -> None:
    """Write as many plan files as make up `recommendations`, `each` of them in a document."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    for place in range(0, recommendations, each):
        count = min(each, recommendations - place)
        name = f"plan-{seed}-{place // each:04}"
        plan = made_plan(random, name, count)
        (folder / f"{name}.plan.json").write_text(json.dumps(plan, indent=2), encoding="utf-8")


def made_plan(random: Random, name: str, count: int) -> dict[str, Any]:
    """A plan of `count` recommendations, as JSON."""
    key = hashlib.sha256(name.encode()).hexdigest()
    words = [word(random) for _ in range(40)]
    return {
        "document": {
            "id": f"sha256:{key}",
            "name": f"{name}.pdf",
            "bytes": 200_000,
            "pages": count,
            "title": f"Action plan {name}",
            "case": name,
        },
        "sections": [
            {"id": "s1", "kind": "overview", "heading": "Plan", "pages": [1], "columns": []}
        ],
        "recommendations": [_record(random, place, key, words) for place in range(1, count + 1)],
        "audit": dict.fromkeys(
            (
                "words_on_plan_pages", "in_cells", "in_headings", "in_headers", "in_furniture",
                "unassigned", "duplicated",
            ),
            0,
        ),
    }  # fmt: skip


def _record(random: Random, place: int, key: str, words: list[str]) -> dict[str, Any]:
    text = " ".join(sentence(random, words) for _ in range(random.randint(1, 3)))
    actions = [_action(random, number, words) for number in range(1, random.randint(2, 4))]
    updates = [_update(random, words) for _ in range(random.randint(0, 3))]
    fields = ("text", "number", "agencies", "leads", "target", "actions", "updates", "status")
    cells = [text, *(one["text"] for one in actions), *(one["text"] for one in updates)]
    return {
        "id": f"s1-r{place}",
        "section": "s1",
        "number": str(place),
        "label": f"Recommendation {place}",
        "key": f"{hashlib.sha256(f'{key}{place}{text}'.encode()).hexdigest()[:12]}-1",
        "text": text,
        "themes": ["training"],
        "agencies": [{"name": random.choice(_WHO)}],
        "leads": [{"post": (post := random.choice(_POSTS)), "text": post}],
        "target": _date(random) | {"kind": "date"},
        "actions": actions,
        "updates": updates,
        "status": {"value": random.choice(("completed", "in_progress", "unknown"))},
        "issues": [{"code": "number-gap", "field": "number", "message": "A number is missing."}],
        "provenance": {
            field: [{"page": place, "bbox": [36.0, 72.5, 180.25, 90.125]}] for field in fields
        },
        "cells": [cells],
    }


def _action(random: Random, number: int, words: list[str]) -> dict[str, Any]:
    return {"number": str(number), "text": sentence(random, words)}


def _update(random: Random, words: list[str]) -> dict[str, Any]:
    text = " ".join(sentence(random, words) for _ in range(3))
    return {"label": "Update", "date": _date(random), "text": text}


def _date(random: Random) -> dict[str, str]:
    month = random.choice(_MONTHS)
    return {"text": month, "edtf": month, "start": f"{month}-01", "end": f"{month}-28"}


def sentence(random: Random, words: list[str]) -> str:
    """A sentence that says what somebody should do, with six of `words`."""
    own = " ".join(random.sample(words, 6))
    parts = (random.choice(one) for one in (_WHO, _VERBS, _WHAT, _SO_THAT))
    who, verb, what, end = parts
    return f"{who} should {verb} {what} {end} at {own}."


def word(random: Random) -> str:
    """A capitalised word of two or three syllables."""
    return "".join(_syllables(random)).capitalize()


def _syllables(random: Random) -> Iterator[str]:
    for _ in range(random.randint(2, 3)):
        yield random.choice("bcdfghlmnprstw") + random.choice("aeiou")
