"""When a trend is one: how articles are cut into periods and parts, in every answer about topics over time."""

from __future__ import annotations

FEWEST_TOLD = 5
"""With fewer dated articles, nothing is said about a topic."""
FEWEST_IN_PERIOD = 20
"""The fewest articles of a period; smaller periods are joined with the next."""
FEWEST_PARTS, MOST_PARTS = 5, 24
"""With fewer parts, the test cannot find anything; with more, the parts are as small as the noise."""
ENOUGH_PERIODS = 8
"""Shorter periods are chosen only if longer ones give fewer than this."""
