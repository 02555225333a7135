"""One person's visit: the pages and songs between coming and leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from embedded.sample.dice import Dice
from embedded.sample.people import Person
from embedded.sample.songs import Song

MEAN_PLAYS = 14.0
_PAGES = ("Home", "Home", "Home", "Settings", "About", "Help", "Downgrade", "Upgrade", "Error")
_CHANGES = {"free": ("Upgrade", "paid"), "paid": ("Downgrade", "free")}


class Event(NamedTuple):
    """What happened, as the log tells it; no person when logged out, no song off NextSong."""

    ts: int
    session_id: int
    item: int
    page: str
    method: str
    status: int
    level: str
    person: Person | None
    song: Song | None


class Visit:
    """Builds the events of a session in order; the person is busy until the last of them."""

    def __init__(self, session_id: int, ts: int, person: Person, dice: Dice) -> None:
        self.session_id = session_id
        self.ts = ts
        self.person = person
        self.dice = dice
        self.item = 0

    def events(self, known: list[Song], unknown: list[Song]) -> Iterator[Event]:
        """Everything from the first page to the last."""
        yield from self._arrival()
        for _ in range(1 + int(self.dice.waiting(MEAN_PLAYS))):
            song = self._choose(known, unknown)
            yield self._event("NextSong", "PUT", 200, song)
            heard = self.dice.roll() if self.dice.happens(0.07) else 1.0
            self.ts += int(song.duration * 1000 * heard) + 200 + self.dice.below(2600)
            if self.dice.happens(0.12):
                yield self._page(self.dice.among(_PAGES))
        if self.dice.happens(0.02):
            yield from self._change_of_level()
        if self.dice.happens(0.2):
            yield self._event("Logout", "PUT", 307)
        self.person.free_at = self.ts

    def _arrival(self) -> Iterator[Event]:
        """Some log in first; what they do before has no user."""
        if self.dice.happens(0.1):
            yield self._event("Home", "GET", 200, logged_in=False)
            yield self._event("Login", "PUT", 307, logged_in=False)
        if self.dice.happens(0.6):
            yield self._page("Home")

    def _change_of_level(self) -> Iterator[Event]:
        page, level = _CHANGES[self.person.level]
        yield self._page(page)
        yield self._event(f"Submit {page}", "PUT", 307)
        self.person.level = level
        yield self._page("Home")

    def _page(self, page: str) -> Event:
        return self._event(page, "GET", 404 if page == "Error" else 200)

    def _event(
        self,
        page: str,
        method: str,
        status: int,
        song: Song | None = None,
        logged_in: bool = True,
    ) -> Event:
        person = self.person if logged_in else None
        made = Event(
            self.ts,
            self.session_id,
            self.item,
            page,
            method,
            status,
            self.person.level,
            person,
            song,
        )
        self.item += 1
        if song is None:
            self.ts += 1_000 + self.dice.below(20_000)
        return made

    def _choose(self, known: list[Song], unknown: list[Song]) -> Song:
        if self.dice.happens(0.35):
            return self.dice.among(self.person.favourites)
        return self.dice.favoured(known if self.dice.happens(0.7) else unknown, 2.0)
