"""Rounds measures, so that machines show the same even if their last digits differ."""

from __future__ import annotations


def rounded(value: float, digits: int = 6) -> float:
    """Return a number with the given number of significant digits."""
    return float(f"{value:.{digits}g}")
