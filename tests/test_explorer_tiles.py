"""Tiles: every article is first seen in exactly one, the largest first, and some of all others with them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.explorer.tiles import Square, cut_tiles, square_around, tile_code

Article = tuple[float, float, float]
"""Its place, across and down, and its size."""

PLACES = st.one_of(
    st.just(float("nan")), st.floats(-500, 500, width=32), st.integers(-4, 4).map(float), st.just(float("inf"))
)
ARTICLES = st.lists(st.tuples(PLACES, PLACES, st.sampled_from([1.0, 1.5, 2.0])), max_size=60)


def plain_tiles(articles: list[Article], square: Square, most: int, deepest: int) -> dict[int, tuple[list[int], bool]]:
    """Return for each tile that holds some its articles, and whether deeper ones below hold more."""
    left, top, side = square
    by_size = sorted(range(len(articles)), key=lambda node: (-articles[node][2], node))
    by_lot = sorted(range(len(articles)), key=lambda node: (node + 1) * 2654435769 % 2**32)
    in_turn = [node for pair in zip(by_size, by_lot, strict=True) for node in pair]
    rest = [node for node in dict.fromkeys(in_turn) if np.isfinite(articles[node][:2]).all()]
    found: dict[int, tuple[list[int], bool]] = {}
    for z in range(deepest + 1):
        tiles: dict[int, list[int]] = defaultdict(list)
        for node in rest:
            column, row = (
                min(int((place - edge) / side * 2**z), 2**z - 1)
                for place, edge in zip(articles[node][:2], (left, top), strict=True)
            )
            tiles[tile_code(z, column, row)].append(node)
        kept = {code: some if z == deepest else some[:most] for code, some in tiles.items()}
        found |= {code: (sorted(some), len(some) < len(tiles[code])) for code, some in kept.items()}
        taken = {node for some in kept.values() for node in some}
        rest = [node for node in rest if node not in taken]
    return found


@given(ARTICLES, st.integers(1, 5), st.integers(0, 4))
def test_tiles_hold_the_foremost_that_no_tile_above_holds(articles: list[Article], most: int, deepest: int) -> None:
    """Each tile holds what a plain telling of the rule says, and knows whether there is more below."""
    x, y, size = (np.array([article[axis] for article in articles], np.float32) for axis in range(3))
    square = square_around(x, y)
    tiles = cut_tiles(x, y, size, square, most=most, deepest=deepest)
    found = {
        int(code): (tiles.nodes[start:end].tolist(), bool(deeper))
        for code, start, end, deeper in zip(tiles.codes, tiles.starts, tiles.starts[1:], tiles.deeper, strict=False)
    }
    assert found == plain_tiles(articles, square, most, deepest)
    assert (np.diff(tiles.codes) > 0).all()
    there = np.isfinite(x) & np.isfinite(y)
    assert sorted(tiles.nodes.tolist()) == np.flatnonzero(there).tolist()


def test_what_is_small_is_seen_from_afar_too() -> None:
    """Where half the articles are large and stand apart from the small ones, the first tile shows some of both."""
    count = 1000
    x = np.arange(count, dtype=np.float32)
    size = np.where(x < count / 2, 2, 1).astype(np.float32)
    tiles = cut_tiles(x, x, size, square_around(x, x), most=100)
    first = tiles.nodes[: tiles.starts[1]]
    assert len(first) == 100
    assert 60 < (first < count / 2).sum() < 90


def test_every_tile_has_a_number_of_its_own() -> None:
    """Codes count the tiles of all levels, without gaps, and the last fits in 32 bits."""
    codes = [tile_code(z, x, y) for z in range(5) for y in range(2**z) for x in range(2**z)]
    assert codes == list(range(len(codes)))
    assert tile_code(14, 2**14 - 1, 2**14 - 1) < 2**32


def test_nobody_and_one_alone() -> None:
    """Of no articles there are no tiles; of several in one place the square still has a side."""
    nobody = np.zeros(0, np.float32)
    assert len(cut_tiles(nobody, nobody, nobody, square_around(nobody, nobody)).codes) == 0
    same = np.full(9, 3.5, np.float32)
    assert square_around(same, same) == (3.5, 3.5, 1.0)
    assert cut_tiles(same, same, same, (3.5, 3.5, 1.0), most=2, deepest=3).starts.tolist() == [0, 2, 4, 6, 9]
