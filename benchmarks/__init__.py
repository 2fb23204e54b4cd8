"""How fast article-graph is, compared with a straightforward script, and on corpora of any size: `make bench`."""
