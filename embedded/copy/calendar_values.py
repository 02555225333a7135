"""Dates and times as numbers, before they are text for PostgreSQL."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name} | {
    name.lower(): i for i, name in enumerate(calendar.month_abbr) if name
}
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?(?::?(\d\d))?")
# The abbreviations that stand for one offset in every year, in minutes.
_ABBREVIATIONS = {
    "utc": 0, "gmt": 0, "z": 0, "zulu": 0, "ut": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60,
    "met": 60, "cest": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180, "pkt": 300,
    "ist": 120, "hkt": 480, "sgt": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600,
    "aedt": 660, "nzst": 720, "nzdt": 780, "nst": -210, "ast": -240, "adt": -180, "est": -300,
    "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
_LAST_YEAR = 294_276
_FIRST_JULIAN = 1_721_426  # the day number of 0001-01-01


class NoSuchTime(ValueError):
    """Digits in the right places that are no date or time."""


@dataclass
class Moment:
    """A date and time of day; `offset` is the zone in minutes east of UTC, None without one."""

    year: int = 0
    month: int = 1
    day: int = 1
    hour: int = 0
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    before_christ: bool = False
    offset: int | None = None

    def check(self) -> Moment:
        """Itself when it is a time that exists."""
        leap_year = self.year if not self.before_christ else self.year - 1
        good = (
            1 <= self.year <= (4713 if self.before_christ else _LAST_YEAR)
            and 1 <= self.month <= 12
            and 1 <= self.day <= _days(leap_year, self.month)
            and self.hour < 24
            and self.minute < 60
            and self.second < 60
        )
        if not good:
            raise NoSuchTime
        return self

    def date(self) -> str:
        """As a PostgreSQL date."""
        era = " BC" if self.before_christ else ""
        return f"{self.year:04}-{self.month:02}-{self.day:02}{era}"

    def timestamp(self, zoned: bool = False) -> str:
        """As a PostgreSQL timestamp; the zone is left out or, when asked for, written."""
        clock = f"{self.hour:02}:{self.minute:02}:{self.second:02}"
        fraction = f".{self.microsecond:06}" if self.microsecond else ""
        zone = _offset_text(self.offset or 0) if zoned else ""
        era = " BC" if self.before_christ else ""
        return f"{self.year:04}-{self.month:02}-{self.day:02} {clock}{fraction}{zone}{era}"


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _offset_text(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def month_number(name: str) -> int:
    """The number of a month's name or its first three letters."""
    try:
        return _MONTHS[name.lower()]
    except KeyError:
        raise NoSuchTime from None


def full_year(two_digits: int) -> int:
    """The year that two digits mean: 1970 to 2069."""
    return two_digits + (2000 if two_digits < 70 else 1900)


def from_day_of_year(year: int, day: int) -> tuple[int, int]:
    """Month and day of the day with this number in a year."""
    if not 1 <= day <= (366 if calendar.isleap(year) else 365) or not 1 <= year <= 9999:
        raise NoSuchTime
    found = datetime(year, 1, 1) + timedelta(days=day - 1)
    return found.month, found.day


def from_julian(number: int) -> Moment:
    """The day with this Julian day number."""
    try:
        found = datetime(1, 1, 1) + timedelta(days=number - _FIRST_JULIAN)
    except OverflowError:
        raise NoSuchTime from None
    return Moment(found.year, found.month, found.day)


def from_epoch(microseconds: int) -> Moment:
    """The moment so long after 1970-01-01."""
    try:
        found = datetime(1970, 1, 1) + timedelta(microseconds=microseconds)
    except OverflowError:
        raise NoSuchTime from None
    return Moment(
        found.year, found.month, found.day,
        found.hour, found.minute, found.second, found.microsecond,
    )  # fmt: skip


def zone_offset(text: str, moment: Moment) -> int:
    """Minutes east of UTC of a zone that is written as an offset, an abbreviation or a name."""
    if match := _OFFSET.fullmatch(text):
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours > 15 or minutes > 59:
            raise NoSuchTime
        return (hours * 60 + minutes) * (-1 if match[1] == "-" else 1)
    if text.lower() in _ABBREVIATIONS:
        return _ABBREVIATIONS[text.lower()]
    return _named_offset(text, moment)


def _named_offset(name: str, moment: Moment) -> int:
    if "/" not in name or moment.before_christ or moment.year > 9999:
        raise NoSuchTime
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoSuchTime from None
    local = datetime(moment.year, moment.month, moment.day, moment.hour, moment.minute)
    offset = local.replace(tzinfo=zone).utcoffset() or UTC.utcoffset(local)
    return int(offset.total_seconds() // 60)
