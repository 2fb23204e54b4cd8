"""Makes the atlas of a truth: its nodes, and the positions of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from graph.atlas.atlas import Atlas, Layout
from graph.atlas.census import take_census
from graph.atlas.ground import Ground
from graph.truth import Truth

if TYPE_CHECKING:
    from graph.atlas.layout import Step


def lay_out(ground: Ground, *step: Step) -> Layout:
    """Return the position of everything; see `graph.atlas.layout`, which is loaded only if it is needed."""
    from graph.atlas import layout

    return layout.lay_out(ground, *step)


def to_atlas(truth: Truth, *, whole: bool = False, layout_of: Callable[[Ground], Layout] = lay_out) -> Atlas:
    """Return the atlas of a truth, always the same for the same truth.

    Of more than `MOST_ARTICLES` articles only the best-connected are placed, unless `whole` is set. `layout_of` returns
    the layout, which it may have computed earlier. About linear in nodes and relations: some seconds for 10,000
    articles.
    """
    census = take_census(truth, whole=whole)
    layout = layout_of(census)
    return Atlas(**msgspec.structs.asdict(layout), census=census.ordered(layout.order))
