"""Whether what is told of several actions speaks of each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actionplan.normalise.status_tags import lists

# Letters of a word that stand for all its forms: "publish", "published", "publication".
_STEM = 5
# Fewest letters of a word that says what an action is about, and fewest such words of an action.
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENOUGH = 2


def leaves_out(actions: Sequence[str], told: Sequence[str]) -> bool:
    """Whether one of several `actions` shares no word with `told`, and nothing is said of all.

    Args:
        actions: the actions of one recommendation.
        told: texts of its updates.
    """
    if len(actions) < 2:
        return False
    text = " ".join(told)
    if not lists("all_of_them").isdisjoint(re.findall(r"\w+", text.lower())):
        return False
    said = _stems(text)
    return any(len(stems) >= _ENOUGH and not stems & said for stems in map(_stems, actions))


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:_STEM] for word in words if word not in lists("everywhere")}
