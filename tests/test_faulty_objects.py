"""Objects that a COPY cannot take as they lie: what becomes of them, and what the operator is told."""

import gzip
import json

import pytest
from tables import events, ndjson

from tasks import bundle, culprits

HOUR = "log_data/2018/11/01/2018-11-01-10-events"
LEDGER = "SELECT key, status, lines, loaded, rejected FROM etl.objects ORDER BY key"
REASONS = "SELECT reason FROM etl.objects WHERE status = 'quarantined' ORDER BY key"
KEPT = "SELECT key, COUNT(*) FROM etl.rejected_records GROUP BY key ORDER BY key"
PLAYS = "SELECT COUNT(*) FROM sparkify.songplays"
DRAWN = "ts | userId\n2018-11-01 10:00 | 8"


def plays(number, count):
    """So many plays of a session, a record each."""
    [event] = events(DRAWN)
    return [event | {"sessionId": number, "itemInSession": item} for item in range(count)]


def with_garbage(records, count):
    """Records with so many lines of garbage among them."""
    return b"\n".join([ndjson(records), *[b"nonsense"] * count])


def test_more_bad_lines_than_one_copy_may_skip_are_rejected_and_the_rest_is_loaded(
    warehouse, monkeypatch
):
    monkeypatch.setattr(culprits, "MAXERROR", 25)
    keys = [f"{HOUR}-{n}.json" for n in range(5)]
    for n, key in enumerate(keys):
        warehouse.bucket.put(key, with_garbage(plays(n, 3), 9))
    outcome = warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(key, "published", 12, 3, 9) for key in keys]
    assert warehouse.rows(KEPT) == [(key, 9) for key in keys]
    assert warehouse.value(PLAYS) == 15
    assert outcome.quarantined == []


def test_an_object_with_more_bad_lines_than_a_copy_may_skip_is_quarantined_with_the_first(
    warehouse, monkeypatch
):
    monkeypatch.setattr(culprits, "MAXERROR", 25)
    warehouse.bucket.put(f"{HOUR}-1.json", with_garbage(plays(1, 3), 40))
    warehouse.bucket.put(f"{HOUR}-2.json", with_garbage(plays(2, 3), 9))
    warehouse.hourly()
    assert [row[1] for row in warehouse.rows(LEDGER)] == ["quarantined", "published"]
    [[reason]] = warehouse.rows(REASONS)
    assert reason.startswith("25 or more of its lines are rejected")
    kept = dict(warehouse.rows(KEPT))
    assert kept[f"{HOUR}-2.json"] == 9
    assert 0 < kept[f"{HOUR}-1.json"] <= 40
    assert warehouse.rows("SELECT DISTINCT raw_text FROM etl.rejected_records") == [("nonsense",)]


def test_songs_with_more_bad_lines_than_one_copy_may_skip_do_not_fail_the_run(
    warehouse, monkeypatch
):
    monkeypatch.setattr(culprits, "MAXERROR", 25)
    monkeypatch.setattr(bundle, "LINES_PER_BUNDLE", 10)
    for n in range(4):
        good = {"song_id": f"SO{n}", "title": "A", "artist_id": "AR1"}
        bad = [good | {"title": "x" * 2000}] * 9
        warehouse.bucket.put(f"song_data/A/A/A/TR{n}.json", ndjson([good, *bad]))
    warehouse.hourly()
    assert [row[1:] for row in warehouse.rows(LEDGER)] == [("published", 10, 1, 9)] * 4
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songs") == 4


def test_the_rejects_of_an_object_over_its_tolerance_are_kept_up_to_a_number(warehouse):
    warehouse.bucket.put(HOUR + ".json", with_garbage(plays(1, 1), 150))
    [waiting] = warehouse.hourly().quarantined
    assert waiting["reason"] == (
        "150 of 151 lines were rejected; the first 100 are kept in etl.rejected_records"
    )
    assert warehouse.rows(KEPT) == [(HOUR + ".json", 100)]


def test_the_rejects_of_a_quarantined_object_are_replaced_when_it_is_tried_again(warehouse):
    from tasks.windows import Window, parse_moment

    warehouse.bucket.put(HOUR + ".json", with_garbage(plays(1, 1), 20))
    warehouse.hourly()
    warehouse.backfill(Window(parse_moment("2018-11-01"), parse_moment("2018-11-02")), "failed")
    assert warehouse.rows(KEPT) == [(HOUR + ".json", 20)]


