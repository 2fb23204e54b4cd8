"""How fast article-graph is, beside a straightforward script and on corpora of any size: `make bench`."""
