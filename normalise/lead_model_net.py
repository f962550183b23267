"""The net behind the model for lead cells, and its weights as a file.

Each word is seen by its lower-case form, its first letter, its last three, its shape, what stands
before it (`lead_model_words`), and what the word lists know of it. Four layers of convolution give it four words of context to
either side, and the last layer a probability for each tag (spaCy's `Tok2Vec` below a softmax).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model

LABELS = ("PERSON", "POST", "ORG", "UNIT")
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BILU"))
"""Begin, inside, last word, only word of a span; outside."""


@dataclass(frozen=True, slots=True)
class NetSettings:
    """Size of the net.

    Attributes:
        width: numbers that stand for a word; 64 reads as well as 96 here at half the size.
        depth: layers of convolution, each one word to either side.
        rows: rows of the tables of lower-case forms, first letters, endings, shapes, layout and
            word lists; words share rows where there are more of them.
    """

    width: int = 64
    depth: int = 4
    rows: tuple[int, ...] = (2500, 300, 1500, 500, 60, 300)


def build(sample: Sequence[Doc], settings: NetSettings | None = None) -> Model[Any, Any]:
    """Return a net with random weights; `sample` has any docs of `lead_model_words.flat`."""
    from spacy.ml.models import (
        MaxoutWindowEncoder,
        MultiHashEmbed,
        build_tagger_model,
        build_Tok2Vec_model,
    )

    settings = settings or NetSettings()
    embed = MultiHashEmbed(
        width=settings.width,
        attrs=["NORM", "PREFIX", "SUFFIX", "SHAPE", "TAG", "LEMMA"],
        rows=list(settings.rows),
        include_static_vectors=False,
    )
    encode = MaxoutWindowEncoder(
        width=settings.width, window_size=1, maxout_pieces=3, depth=settings.depth
    )
    net: Model[Any, Any] = build_tagger_model(
        build_Tok2Vec_model(embed, encode), nO=len(TAGS), normalize=True
    )
    net.initialize(X=list(sample))
    return net


def _params(net: Model[Any, Any]) -> list[tuple[Model[Any, Any], str]]:
    return [(node, name) for node in net.walk() for name in node.param_names]


def to_bytes(net: Model[Any, Any]) -> bytes:
    """Return the weights as an ``.npz`` file of numbers of 16 bits, the same for equal weights."""
    import numpy

    arrays = {
        f"{at:02d}": node.get_param(name).astype(numpy.float16)
        for at, (node, name) in enumerate(_params(net))
    }
    out = io.BytesIO()
    numpy.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


def from_bytes(net: Model[Any, Any], data: bytes) -> Model[Any, Any]:
    """Set the weights of `net` from the file `data`.

    Raises:
        ValueError: the file is of another net.
    """
    import numpy

    params = _params(net)
    with numpy.load(io.BytesIO(data), allow_pickle=False) as arrays:
        shapes = [arrays[name].shape for name in arrays.files]
        if shapes != [node.get_param(name).shape for node, name in params]:
            raise ValueError("the weights are of another net; train the model again")
        for (node, name), key in zip(params, arrays.files, strict=True):
            node.set_param(name, arrays[key].astype(numpy.float32))
    return net
