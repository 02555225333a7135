"""Windows of time: whole hours, UTC, without a zone, the end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from blocks.errors import UsageError

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


# Around a window days and months are counted: these are far enough from where a datetime ends.
EARLIEST, LATEST = datetime(1970, 1, 1), datetime(9000, 1, 1)


@dataclass(frozen=True, order=True)
class Window:
    """From `start` to before `end`; naive UTC."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M}"

    @property
    def days(self) -> list[date]:
        """The days that the window touches."""
        first, last = self.start.date(), (self.end - timedelta(microseconds=1)).date()
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def utc(moment: datetime) -> datetime:
    """Naive UTC: offsets are converted, times without one are taken as UTC."""
    plain = datetime.fromisoformat(moment.isoformat())  # Prefect's own kind does not count in HOURs
    return plain.astimezone(UTC).replace(tzinfo=None) if plain.tzinfo else plain


def floor_hour(moment: datetime) -> datetime:
    """The hour that has begun at `moment`."""
    return utc(moment).replace(minute=0, second=0, microsecond=0)


def floor_day(moment: datetime) -> datetime:
    """The midnight before `moment`."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def parse_moment(text: str) -> datetime:
    """An ISO date or datetime as naive UTC; raises `UsageError`."""
    try:
        return within_reach(utc(datetime.fromisoformat(text)))
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is not an ISO date or datetime, such as 2018-11-01 or 2018-11-01T05:00"
        ) from None


def within_reach(moment: datetime) -> datetime:
    """The moment, when it is one that events may have; raises `UsageError`."""
    if not EARLIEST <= moment < LATEST:
        raise UsageError(f"{moment} is not between {EARLIEST:%Y} and {LATEST:%Y}")
    return moment


def hours_before(end: datetime, hours: int) -> datetime:
    """The hour so many hours before the one that has begun at `end`; raises `UsageError`."""
    reach = (within_reach(floor_hour(end)) - EARLIEST) // HOUR
    if hours > reach:
        raise UsageError(f"a lookback of {hours} hours reaches from {end} to before {EARLIEST:%Y}")
    return floor_hour(end) - hours * HOUR


def window_between(start: datetime, end: datetime) -> Window:
    """The window of whole hours that covers [start, end); raises `UsageError` when it is empty."""
    start, end = within_reach(utc(start)), within_reach(utc(end))
    if end <= start:
        raise UsageError(f"the window is empty: it ends ({end}) before it begins ({start})")
    last = floor_hour(end)
    return Window(floor_hour(start), last if last == end else last + HOUR)
