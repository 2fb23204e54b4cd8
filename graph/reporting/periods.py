"""Days in periods: the finest of days, weeks, months, quarters, years and decades that fits on a plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

_TAIL = 0.01
"""The share of the days at either end that is left out if the rest then needs at most half the space."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods that follow each other, with the days in each."""

    unit: str
    """`day`, `week`, `month`, `quarter`, `year` or `decade`."""
    labels: Sequence[str]
    """The name of each period: `2020-05-04`, for a week its Monday, `2020-05`, `2020 Q2`, `2020`, `2020s`."""
    first: int
    """The number of the first period, as `place` counts them."""
    place: Callable[[date], int]
    """Return the number of the period of a day."""
    earlier: int
    """Days before the first period, which are left out because they are few and far away."""
    later: int
    """Days after the last period."""

    def counts(self, days: Sequence[date]) -> list[int]:
        """Return how many of some days are in each period."""
        found = [0] * len(self.labels)
        for day in days:
            number = self.place(day) - self.first
            if 0 <= number < len(found):
                found[number] += 1
        return found


def periods_of(days: Sequence[date], most: int) -> Periods:
    """Return at most `most` periods that contain the given days, except for a few that are far from all others.

    `days` is not empty. If even decades are too many, the oldest are left out.
    """
    ordered = sorted(days)
    tail = int(len(ordered) * _TAIL)
    start, end = ordered[0], ordered[-1]
    near_start, near_end = ordered[tail], ordered[-1 - tail]
    if (near_end - near_start) * 2 <= end - start:
        start, end = near_start, near_end
    fitting = (row for row in _UNITS if row[1](end) - row[1](start) < most)
    unit, place, label = next(fitting, _UNITS[-1])
    last = place(end)
    first = max(place(start), last + 1 - most)
    numbers = [place(day) for day in ordered]
    return Periods(
        unit=unit,
        labels=[label(number) for number in range(first, last + 1)],
        first=first,
        place=place,
        earlier=sum(number < first for number in numbers),
        later=sum(number > last for number in numbers),
    )


_MONTHS, _QUARTERS, _WEEK, _DECADE = 12, 4, 7, 10
_UNITS: Sequence[tuple[str, Callable[[date], int], Callable[[int], str]]] = (
    ("day", date.toordinal, lambda number: date.fromordinal(number).isoformat()),
    (
        "week",
        lambda day: (day.toordinal() - 1) // _WEEK,
        lambda number: date.fromordinal(number * _WEEK + 1).isoformat(),
    ),
    (
        "month",
        lambda day: day.year * _MONTHS + day.month - 1,
        lambda number: f"{number // _MONTHS}-{number % _MONTHS + 1:02}",
    ),
    (
        "quarter",
        lambda day: day.year * _QUARTERS + (day.month - 1) // 3,
        lambda number: f"{number // _QUARTERS} Q{number % _QUARTERS + 1}",
    ),
    ("year", lambda day: day.year, str),
    ("decade", lambda day: day.year // _DECADE, lambda number: f"{number * _DECADE}s"),
)
"""Units from the finest: name, the number of the period of a day, and the name of a period."""
