"""Values that cannot be true. A staged row that breaks a rule is a value reject: kept, never loaded.

Each rule stands here twice, for the warehouse, which counts the rows, and for Python, which finds
their lines in the lake again; a load whose counts differ is not published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EARLIEST = 1104537600000  # 2005-01-01, in milliseconds: before there was any streaming
LEVELS = ("free", "paid")
LONGEST = 1_000_000  # seconds
BLANKS = " \t\n\v\f\r"  # a text of these alone is NULL to COPY


@dataclass(frozen=True)
class Rule:
    """`broken` is true in SQL, and `breaks(value, latest)` in Python, when the value is impossible."""

    column: str
    reason: str
    broken: str
    breaks: Callable[[float | str, int], bool]


def number(value: object) -> float | None:
    """A record's value as a number, or None when it is none."""
    try:
        return float(str(value))
    except ValueError:
        return None


def latest_ts(started_at: datetime) -> int:
    """The last believable ts, in milliseconds: a day after the run began."""
    return int((started_at.replace(tzinfo=UTC) + timedelta(days=1)).timestamp() * 1000)


def _outside(low: float, high: float) -> Callable[[float | str, int], bool]:
    def breaks(value: float | str, _: int) -> bool:
        found = number(value)
        return found is not None and not low <= found <= high

    return breaks


def _ts(value: float | str, latest: int) -> bool:
    found = number(value)
    return found is not None and not EARLIEST <= found <= latest


def _level(value: float | str, _: int) -> bool:
    return str(value).strip(BLANKS) != "" and str(value).rstrip(" ") not in LEVELS


EVENT_RULES = (
    Rule("ts", "ts is before 2005 or in the future", f"NOT ts BETWEEN {EARLIEST} AND :latest", _ts),
    Rule("level", "level is neither free nor paid", "level NOT IN ('free', 'paid')", _level),
    Rule(
        "length",
        "length is not between 0 and a million seconds",
        f"NOT length BETWEEN 0 AND {LONGEST}",
        _outside(0, LONGEST),
    ),
)

SONG_RULES = (
    Rule(
        "duration",
        "duration is not between 0 and a million seconds",
        f"NOT duration BETWEEN 0 AND {LONGEST}",
        _outside(0, LONGEST),
    ),
    Rule(
        "year", "year is not between 0 and 9999", "NOT year BETWEEN 0 AND 9999", _outside(0, 9999)
    ),
    Rule(
        "artist_latitude",
        "latitude is not between -90 and 90",
        "NOT artist_latitude BETWEEN -90 AND 90",
        _outside(-90, 90),
    ),
    Rule(
        "artist_longitude",
        "longitude is not between -180 and 180",
        "NOT artist_longitude BETWEEN -180 AND 180",
        _outside(-180, 180),
    ),
)


def broken_flag(rules: tuple[Rule, ...]) -> str:
    """A SQL expression: 1 for a row that breaks a rule, else 0; never NULL."""
    return "CASE WHEN " + " OR ".join(rule.broken for rule in rules) + " THEN 1 ELSE 0 END"
