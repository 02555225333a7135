"""The date parts and their many names."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.piece import Piece
from embedded.query.read_call import part_name
from embedded.query.tree import Expression

_ALIASES = {
    "millennium": "millennium millennia mil mils",
    "century": "century centuries c cent cents",
    "decade": "decade decades dec decs",
    "epoch": "epoch",
    "year": "year years y yr yrs",
    "quarter": "quarter quarters qtr qtrs",
    "month": "month months mon mons",
    "week": "week weeks w",
    "dow": "dow dayofweek dw weekday",
    "doy": "doy dayofyear dy yearday",
    "day": "day days d",
    "hour": "hour hours h hr hrs",
    "minute": "minute minutes m min mins",
    "second": "second seconds s sec secs",
    "milliseconds": "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon",
    "microseconds": "microsecond microseconds us usec usecs usecond useconds microsec microsecs microsecond",
    "timezone": "timezone",
    "timezone_hour": "timezone_hour",
    "timezone_minute": "timezone_minute",
}
_CANONICAL = {alias: part for part, aliases in _ALIASES.items() for alias in aliases.split()}
TIME_PARTS = frozenset(
    ["hour", "minute", "second", "milliseconds", "microseconds", "epoch", "timezone",
     "timezone_hour", "timezone_minute"]
)  # fmt: skip


def date_part(expression: Expression, function: str) -> str:
    """The canonical name of a date part, refused when Redshift has no such part."""
    name = part_name(expression)
    if name is None:
        raise Refused("42601", f"the first argument of {function} must be a date part")
    part = _CANONICAL.get(name.lower())
    if part is None:
        raise Refused("22023", f'timestamp units "{name}" not recognized')
    return part


def moment(piece: Piece) -> Piece:
    """A date, a literal or a string as a timestamp; other times as they are."""
    from embedded.query.piece import TIMESTAMP, compose

    if piece.kind in ("timestamp", "timestamptz", "time", "timetz", "interval"):
        return piece
    return compose(f"CAST({piece.sql} AS timestamp)", TIMESTAMP, [piece])
