"""Tiles: the zoom level at which each article first appears on the map.

At level z a view is cut into 2^z × 2^z tiles. An article belongs to the first level at which it ranks among the first
articles of its tile, without those of the levels above; the deepest level has all the rest. Half of the ranks go to the
largest articles, the other half are drawn pseudo-randomly, so that regions of small articles do not look empty.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.structure.arrays import Ints

MOST = 8_192
"""The most articles of a tile."""

DEEPEST = 14
"""The last level."""

_SPREAD = 2_654_435_769
"""2^32 divided by the golden ratio."""

Square = tuple[float, float, float]
"""Left, top and side of a square, in world units."""

_Floats32 = NDArray[np.float32]


class Tiles(msgspec.Struct, frozen=True):
    """The tiles of a view that have articles, in the order of their codes."""

    codes: Ints
    """The code of each tile, as `tile_code`."""
    starts: Ints
    """The offset of the articles of each in `nodes`, and the end of the last."""
    nodes: Ints
    """Articles, tile by tile, ascending in each tile."""
    deeper: NDArray[np.bool_]
    """Whether deeper tiles below each have articles."""


def tile_code(z: int, x: int, y: int) -> int:
    """Return the number of a tile, counted level by level and row by row."""
    return ((1 << 2 * z) - 1) // 3 + (y << z) + x


def square_around(x: _Floats32, y: _Floats32) -> Square:
    """Return the smallest square around all positions, from their left and top; with side 1 for one or none."""
    there = np.isfinite(x) & np.isfinite(y)
    if not there.any():
        return (0.0, 0.0, 1.0)
    left, top = float(x[there].min()), float(y[there].min())
    side = max(float(x[there].max()) - left, float(y[there].max()) - top)
    return (left, top, side or 1.0)


def foremost_first(size: _Floats32) -> Ints:
    """Return the numbers of articles by rank, alternating between the largest and one drawn pseudo-randomly.

    The draw spreads the numbers by a multiplication (D. E. Knuth 1998, The Art of Computer Programming, volume 3,
    section 6.4), so that it is the same every time.
    """
    numbers = np.arange(len(size), dtype=np.int64)
    turn = np.empty((2, len(size)), np.int64)
    turn[0, np.lexsort((numbers, -size))] = 2 * numbers
    turn[1, np.argsort((numbers + 1) * _SPREAD % (1 << 32), kind="stable")] = 2 * numbers + 1
    return np.argsort(turn.min(axis=0), kind="stable").astype(np.int64)


def cut_tiles(
    x: _Floats32, y: _Floats32, size: _Floats32, square: Square, *, most: int = MOST, deepest: int = DEEPEST
) -> Tiles:
    """Return the tiles of articles by position and size; without a position in none. Linear apart from sorting."""
    left, top, side = square
    rest = foremost_first(size)
    rest = rest[np.isfinite(x[rest]) & np.isfinite(y[rest])]
    # Shares of the side, which can be halved exactly.
    across = np.clip((x.astype(np.float64) - left) / side, 0, 1)
    down = np.clip((y.astype(np.float64) - top) / side, 0, 1)
    codes, nodes, below = [], [], []
    for z in range(deepest + 1):
        if not len(rest):
            break
        column, row = (np.minimum(np.floor(share[rest] * 2**z), 2**z - 1).astype(np.int64) for share in (across, down))
        code = tile_code(z, 0, 0) + (row << z) + column
        order = np.argsort(code, kind="stable")  # keeps the rank within a tile
        place = np.arange(len(rest)) - np.searchsorted(code[order], code[order])
        taken = np.ones(len(rest), bool)
        if z < deepest:
            taken[order] = place < most
        codes.append(code[taken])
        nodes.append(rest[taken])
        below.append(np.unique(code[~taken]))
        rest = rest[~taken]
    if not codes:
        nothing = np.zeros(0, np.int64)
        return Tiles(nothing, np.zeros(1, np.int64), nothing, np.zeros(0, bool))
    every, node = np.concatenate(codes), np.concatenate(nodes)
    order = np.lexsort((node, every))
    found, starts = np.unique(every[order], return_index=True)
    ends = np.append(starts, len(order)).astype(np.int64)
    return Tiles(found, ends, node[order], np.isin(found, np.concatenate(below)))
