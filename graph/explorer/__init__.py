"""The explorer: one page with the whole corpus, for use offline, or one that loads its data from a server."""

from __future__ import annotations

from graph.explorer.columns import to_json
from graph.explorer.header import Part
from graph.explorer.map_file import VIEWS, MapFile, write_map_file
from graph.explorer.options import PLAIN, PageOptions
from graph.explorer.page import read_payload, to_colours, to_explorer, to_fed_explorer, to_policy_hash, to_unframed
from graph.explorer.payload import Payload, number_nodes, to_payload
from graph.explorer.query_engine import Engine, added_bytes, read_engine
from graph.explorer.replies import to_around, to_found, to_near, to_nodes, to_path, to_paths, to_stated, to_tile
from graph.explorer.safe_text import to_line
from graph.explorer.tables import DEEPEST_FOCUS, MOST_IRIS, MOST_WAYS
from graph.explorer.tiles import DEEPEST

__all__ = [
    "DEEPEST",
    "DEEPEST_FOCUS",
    "MOST_IRIS",
    "MOST_WAYS",
    "PLAIN",
    "VIEWS",
    "Engine",
    "MapFile",
    "PageOptions",
    "Part",
    "Payload",
    "added_bytes",
    "number_nodes",
    "read_engine",
    "read_payload",
    "to_around",
    "to_colours",
    "to_explorer",
    "to_fed_explorer",
    "to_found",
    "to_json",
    "to_line",
    "to_near",
    "to_nodes",
    "to_path",
    "to_paths",
    "to_payload",
    "to_policy_hash",
    "to_stated",
    "to_tile",
    "to_unframed",
    "write_map_file",
]
