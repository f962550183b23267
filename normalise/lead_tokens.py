"""What a single word of a lead cell may be: labels from the word lists and from its form."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import combining, normalize

from actionplan.normalise.lead_words import entries, phrases, words

_INITIAL = re.compile(r"(?:[A-Z]\.?|(?:[A-Z]\.){1,3}[A-Z]\.?)$")
_INITIALS = re.compile(
    r"(?:[A-Z]{2,3}|[A-Z]{1,2}M[ac]c?[A-Z]|[A-Z]Ma?c[A-Z]|[A-Z]{1,2}[O'’-]['’]?[A-Z]"
    r"|[A-Z]{1,2}(?:v|vd|vdb|van|von|de|da|di|du|le|la|el|al|ap|ab)[A-Z]{1,2})$"
)
_CAPITAL = re.compile(
    # A small letter before the capital is Irish and Scottish grammar ("Mac an tSaoir").
    r"(?:(?:Mc|Mac|O['’]|D['’]|Fitz|De|Le|La|Van|Von|Di|Da|Du|Del|Al-|El-|Ap|[thn]-?)?"
    r"[A-Z][a-z]+(?:['’][a-z]+)?)"
    r"(?:-(?:Mc|Mac|O['’]|D['’])?[A-Z][a-z]+)*\.?$"
)
_SHOUTED = re.compile(r"[A-Z][A-Z'’&-]+\.?$")
_ACTING = frozenset({"T/", "A/", "Temp/", "Acting/"})
_CONTACT = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|0\d{3,}|\+44\S*$")
_LETTERS = str.maketrans("łøıđßŁØĐ", "loidsLOD")
"""Letters with a stroke, which have no mark to drop."""

PUNCTUATION = frozenset('()[],;:/–—-|&‘’“”".')


@cache
def _single(name: str) -> frozenset[str]:
    entries = [entry.casefold() for entry in phrases(name) if " " not in entry]
    plural = [f"{entry}s" for entry in entries] if name in {"post_heads", "ranks"} else []
    return frozenset(entries + plural)


@lru_cache(maxsize=20_000)
def word_labels(text: str) -> tuple[str, ...]:
    """Labels of one word as printed: from the lists (lower case) and of its form (upper case).

    ``honorifics``, ``ranks``, ``post_heads``, ``post_short``, ``topics``, ``first_names``,
    ``honours``, ``surnames``, ``acting``, ``prose``; ``INITIAL``, ``INITIALS``, ``CAPITAL``,
    ``SHOUTED``, ``LINK``, ``PARTICLE``, ``MARK`` (punctuation), ``NUMBER``, ``CONTACT``,
    ``UNIT_END``.
    """
    bare = text.rstrip(".").replace("’", "'")
    low = bare.casefold()
    out = [name for name, found in _listed(bare, low, text).items() if found]
    out.extend(name for name, found in _formed(text, low).items() if found)
    return tuple(out)


def _listed(bare: str, low: str, text: str) -> dict[str, bool]:
    parts = low.split("-")
    short = bare in entries("topic_short")
    name = text[:1].isupper() and not (short or bare in entries("post_short")) and _given(low)
    topic = short or low in words("topics") or (len(parts) > 1 and parts[-1] in words("topics"))
    return {
        "honorifics": low in _single("honorifics") and bare[:1].isupper(),
        "ranks": text in _ACTING or (low in _single("ranks") and bare[:1].isupper()),
        "post_heads": low in _single("post_heads"),
        "post_short": bare in entries("post_short"),
        "topics": topic,
        "first_names": name,
        "prose": low in words("prose"),
        "surnames": low in words("surnames") and bare[:1].isupper(),
        "acting": low in words("acting"),
        "honours": bare in entries("honours"),
        "post_adjectives": low in words("post_adjectives"),
    }


def _plain(text: str) -> str:
    """The text without marks over, under and through its letters."""
    if text.isascii():
        return text
    return "".join(c for c in normalize("NFKD", text.translate(_LETTERS)) if not combining(c))


def _given(low: str) -> bool:
    """A listed given name, or a double one that begins with it; marks over letters drop."""
    plain = _plain(low)
    first, _, more = plain.partition("-")
    known = words("first_names")
    return plain in known or (first in known and bool(more) and "-" not in more)


def _formed(text: str, low: str) -> dict[str, bool]:
    plain = _plain(text)
    return {
        "INITIAL": bool(_INITIAL.match(plain)),
        "INITIALS": bool(_INITIALS.match(plain)),
        "CAPITAL": bool(_CAPITAL.match(plain)),
        "SHOUTED": bool(_SHOUTED.match(plain)),
        "LINK": low in words("link_words"),
        "PARTICLE": text.casefold() in words("particles"),
        "MARK": text in PUNCTUATION,
        "NUMBER": text[:1].isdigit(),
        "CONTACT": bool(_CONTACT.match(text)),
        "UNIT_END": low in words("unit_ends"),
    }


@lru_cache(maxsize=20_000)
def is_separator(text: str) -> bool:
    """Punctuation, "and", or a contact detail: belongs to no name and is no loss."""
    return text.casefold() in {"and", "&", "+"} or bool(
        {"MARK", "CONTACT"} & set(word_labels(text))
    )


@lru_cache(maxsize=20_000)
def is_small(text: str) -> bool:
    """A separator or a small word ("the"): no loss when no run takes it."""
    return is_separator(text) or "LINK" in word_labels(text)
