"""The small view: a few nodes of a network as one page that needs nothing outside itself, for a browser or a notebook.

It is for what the eye takes in at once, up to about 150 nodes; the explorer shows a whole graph.
"""

from __future__ import annotations

from graph.picture.choosing import neighbourhood, selection
from graph.picture.drawing import draw
from graph.picture.overview import overview
from graph.picture.picture import Picture
from graph.picture.scene import Link, Scene

__all__ = ["Link", "Picture", "Scene", "draw", "neighbourhood", "overview", "selection"]
