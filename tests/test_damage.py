"""Nothing is lost in silence: every line is loaded, or rejected and kept, or its object is quarantined."""

import gzip
import os
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from damage import KINDS, SONGS, records
from test_real_lake import unpack

from tasks.attempt import attempt
from tasks.load import load
from tasks.windows import Window

HOUR = "log_data/2018/11/01/2018-11-01-21-events"
LEDGER = "SELECT key, status, reason, lines, loaded, rejected FROM etl.objects"
REJECTS = "SELECT key, line_number, reason, raw_text FROM etl.rejected_records"
DAY = Window(datetime(2018, 11, 1), datetime(2018, 11, 2))
KEYS = {f"{HOUR}-{n:04}{kind.suffix}": kind for n, kind in enumerate(KINDS)}
BODIES = {key: kind.make(records(n)) for n, (key, kind) in enumerate(KEYS.items())}


def printable(body: bytes) -> str:
    """An object as its rejected records are kept: whole characters, no NUL."""
    return body.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def text_of(key: str, body: bytes) -> str:
    return printable(gzip.decompress(body) if key.endswith(".gz") else body)


@pytest.fixture
def damaged(warehouse):
    """A warehouse that has met every damage in one run."""
    for key, body in BODIES.items():
        warehouse.bucket.put(key, body)
    for name, (body, _) in SONGS.items():
        warehouse.bucket.put(f"song_data/A/B/C/{name}", body)
    warehouse.outcome = warehouse.backfill(DAY)
    return warehouse


def test_every_damage_is_met_and_nothing_of_it_is_lost(damaged):
    ledger = {row[0]: row[1:] for row in damaged.rows(LEDGER)}
    rejects = damaged.rows(REJECTS)
    assert len(KINDS) >= 40
    assert fates(ledger) == expected_fates()
    for key, (status, reason, lines, loaded, rejected) in ledger.items():
        if status == "quarantined":
            assert reason, key
            assert (lines, loaded, rejected) == (None, None, None)
        else:
            assert lines == loaded + rejected, key
    kept = Counter(key for key, *_ in rejects)
    assert kept == {key: count for key, row in ledger.items() if (count := count_of(row))}
    assert all(reason for _, _, reason, _ in rejects)
    assert plays(damaged) == expected_plays()
    can_be_read_back(rejects)
    assert {entry["key"] for entry in damaged.outcome.quarantined} == {
        key for key, row in ledger.items() if row[0] == "quarantined"
    }


def count_of(row: tuple) -> int:
    """How many rejects are kept of an object: all of a published one, or what its reason counts."""
    counted = re.match(r"(\d+) of \d+ lines were rejected$", row[1] or "")
    return int(counted[1]) if counted else row[4] or 0


def fates(ledger: dict[str, tuple]) -> dict[str, tuple]:
    """(lines, rejected) of what is published, else None."""
    found = {}
    for key, (status, _, lines, _, rejected) in ledger.items():
        name = KEYS[key].name if key in KEYS else key.rpartition("/")[2]
        found[name] = (lines, rejected) if status == "published" else None
    return found


def expected_fates() -> dict[str, tuple]:
    events = {
        kind.name: None if kind.rejected is None else (kind.lines, kind.rejected) for kind in KINDS
    }
    songs = {
        name: None if loaded is None else (1, 1 - loaded) for name, (_, loaded) in SONGS.items()
    }
    return events | songs


def plays(warehouse) -> dict[int, int]:
    """The plays of each session: of each damaged object."""
    question = "SELECT session_id, COUNT(*) FROM sparkify.songplays GROUP BY session_id"
    return dict(warehouse.rows(question))


def expected_plays() -> dict[int, int]:
    fated = ((n, kind) for n, kind in enumerate(KINDS) if kind.rejected is not None)
    return {n: kind.lines - kind.rejected for n, kind in fated if kind.lines}


def can_be_read_back(rejects: list[tuple]) -> None:
    """What is kept of a record is in its object, and ends on the line that is named."""
    bodies = BODIES | {f"song_data/A/B/C/{name}": body for name, (body, _) in SONGS.items()}
    for key, line, _, raw in rejects:
        assert raw, key
        body = text_of(key, bodies[key])
        assert raw in body, key
        last = raw.replace("\r\n", "\n").split("\n")[-1]
        if key.startswith("log_data"):
            assert last in body.replace("\r\n", "\n").split("\n")[line - 1], key


def test_an_object_that_is_replaced_or_deleted_after_it_was_listed_is_not_taken_for_it(warehouse):
    keys = [
        f"{HOUR}-{n:04}{suffix}"
        for n, suffix in enumerate((".json", ".json", ".csv", ".csv", ".json"))
    ]
    for n, key in enumerate(keys):
        kind = next(
            k for k in KINDS if k.name == ("csv_healthy" if key.endswith("csv") else "healthy")
        )
        warehouse.bucket.put(key, kind.make(records(n)))
    run = warehouse.pin()
    warehouse.bucket.put(keys[0], BODIES[HOUR + "-0000.json"] + b"\n")
    warehouse.bucket.store.delete(keys[1])
    warehouse.bucket.put(keys[2], b"page\n")
    warehouse.bucket.store.delete(keys[3])
    attempt(run, load)
    statuses = dict(row[:2] for row in warehouse.rows(LEDGER))
    assert statuses == dict.fromkeys(keys[:4], "quarantined") | {keys[4]: "published"}
    assert plays(warehouse) == {4: 30}
    warehouse.hourly()
    published = "SELECT key FROM etl.objects WHERE status = 'published' ORDER BY key"
    assert warehouse.rows(published) == [(keys[0],), (keys[4],)]


@pytest.mark.skipif(
    not os.environ.get("SPARKIFY_REAL_LAKE"),
    reason="SPARKIFY_REAL_LAKE names neither the archive of the public Sparkify lake nor a folder",
)
def test_every_line_of_the_real_lake_is_loaded(warehouse):
    unpack(Path(os.environ["SPARKIFY_REAL_LAKE"]), warehouse.bucket.folder)
    outcome = warehouse.backfill(Window(datetime(2018, 11, 1), datetime(2018, 12, 1)))
    folder = warehouse.bucket.folder
    lines = {
        str(path.relative_to(folder)): sum(
            bool(line.strip()) for line in path.read_bytes().split(b"\n")
        )
        for path in folder.rglob("*.json")
        if path.parent != folder
    }
    counted = warehouse.rows("SELECT key, lines, loaded, rejected FROM etl.objects")
    assert {key: (n, loaded, rejected) for key, n, loaded, rejected in counted} == {
        key: (n, n, 0) for key, n in lines.items()
    }
    assert not outcome.quarantined
    assert not [note for note in outcome.notes if "drift" in note]
