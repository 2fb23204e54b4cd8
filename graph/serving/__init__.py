"""Serving over HTTP: the SPARQL protocol, the explorer, the pages. Needs the extra `serve`.

`graph.serving.app.create_app` makes the application, `graph.serving.server.run` serves it.
"""

from __future__ import annotations

from graph.serving.limits import Limits

__all__ = ["Limits"]
