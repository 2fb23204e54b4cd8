"""The map: islands of topics, communities, a timeline, and what stands out."""

from __future__ import annotations

from graph.atlas.atlas import Atlas, Cluster, Insights, Island, Lane, View
from graph.atlas.making import to_atlas

__all__ = ["Atlas", "Cluster", "Insights", "Island", "Lane", "View", "to_atlas"]
