"""HTML and SVG written element by element: whatever is no `Markup` is escaped."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

_VOID = frozenset({"img", "meta", "link", "input", "br"})
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that HTML does not allow, and halves of characters that UTF-8 does not."""
_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class Markup(str):
    """A text that is markup already."""

    __slots__ = ()


Child = str | Iterable[Any] | None


def element(
    name: str, /, *children: Child, **attributes: str | int | float | bool | None
) -> Markup:
    """Return an element with its content escaped.

    Args:
        name: of the element.
        children: texts, `Markup`, or lists of these; None is left out.
        attributes: ``class_`` is written as class, ``aria_label`` as aria-label; True is an
            attribute without value, None and False leave it out.
    """
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    if name in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Markup:
    """Return `children` one after another, escaped."""
    return Markup("".join(map(_child, children)))


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    return escape(child) if isinstance(child, str) else joined(child)


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    plain = name.rstrip("_").replace("_", "-")
    return f" {plain}" if value is True else f' {plain}="{escape(str(value))}"'


def escape(text: str) -> Markup:
    """Return `text` as markup that shows it and does nothing else."""
    return Markup(html.escape(clean(text)))


def clean(text: str) -> str:
    """Return `text` with a replacement character for each one that HTML does not allow."""
    return _CONTROL.sub("�", text)


def script_data(value: Any, **attributes: str) -> Markup:
    """Return `value` as JSON in a script element that no text in it can end."""
    text = json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))
    inert = Markup(text.translate(_IN_SCRIPT))
    return element("script", inert, type="application/json", **attributes)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value
