"""The listeners of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from embedded.sample import words
from embedded.sample.dice import Dice
from embedded.sample.songs import Song


@dataclass
class Person:
    """A user; `level` and `free_at` change while time goes by."""

    user_id: str
    first_name: str
    last_name: str
    gender: str
    location: str
    agent: str
    registration: float
    favourites: list[Song]
    level: str
    free_at: int = 0


def make_people(count: int, songs: list[Song], start: datetime, seed: int) -> list[Person]:
    """The users, all registered before the first hour."""
    dice = Dice(seed, "people")
    return [_person(number, dice, songs, start) for number in range(1, count + 1)]


def _person(number: int, dice: Dice, songs: list[Song], start: datetime) -> Person:
    gender = dice.among("FM")
    registered = start - timedelta(seconds=int(dice.between(86_400, 200 * 86_400)))
    return Person(
        user_id=str(number),
        first_name=dice.among(words.FIRST_NAMES[gender]),
        last_name=dice.among(words.LAST_NAMES),
        gender=gender,
        location=dice.among(words.PLACES),
        agent=dice.among(words.AGENTS),
        registration=float(int(registered.timestamp()) * 1000 + 796),
        favourites=[dice.favoured(songs, 2.0) for _ in range(12)],
        level="paid" if dice.happens(0.25) else "free",
    )
