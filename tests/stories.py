"""Stories of a lake: which objects are written, rewritten and loaded, and in which order."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from tables import EVENT, SONG, ndjson

from tasks.windows import Window

FIRST = datetime(2018, 11, 1)
EVERYTHING = Window(FIRST - timedelta(days=1), FIRST + timedelta(days=4))
HOURS = (0, 1, 23, 24, 30, 47, 50)  # of which events happen, and which objects are of
TITLES, ARTISTS, LENGTHS = ("A", "B"), ("X", "Y", None), (100.5, 246.30812, None)
RUNS = ("hourly", "hourly", "backfill", "backfill", "twice", "at once", "rivals", "sleep")


@dataclass(frozen=True)
class Write:
    """One version of an object; `record` when it is a song."""

    name: str
    body: bytes
    record: dict[str, Any] | None = None
    events: tuple[int, ...] = ()


@dataclass(frozen=True)
class Step:
    """Some writes, and then a run of one kind."""

    writes: tuple[Write, ...]
    run: str
    end: int
    window: Window
    only: str


@dataclass(frozen=True)
class Story:
    """All events, the steps, and the writes after the last of them."""

    events: tuple[dict[str, Any], ...]
    steps: tuple[Step, ...]
    rest: tuple[Write, ...]


@st.composite
def an_event(draw: st.DrawFn) -> dict[str, Any]:
    """A play or another event of one of three users."""
    moment = draw(st.sampled_from(HOURS)) * 3_600_000 + draw(st.sampled_from((0, 1, 3_599_999)))
    start = round((FIRST - datetime(1970, 1, 1)).total_seconds() * 1000)
    name = draw(st.sampled_from(("Ann", "Bo", None)))
    return EVENT | {
        "ts": start + moment,
        "userId": draw(st.sampled_from(("7", "007", "8", ""))),
        "sessionId": draw(st.sampled_from((9, 10))),
        "itemInSession": draw(st.sampled_from((2, 10))),
        "level": draw(st.sampled_from(("free", "paid"))),
        "page": draw(st.sampled_from(("NextSong", "NextSong", "NextSong", "Home"))),
        "song": draw(st.sampled_from((*TITLES, "C"))),
        "artist": draw(st.sampled_from(ARTISTS)),
        "length": draw(st.sampled_from(LENGTHS)),
        "firstName": name,
        "lastName": name,
    }


@st.composite
def a_song(draw: st.DrawFn, song_id: str) -> dict[str, Any]:
    """A song that a play may be of."""
    return SONG | {
        "song_id": song_id,
        "title": draw(st.sampled_from(TITLES)),
        "artist_id": draw(st.sampled_from(("AR1", "AR2"))),
        "artist_name": draw(st.sampled_from(("X", "Y"))),
        "duration": draw(st.sampled_from(LENGTHS)),
        "year": draw(st.sampled_from((0, 1994, 2001))),
        "artist_location": draw(st.sampled_from(("London", ""))),
    }


@st.composite
def event_writes(draw: st.DrawFn, events: list[dict[str, Any]], number: int) -> list[Write]:
    """The versions of one activity log: each holds what the one before it held, and more."""
    hour, daily = draw(st.sampled_from(HOURS)), draw(st.booleans())
    begins = FIRST + timedelta(hours=hour - hour % 24 if daily else hour)
    suffix = draw(st.sampled_from(("json", "json", "csv", "json.gz", "csv.gz")))
    name = (
        f"{begins:%Y/%m/%Y-%m-%d}-events-{number}"
        if daily
        else f"{begins:%Y/%m/%d/%Y-%m-%d-%H}-events-{number:04}"
    )
    near = [n for n, event in enumerate(events) if _may_hold(begins, event)]
    if not near:
        return []
    held = draw(st.lists(st.sampled_from(near), min_size=1, max_size=6, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, len(held)), max_size=2)) | {len(held)})
    versions = [(f"log_data/{name}.{suffix}", held[:cut]) for cut in cuts]
    writes = [
        Write(key, _body(suffix, [events[n] for n in h]), None, tuple(h)) for key, h in versions
    ]
    return _there_and_back(draw, writes, suffix, events)


def _there_and_back(
    draw: st.DrawFn, writes: list[Write], suffix: str, events: list[dict[str, Any]]
) -> list[Write]:
    """Perhaps a version that cannot be read, or another order of the lines, and then the last again."""
    last = writes[-1]
    how = draw(st.sampled_from(("", "", "", "turned", "broken")))
    if how == "turned":
        turned = _body(suffix, [events[n] for n in last.events[::-1]]) + b"\n" * (
            "gz" not in suffix
        )
        return [*writes, Write(last.name, turned, None, last.events), last]
    if how == "broken" and suffix.endswith("gz"):
        return [*writes[:-1], Write(last.name, last.body[:-9]), last]
    return writes


def _may_hold(begins: datetime, event: dict[str, Any]) -> bool:
    """A replacement looks for a window's plays in objects from a day before to three days after it."""
    late = begins - (datetime(1970, 1, 1) + timedelta(milliseconds=event["ts"]))
    return timedelta(hours=-23) < late < timedelta(hours=60)


@st.composite
def song_writes(draw: st.DrawFn, number: int) -> list[Write]:
    """The versions of one song object; two objects may hold one song."""
    song_id = f"SO{draw(st.integers(0, 2))}"
    records = draw(st.lists(a_song(song_id), min_size=1, max_size=3))
    key = f"song_data/A/B/C/TR{number}.json"
    return [Write(key, ndjson([r]) + b"\n" * n, r) for n, r in enumerate(records)]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A lake that grows and changes while it is loaded."""
    unique = st.lists(an_event(), min_size=1, max_size=8, unique_by=_event_key)
    events = draw(unique)
    queues = [draw(event_writes(events, n)) for n in range(draw(st.integers(1, 4)))]
    queues += [draw(song_writes(n)) for n in range(draw(st.integers(0, 4)))]
    order = draw(st.permutations([n for n, queue in enumerate(queues) for _ in queue]))
    iterators = [iter(queue) for queue in queues]
    writes = [next(iterators[n]) for n in order]
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        taken = draw(st.integers(0, len(writes)))
        steps.append(draw(_step(tuple(writes[:taken]))))
        writes = writes[taken:]
    return Story(tuple(events), tuple(steps), tuple(writes))


@st.composite
def _step(draw: st.DrawFn, writes: tuple[Write, ...]) -> Step:
    start = draw(st.integers(-1, 50))
    window = Window(
        FIRST + timedelta(hours=start),
        FIRST + timedelta(hours=start + draw(st.sampled_from((1, 24, 60)))),
    )
    return Step(
        writes,
        draw(st.sampled_from(RUNS)),
        draw(st.sampled_from((1, 24, 31, 80))),
        window,
        draw(st.sampled_from(("missing", "changed", "failed", "all"))),
    )


def _event_key(event: dict[str, Any]) -> tuple[Any, ...]:
    return (event["ts"], event["userId"], event["sessionId"], event["itemInSession"])


def _body(suffix: str, records: list[dict[str, Any]]) -> bytes:
    body = _csv(records) if suffix.startswith("csv") else ndjson(records)
    return gzip.compress(body, mtime=0) if suffix.endswith("gz") else body


def _csv(records: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(EVENT))
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()
