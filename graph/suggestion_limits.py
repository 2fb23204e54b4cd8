"""How many suggestions are shown for an article by default, and with which score."""

from __future__ import annotations

MOST_SUGGESTED = 10
"""Suggestions for each article."""
LEAST_SCORE = 1.0
"""Most related articles with at least this score are good suggestions; the lower the score, the fewer are."""
LEAST_TOPIC_SCORE = 0.45
"""Most topics with at least this score are right; few below it are."""
