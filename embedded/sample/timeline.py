"""The hours of the sample, one after the other, with a rhythm of day and week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from embedded.sample.dice import Dice
from embedded.sample.options import Options
from embedded.sample.people import Person, make_people
from embedded.sample.sessions import MEAN_PLAYS, Event, Visit
from embedded.sample.songs import Song

HOUR = 3_600_000
_WARM_UP = 3  # hours before the first one: people are listening already when it begins
_OF_DAY = (
    0.62, 0.48, 0.38, 0.33, 0.32, 0.38, 0.55, 0.78, 0.95, 1.05, 1.1, 1.12,
    1.15, 1.2, 1.28, 1.38, 1.5, 1.6, 1.58, 1.5, 1.38, 1.22, 1.02, 0.82,
)  # fmt: skip
_OF_WEEK = (1.0, 1.02, 1.08, 1.06, 1.12, 0.88, 0.8)
_MEAN = sum(_OF_DAY) / 24 * sum(_OF_WEEK) / 7
_LATE, _TWICE = 0.002, 0.001


def hours(
    wanted: Options, known: list[Song], unknown: list[Song]
) -> Iterator[tuple[datetime, list[Event]]]:
    """Each hour with the events of its objects, in the order in which they were logged.

    Only the visits that still go on are kept in memory.
    """
    dice = Dice(wanted.seed, "timeline")
    people = make_people(wanted.users, known + unknown, wanted.start, wanted.seed)
    coming: dict[int, list[Event]] = defaultdict(list)
    session_id = 0
    for number in range(-_WARM_UP, wanted.hours):
        moment = wanted.start + timedelta(hours=number)
        for ts, person in _visits(moment, wanted.plays_per_hour, people, dice):
            session_id += 1
            for event in Visit(session_id, ts, person, dice).events(known, unknown):
                coming[event.ts // HOUR].append(event)
        hour = int(moment.timestamp() * 1000) // HOUR
        events = sorted(coming.pop(hour, []), key=lambda event: event[:3])
        if number >= 0:
            if number + 1 < wanted.hours:
                events = _keep_late_ones(events, coming[hour + 1], dice)
            yield moment, _log_some_twice(events, dice)


def _visits(
    moment: datetime, plays: int, people: list[Person], dice: Dice
) -> Iterator[tuple[int, Person]]:
    """When somebody comes in this hour, and who."""
    rhythm = _OF_DAY[moment.hour] * _OF_WEEK[moment.weekday()] / _MEAN
    gap = HOUR / (plays * rhythm / (MEAN_PLAYS + 0.5))
    start = int(moment.timestamp() * 1000)
    ts = start + dice.waiting(gap)
    while ts < start + HOUR:
        if person := _somebody(int(ts), people, dice):
            yield int(ts), person
        ts += dice.waiting(gap)


def _somebody(ts: int, people: list[Person], dice: Dice) -> Person | None:
    """Somebody who is not listening already; some come more often than others."""
    for _ in range(50):
        person = dice.favoured(people, 1.6)
        if person.free_at + 60_000 < ts:
            return person
    return None


def _keep_late_ones(events: list[Event], later: list[Event], dice: Dice) -> list[Event]:
    """Move a few events to the next hour's objects: they arrived late."""
    kept: list[Event] = []
    for event in events:
        (later if dice.happens(_LATE) else kept).append(event)
    return kept


def _log_some_twice(events: list[Event], dice: Dice) -> list[Event]:
    logged = []
    for event in events:
        logged.append(event)
        if dice.happens(_TWICE):
            logged.append(event)
    return logged
