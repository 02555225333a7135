"""Grids of hours: the week's rhythm, and which hours are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.report.questions import Row
from tasks.windows import DAY, HOUR, Window

WEEK = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONDAY_FIRST = (1, 2, 3, 4, 5, 6, 0)
HOURS = DAY // HOUR
# An hour is as good as the worst of its objects; the first of these is the worst.
STATES = ("quarantined", "pending", "published")
SIGNS = {"quarantined": "Q", "pending": "p", "published": "", "no object": ""}


@dataclass(frozen=True)
class Cell:
    """An hour: what is read aloud and shown, how it looks, and how strong (0 to 1)."""

    words: str
    look: str = "heat"
    sign: str = ""
    strength: float = 1


@dataclass(frozen=True)
class Line:
    """A row of 24 hours."""

    name: str
    cells: tuple[Cell, ...]


def week_grid(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Plays by weekday and hour, Monday first."""
    plays = {(row["weekday"], row["hour"]): int(row["plays"]) for row in rows}
    most = max(plays.values(), default=0) or 1
    return tuple(
        Line(
            WEEK[weekday],
            tuple(
                Cell(str(count := plays.get((weekday, hour), 0)), strength=round(count / most, 2))
                for hour in range(HOURS)
            ),
        )
        for weekday in MONDAY_FIRST
    )


def loaded_grid(rows: Sequence[Row], period: Window) -> tuple[Line, ...]:
    """The state of each hour of the period, as the ledger knows it; an object may hold a day."""
    states: dict[datetime, str] = {}
    for row in rows:
        day = datetime.fromisoformat(row["day"])
        hours = range(HOURS) if row["hour"] is None else [row["hour"]]
        for hour in hours:
            moment = day + hour * HOUR
            worst = min(row["status"], states.get(moment, "published"), key=STATES.index)
            states[moment] = worst
    return tuple(_line(day, states, period) for day in period.days)


def _line(day: date, states: dict[datetime, str], period: Window) -> Line:
    midnight = datetime(day.year, day.month, day.day)
    return Line(
        f"{day:%Y-%m-%d}",
        tuple(_cell(midnight + hour * HOUR, states, period) for hour in range(HOURS)),
    )


def _cell(moment: datetime, states: dict[datetime, str], period: Window) -> Cell:
    if moment not in period:
        return Cell("outside the period", "outside")
    state = states.get(moment, "no object")
    return Cell(state, state.replace(" ", "-"), SIGNS[state])