@pytest.mark.parametrize(
    "folder", ["/".join(["x" * 150] * 2), "ä" * 100, "a b"], ids=["long", "letters", "blank"]
)
@pytest.mark.parametrize("suffix", [".json", ".csv.gz"])
def test_a_key_that_redshift_cannot_show_is_loaded_as_any_other(warehouse, folder, suffix):
    key = f"log_data/2018/11/01/{folder}/2018-11-01-10-events{suffix}"
    body = with_garbage(plays(1, 2), 1)
    if suffix == ".csv.gz":
        names = ("ts", "page", "userId", "sessionId", "itemInSession", "level")
        lines = [",".join(str(play[name]) for name in names) for play in plays(1, 2)]
        body = gzip.compress("\n".join([",".join(names), *lines, "soon,,,,,"]).encode())
    warehouse.bucket.put(key, body)
    warehouse.bucket.put(f"log_data/2018/11/01/{folder}/2018-11-01-10-events-2.json", b"{}\n" * 11)
    warehouse.hourly()
    assert (key, "published", 3, 2, 1) in warehouse.rows(LEDGER)
    assert warehouse.rows(REASONS) == [
        ("no record has the key ts, page, userId, sessionId, itemInSession",)
    ]
    assert warehouse.value(PLAYS) == 2
    assert warehouse.rows("SELECT key FROM etl.rejected_records") == [(key,)]


@pytest.mark.parametrize(
    ("suffix", "body", "reason"),
    [
        (".json.gz", gzip.compress(ndjson(plays(1, 9)))[:-20], "the gzip stream ends early, after"),
        (".csv.gz", gzip.compress(b"ts,page\n1,A" * 99)[:-4], "the header lacks"),
        (".json.gz", b"no gzip", "the object is no gzip"),
        (
            ".json.gz",
            gzip.compress(ndjson(plays(1, 9)), 0)[:-8] + b"\xff" * 8,
            "the gzip stream is broken after",
        ),
        (
            ".json",
            json.dumps({"a": "x" * 5_000_000}).encode(),
            "line 1 is larger than the 4 MB that COPY takes",
        ),
    ],
    ids=["cut", "cut header", "no gzip", "broken", "long line"],
)
def test_the_reason_says_what_is_wrong_with_an_object(warehouse, suffix, body, reason):
    warehouse.bucket.put(HOUR + suffix, body)
    warehouse.hourly()
    [[told]] = warehouse.rows(REASONS)
    assert told.startswith(reason)


def test_a_line_of_a_song_object_that_is_no_record_is_rejected_beside_the_others(warehouse):
    song = {"song_id": "SO1", "title": "A", "artist_id": "AR1"}
    lines = [
        json.dumps(song).encode(),
        b"nonsense",
        json.dumps(song | {"title": "a\x00b"}).encode(),
        b'{"song_id": "SO2", "title": "\xfc", "artist_id": "AR1"}',
        json.dumps(song | {"song_id": "SO3"}).encode() * 2,
        json.dumps(song | {"song_id": "SO4"}, indent=1).encode(),
    ]
    warehouse.bucket.put("song_data/A/B/C/TR1.json", b"\n".join(lines))
    warehouse.hourly()
    assert [row[1:] for row in warehouse.rows(LEDGER)] == [("published", 7, 4, 3)]
    assert warehouse.rows("SELECT song_id FROM sparkify.songs ORDER BY 1") == [
        ("SO1",),
        ("SO3",),
        ("SO4",),
    ]
    kept = "SELECT line_number, reason FROM etl.rejected_records ORDER BY 1"
    assert warehouse.rows(kept) == [
        (2, "the record is not a JSON object"),
        (3, "the record has a NUL in title, where COPY would cut it"),
        (4, "the record is not UTF-8"),
    ]


def test_two_broken_records_on_a_line_of_the_only_object_are_both_rejected(warehouse):
    broken = b'{"ts": "soon", "page": "NextSong"}'
    warehouse.bucket.put(HOUR + ".json", ndjson(plays(1, 3)) + b"\n" + broken * 2)
    warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(HOUR + ".json", "published", 5, 3, 2)]
    kept = "SELECT line_number, raw_text FROM etl.rejected_records"
    assert warehouse.rows(kept) == [(4, (broken * 2).decode())] * 2


@pytest.mark.parametrize("level", ["\u00a0", "\u2003", "free\u00a0", "\u00a0free", "\t"])
def test_blanks_that_are_none_to_redshift_do_not_make_an_object_unaccountable(warehouse, level):
    good, odd = plays(1, 2)
    warehouse.bucket.put(HOUR + ".json", ndjson([good, odd | {"level": level}]))
    warehouse.hourly()
    rejected = 0 if level == "\t" else 1
    assert warehouse.rows(LEDGER) == [(HOUR + ".json", "published", 2, 2 - rejected, rejected)]
