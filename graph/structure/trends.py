"""Where a trend begins: how articles are cut into periods and parts, in every answer that tells topics over time."""

from __future__ import annotations

FEWEST_TOLD = 5
"""Dated articles of a topic below which nothing is said of it."""
FEWEST_IN_PERIOD = 20
"""Articles of a period; periods with fewer are joined with the next."""
FEWEST_PARTS, MOST_PARTS = 5, 24
"""With fewer parts, the test cannot find anything; with more, the parts are as small as the noise."""
ENOUGH_PERIODS = 8
"""Shorter periods are chosen only if longer ones give fewer than this."""
