"""What a sample lake should look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from embedded.home import MisusedError

PLAYS_PER_USER_AND_HOUR = 6  # more and everybody would listen without a break at the peak


@dataclass(frozen=True)
class Options:
    """The arguments of `python -m embedded sample`; the same ones give the same bytes."""

    end: datetime
    hours: int = 48
    songs: int = 500
    plays_per_hour: int = 850
    users: int = 425
    seed: int = 1

    @property
    def start(self) -> datetime:
        """The first hour."""
        return self.end - timedelta(hours=self.hours)


def options(
    *,
    end: str | None,
    hours: int,
    songs: int,
    plays_per_hour: int,
    users: int | None,
    seed: int,
) -> Options:
    """Check the arguments; MisusedError says in one line what is wrong with them."""
    for name, value in (("hours", hours), ("songs", songs), ("plays-per-hour", plays_per_hour)):
        if value < 1:
            raise MisusedError(f"--{name} must be at least 1, not {value}")
    people = max(96, plays_per_hour // 2) if users is None else users
    if people < 1:
        raise MisusedError(f"--users must be at least 1, not {people}")
    if plays_per_hour > people * PLAYS_PER_USER_AND_HOUR:
        raise MisusedError(
            f"{people} users do not play {plays_per_hour} songs an hour: "
            f"at most {people * PLAYS_PER_USER_AND_HOUR}"
        )
    until = _hour(end)
    if hours > (until - datetime(2006, 1, 1, tzinfo=UTC)) / timedelta(hours=1):
        raise MisusedError("the sample must begin after 2005")
    return Options(until, hours, songs, plays_per_hour, people, seed)


def _hour(text: str | None) -> datetime:
    """An ISO time, UTC unless it says otherwise, floored to the hour; now when there is none."""
    try:
        moment = datetime.fromisoformat(text) if text else datetime.now(UTC)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise MisusedError(f"--end {text} is not an ISO date or time") from None
    return moment.replace(minute=0, second=0, microsecond=0)
