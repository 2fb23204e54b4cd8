"""Time zones as people write them: offsets, well-known abbreviations, and names of the IANA database."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from collections.abc import Mapping

from graph.expressions import expression

_OFFSET = expression(r"(?:GMT|UTC)?([-+])(\d{1,2}):?(\d{2})?", re.ASCII | re.IGNORECASE)
_ODD_OFFSET = expression(r"([-+])(\d)(\d{2})", re.ASCII)
_HOURS = (
    "Z 0, UTC 0, UT 0, GMT 0, WET 0, WEST 1, CET 1, CEST 2, MEZ 1, MESZ 2, BST 1, EET 2, EEST 3, MSK 3, "
    "EST -5, EDT -4, CST -6, CDT -5, MST -7, MDT -6, PST -8, PDT -7, AKST -9, AKDT -8, HST -10, "
    "JST 9, KST 9, HKT 8, SGT 8, AWST 8, AEST 10, AEDT 11, NZST 12, NZDT 13"
)
"""Abbreviations with the hours they are ahead of UTC, as e-mail (RFC 2822) and most readers take them. Those with
several meanings of equal weight, such as IST, are left out."""
_ABBREVIATIONS: Mapping[str, dt.timezone] = {
    name: dt.timezone(dt.timedelta(hours=int(hours))) for name, hours in (pair.split() for pair in _HOURS.split(", "))
}


def written_zone(text: str) -> dt.tzinfo | None:
    """Return the zone behind a time, such as `Z`, `+02:00`, `GMT+2`, `EST` or `Europe/Helsinki`; `None` if unknown."""
    if (found := _ODD_OFFSET.fullmatch(text) or _OFFSET.fullmatch(text)) is None:
        return _ABBREVIATIONS.get(text.upper()) or _named_zone(text)
    offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    try:
        return dt.timezone(-offset if found[1] == "-" else offset)
    except ValueError:
        return None


def site_zone(name: str) -> dt.tzinfo | None:
    """Return the zone that a site's configuration names, with its summer time: `CET` too; `None` if unknown."""
    return _named_zone(name) or written_zone(name)


def _named_zone(name: str) -> dt.tzinfo | None:
    known = _names().get(name.casefold())
    try:
        return zoneinfo.ZoneInfo(known) if known else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


@functools.cache
def _names() -> Mapping[str, str]:
    """Return the zones known on this machine by their case-folded names. Looks at some 600 files, once."""
    return {name.casefold(): name for name in zoneinfo.available_timezones()}
