"""Serving over HTTP: the SPARQL protocol, the explorer, the pages. Needs the extra `serve`."""
