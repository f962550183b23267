"""What the extraction may know about plans, so that it needs to know nothing of them itself."""

from __future__ import annotations

from calendar import month_name
from functools import cache

from actionplan.normalise.columns import plain, vocabulary
from actionplan.normalise.labels import LABEL_PATTERN
from actionplan.schemas.tables import TableHints

_LISTS = ("ranks", "post_heads", "honorifics", "plain_words", "topics")


def plan_hints() -> TableHints:
    """Return what is known of plans: headers, the pattern of a record's label, their words."""
    return TableHints(
        header_phrases=tuple(vocabulary().phrases),
        label_pattern=LABEL_PATTERN,
        vocabulary=field_words,
    )


@cache
def field_words() -> frozenset[str]:
    """Return the words of headers, bodies, posts, ranks and months, in lower case."""
    from actionplan.normalise import lead_words
    from actionplan.normalise.agency_gazetteer import bodies

    phrases = [*vocabulary().phrases, *month_name]
    phrases += [plain(name) for body in bodies() for name in (body.name, *body.aliases)]
    words = {word for phrase in phrases for word in plain(phrase).split()}
    for name in _LISTS:
        words |= lead_words.words(name)
    return frozenset(word for word in words if word.isalpha())
