"""Find the gaps of a range of time: what the lake holds of each hour, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from blocks.lake import Lake, LakeObject
from sql import execute
from tasks.keys import parse_events_key
from tasks.ledger import Known, Ledger
from tasks.listing import list_events
from tasks.pin import has_schema
from tasks.planning import backfill_command, known_events
from tasks.windows import DAY, HOUR, Window

# An hour is as good as the worst of its objects; the last of these is the worst.
STATES = ("empty", "published", "changed", "missing", "quarantined")
CHOICE = {"missing": "missing", "changed": "changed", "quarantined": "failed"}


@dataclass(frozen=True)
class Standing:
    """An object of the lake or of the ledger, the hours it stands for, and what became of it."""

    key: str
    window: Window
    state: str
    in_lake: bool = True
    reason: str | None = None


@dataclass
class Gaps:
    """The hours of a window with their states, what is not published, and the commands that help."""

    window: Window
    hours: dict[datetime, str]
    objects: list[Standing] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Hours by state."""
        counted = Counter(self.hours.values())
        return {state: counted[state] for state in STATES}

    @property
    def commands(self) -> list[str]:
        """The backfills that fill the gaps, as few as join adjacent hours."""
        return [f"{backfill_command(window)} --only {only}" for window, only in self.backfills]

    @property
    def backfills(self) -> list[tuple[Window, str]]:
        """The windows to load, each with the choice of `--only` that takes what is wrong with it.

        `changed` takes what is missing too, so that the two are joined; `failed` stands alone.
        """
        reachable = [entry for entry in self.objects if entry.in_lake]
        behind = [entry for entry in reachable if entry.state in ("missing", "changed")]
        found: list[tuple[Window, str]] = []
        for window in _joined(_within(entry.window, self.window) for entry in behind):
            states = {e.state for e in behind if _within(e.window, self.window).start in window}
            found.append((window, "changed" if "changed" in states else "missing"))
        failed = (e.window for e in reachable if e.state == "quarantined")
        found += [(w, "failed") for w in _joined(_within(each, self.window) for each in failed)]
        return sorted(found)

    @property
    def lost(self) -> list[Standing]:
        """What is not published and no longer in the lake: no backfill finds it."""
        return [entry for entry in self.objects if not entry.in_lake]

    def as_json(self) -> dict[str, Any]:
        """The gaps as plain values."""
        return {
            "start": self.window.start.isoformat(),
            "end": self.window.end.isoformat(),
            "counts": self.counts,
            "hours": [
                {"hour": hour.isoformat(), "state": state} for hour, state in self.hours.items()
            ],
            "objects": [asdict(entry) | {"window": str(entry.window)} for entry in self.objects],
            "commands": self.commands,
        }


def find_gaps(engine: Engine, lake: Lake, window: Window) -> Gaps:
    """Compare the lake with the ledger, hour by hour; writes nothing and needs no table to exist."""
    listed = list_events(lake, window)
    known = has_schema(engine, "etl")
    ledger = known_events(engine, lake, window) if known else Ledger()
    reasons = _reasons(engine) if known else {}
    standings = [*_in_lake(listed, ledger, reasons), *_gone(listed, ledger, reasons)]
    within = [entry for entry in standings if _overlap(entry.window, window)]
    objects = sorted((e for e in within if e.state != "published"), key=lambda e: e.key)
    return Gaps(window, _hours(window, within), objects)


def _in_lake(
    listed: dict[str, LakeObject], ledger: Ledger, reasons: dict[str, str]
) -> Iterable[Standing]:
    for key, entry in listed.items():
        if parsed := parse_events_key(key):
            state = _state(entry, ledger.get(key, Known()))
            reason = reasons.get(key) if state == "quarantined" else None
            yield Standing(key, parsed.window, state, reason=reason)


def _gone(
    listed: dict[str, LakeObject], ledger: Ledger, reasons: dict[str, str]
) -> Iterable[Standing]:
    """What the ledger holds and the lake no longer does: its plays stay, if it was published."""
    for key, known in ledger.items():
        parsed = parse_events_key(key)
        if parsed is None or key in listed:
            continue
        statuses = set(known.statuses.values())
        if known.published is not None:
            yield Standing(key, parsed.window, "published", in_lake=False)
        elif statuses & {"quarantined", "lost"}:
            yield Standing(key, parsed.window, "quarantined", False, reasons.get(key))
        elif "pending" in statuses:
            yield Standing(
                key, parsed.window, "missing", False, "seen, and gone before it was read"
            )


def _state(found: LakeObject, known: Known) -> str:
    if known.statuses.get(found.etag) == "quarantined":
        return "quarantined"
    if known.published is None:
        return "missing"
    return "published" if known.published == found.etag else "changed"


def _reasons(engine: Engine) -> dict[str, str]:
    with engine.begin() as connection:
        rows = execute(connection, "ledger/quarantined").mappings().all()
    return {row["key"]: row["reason"] for row in rows if row["source"] == "events"}


def _hours(window: Window, standings: Iterable[Standing]) -> dict[datetime, str]:
    count = (window.end - window.start) // HOUR
    hours = {window.start + n * HOUR: "empty" for n in range(count)}
    for entry in standings:
        covered = _within(entry.window, window)
        for n in range((covered.end - covered.start) // HOUR):
            hour = covered.start + n * HOUR
            hours[hour] = max(hours[hour], entry.state, key=STATES.index)
    return hours


def by_day(hours: dict[datetime, str]) -> list[tuple[datetime, list[str | None]]]:
    """The hours as rows of 24, None where the window does not reach."""
    days = groupby(hours, key=lambda hour: hour.replace(hour=0))
    return [
        (day, [hours.get(day + timedelta(hours=n)) for n in range(DAY // HOUR)]) for day, _ in days
    ]


def _joined(windows: Iterable[Window]) -> list[Window]:
    """The windows, those that touch or overlap as one."""
    made: list[Window] = []
    for window in sorted(windows):
        if made and window.start <= made[-1].end:
            made[-1] = Window(made[-1].start, max(made[-1].end, window.end))
        else:
            made.append(window)
    return made


def _within(window: Window, outer: Window) -> Window:
    return Window(max(window.start, outer.start), min(window.end, outer.end))


def _overlap(one: Window, other: Window) -> bool:
    return one.start < other.end and other.start < one.end
