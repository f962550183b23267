"""The net behind the model for lead cells, and its weights as a file.

Each word is seen by its lower-case form (names and rare words share one), its first letter, its
last three, its shape, what stands before it, and what the word lists know of it
(`lead_model_words`). Four layers of convolution give it four words of context to either side, and
the last layer a probability for each tag (spaCy's `Tok2Vec` below a softmax).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
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
    rows: tuple[int, ...] = (2000, 300, 1500, 500, 60, 400)


class LeadNets(NamedTuple):
    """Nets of one size, and the lower-case words that they tell apart."""

    nets: tuple[Model[Any, Any], ...]
    known: frozenset[str]


def build(settings: NetSettings | None = None) -> Model[Any, Any]:
    """Return a net with random weights for docs of `lead_model_words.flat`."""
    from spacy.ml.models import (
        MaxoutWindowEncoder,
        MultiHashEmbed,
        build_tagger_model,
        build_Tok2Vec_model,
    )
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

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
    net.initialize(X=[Doc(Vocab(), words=["-"], tags=["-"], lemmas=["-"])])
    return net


def _params(net: Model[Any, Any]) -> list[tuple[Model[Any, Any], str]]:
    return [(node, name) for node in net.walk() for name in node.param_names]


def to_bytes(model: LeadNets) -> bytes:
    """Return weights (numbers of 16 bits) and words as an ``.npz`` file, the same for the same."""
    import numpy as np

    arrays: dict[str, Any] = {
        f"{number}-{at:02d}": node.get_param(name).astype("float16")
        for number, net in enumerate(model.nets)
        for at, (node, name) in enumerate(_params(net))
    }
    arrays["words"] = np.frombuffer("\n".join(sorted(model.known)).encode(), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


def from_bytes(data: bytes, settings: NetSettings | None = None) -> LeadNets:
    """Return the nets in the file `data`.

    Raises:
        ValueError: the file is of nets of another size.
    """
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        words = arrays["words"].tobytes().decode()
        weights: dict[str, list[Any]] = {}
        for name in arrays.files[:-1]:
            weights.setdefault(name.partition("-")[0], []).append(arrays[name])
    nets = tuple(_with_weights(build(settings), values) for values in weights.values())
    return LeadNets(nets, frozenset(words.split("\n")))


def _with_weights(net: Model[Any, Any], weights: Sequence[Any]) -> Model[Any, Any]:
    params = _params(net)
    if [one.shape for one in weights] != [node.get_param(name).shape for node, name in params]:
        raise ValueError("the weights are of a net of another size; train the model again")
    for (node, name), values in zip(params, weights, strict=True):
        node.set_param(name, values.astype("float32"))
    return net
