"""From a page's own space to its upright reading."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from actionplan.extract.turns import Turn

TURNS = st.sampled_from([0, 90, 180, 270])
FRAMES = st.tuples(
    st.floats(-200, 200), st.floats(-200, 200), st.floats(50, 900), st.floats(50, 900)
).map(lambda f: (f[0], f[1], f[0] + f[2], f[1] + f[3]))
SHARES = st.lists(st.tuples(*[st.floats(0, 1)] * 4), max_size=8)


@given(FRAMES, TURNS, SHARES)
def test_boxes_stay_on_the_page_and_keep_their_size(
    frame: tuple[float, float, float, float],
    degrees: int,
    shares: list[tuple[float, float, float, float]],
) -> None:
    left, bottom, right, top = frame
    boxes = np.array(
        [
            (
                left + min(a, b) * (right - left),
                bottom + min(c, d) * (top - bottom),
                left + max(a, b) * (right - left),
                bottom + max(c, d) * (top - bottom),
            )
            for a, b, c, d in shares
        ]
    ).reshape(-1, 4)
    turn = Turn(frame, degrees)
    width, height = turn.size
    out = turn.boxes(boxes)
    assert out.shape == boxes.shape
    assert (out[:, :2] >= -1e-6).all()
    assert (out[:, 2] <= width + 1e-6).all()
    assert (out[:, 3] <= height + 1e-6).all()
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    if degrees in (90, 270):
        across, down = down, across
    np.testing.assert_allclose(out[:, 2] - out[:, 0], across, atol=1e-9)
    np.testing.assert_allclose(out[:, 3] - out[:, 1], down, atol=1e-9)


@given(FRAMES, TURNS)
def test_the_size_is_swapped_by_quarter_turns(
    frame: tuple[float, float, float, float], degrees: int
) -> None:
    size = frame[2] - frame[0], frame[3] - frame[1]
    assert Turn(frame, degrees).size == (size[::-1] if degrees in (90, 270) else size)


@given(FRAMES, st.tuples(*[st.floats(0, 1)] * 2))
def test_each_quarter_turn_follows_the_one_before(
    frame: tuple[float, float, float, float], place: tuple[float, float]
) -> None:
    """Turning the upright page by a further quarter moves (x, y) to (height - y, x)."""
    x = frame[0] + place[0] * (frame[2] - frame[0])
    y = frame[1] + place[1] * (frame[3] - frame[1])
    point = np.array([[x, y, x, y]])
    places = {d: Turn(frame, d).boxes(point)[0, :2] for d in (0, 90, 180, 270)}
    for degrees in (0, 90, 180):
        before, after = places[degrees], places[degrees + 90]
        height = Turn(frame, degrees).size[1]
        np.testing.assert_allclose(after, (height - before[1], before[0]), atol=1e-6)


def test_a_letter_at_the_left_top_in_each_turn() -> None:
    """The page shows its first letter at the left top; in its own space it stands elsewhere."""
    frame = (0.0, 0.0, 600.0, 800.0)
    letter = {
        0: (10, 780, 20, 790),
        90: (10, 10, 20, 20),
        180: (580, 10, 590, 20),
        270: (580, 780, 590, 790),
    }
    for degrees, box in letter.items():
        out = Turn(frame, degrees).boxes(np.array([box], dtype=np.float64))
        np.testing.assert_allclose(out, [[10, 10, 20, 20]], atol=1e-9)


def test_no_boxes() -> None:
    assert Turn((0, 0, 10, 10), 90).boxes(np.zeros((0, 4))).shape == (0, 4)
