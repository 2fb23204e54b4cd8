"""Measures as they are shown, the same on machines whose last digits differ."""

from __future__ import annotations

__all__ = ["rounded"]


def rounded(value: float, digits: int = 6) -> float:
    """Return a measure with so many significant digits."""
    return float(f"{value:.{digits}g}")
