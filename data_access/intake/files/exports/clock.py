"""Moments with a zone become the office's time; one without is local, as the officer sees it.

Owns the ways a form tool writes a zone. Days without a clock are left alone, and so is a moment
whose day and month could be either.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from data_access.intake.files.exports.table import Table
from data_access.intake.model import CellValue
from data_access.settings import WIB

_ZONES = {"z": 0, "utc": 0, "gmt": 0, "wib": 7, "wita": 8, "wit": 9}
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?(?:\s*[AP]\.?M\.?)?"
_ZONED = re.compile(
    rf"(?P<local>\d.*?[T ,]{_CLOCK})\s*\(?"
    r"(?:(?P<word>Z|UTC|GMT|WIB|WITA|WIT)|(?P<prefix>UTC|GMT)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>\d\d))?)\)?",
    re.ASCII | re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ,]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s*([AP])\.?M\.?)?",
    re.ASCII | re.IGNORECASE,
)
# "10:00-12:00" is a span of hours, "10:00:00-12:00" and "T10:00-12:00" are moments.
_SPAN = re.compile(r".* \d{1,2}[:.]\d\d", re.ASCII)
# "2026-1-1 1:00" is the shortest moment; 32 signs and the name of a zone are the longest.
_SHORTEST, _LONGEST = 13, 48


def to_office_time(table: Table, utc: frozenset[str]) -> None:
    """Write moments with a zone in WIB; those in columns of `utc` need not say their zone."""
    header = table.source.header
    changed: set[int] = set()
    for column, title in enumerate(header):
        unsaid = UTC if title.casefold() in utc else None
        found = [_local(row.values[column], unsaid) for row in table.rows]
        if any(new is not row.values[column] for new, row in zip(found, table.rows, strict=True)):
            told = zip(found, table.rows, strict=True)
            if any(_is_moved(row.values[column], new) for new, row in told):
                changed.add(column)
            table.put(column, found)
    if changed:
        names = ", ".join(f"“{header[column]}”" for column in sorted(changed))
        table.notes.append(f"Waktu dengan zona (UTC) diubah ke WIB: {names}.")


def _local(value: CellValue, unsaid: tzinfo | None) -> CellValue:
    """The office's time of a moment; what is none, or says no zone, as it is."""
    if isinstance(value, datetime):
        zone = value.tzinfo or unsaid
        return _in_wib(value, zone) if zone else value
    if not isinstance(value, str) or not _SHORTEST <= len(value) <= _LONGEST:
        return value
    written = value.strip()
    if not written[:1].isdigit():
        return value
    found = _ZONED.fullmatch(written)
    if found is None:
        moment = _moment(written) if unsaid else None
        return value if moment is None or unsaid is None else _in_wib(moment, unsaid)
    if _is_span(found):
        return value
    offset = _offset(found)
    moment = _moment(found["local"])
    if moment is None:
        # The order of day and month is the column's to judge: only the zone may go.
        return found["local"] if offset == WIB.utcoffset(None) else value
    return _in_wib(moment, timezone(offset))


def _is_span(found: re.Match[str]) -> bool:
    is_bare = found["sign"] == "-" and not found["prefix"]
    return is_bare and _SPAN.fullmatch(found["local"]) is not None and "T" not in found["local"]


def _offset(found: re.Match[str]) -> timedelta:
    if found["word"]:
        return timedelta(hours=_ZONES[found["word"].casefold()])
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    # No zone is a day away from another; what says so is no moment.
    return min(size, timedelta(hours=23)) * (-1 if found["sign"] == "-" else 1)


def _moment(local: str) -> datetime | None:
    found = _YEAR_FIRST.fullmatch(local.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if half := found[7]:
        hour = hour % 12 + (12 if half.upper() == "P" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        # No such moment; the step that reads dates says so.
        return None


def _in_wib(moment: datetime, zone: tzinfo) -> CellValue:
    try:
        local = moment.replace(tzinfo=zone).astimezone(WIB)
    except OverflowError:
        return moment
    return local.replace(tzinfo=None, microsecond=0)


def _is_moved(before: CellValue, after: CellValue) -> bool:
    """Whether the clock shows another time than was written."""
    if after is before or not isinstance(after, datetime):
        return False
    if isinstance(before, datetime):
        return before.replace(tzinfo=None, microsecond=0) != after
    if not isinstance(before, str):
        return False
    found = _ZONED.fullmatch(before.strip())
    return _moment(found["local"] if found else before) != after
