import gzip
import json

from tables import EVENT, events, ndjson

LEDGER = "SELECT key, status, lines, loaded, rejected FROM etl.objects ORDER BY key"
REJECTS = "SELECT key, line_number, column_name, raw_text FROM etl.rejected_records ORDER BY 1, 2"
HOUR = "log_data/2018/11/01/2018-11-01-10-events"
DRAWN = """
    ts               | userId | song
    2018-11-01 10:00 | 8      | Ljósið
    2018-11-01 10:01 | 9      | a, "quoted" one
"""


def csv_of(drawn, columns=None):
    """Drawn events as CSV with a header."""
    import csv
    import io

    out = io.StringIO()
    records = events(drawn)
    writer = csv.DictWriter(out, columns or list(EVENT), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def test_json_and_csv_plain_and_gzipped_load_alike(warehouse):
    bodies = {".json": ndjson(events(DRAWN)), ".csv": csv_of(DRAWN)}
    tables = []
    for suffix, body in bodies.items():
        for packed in (body, gzip.compress(body)):
            key = HOUR + suffix + (".gz" if packed is not body else "")
            warehouse.bucket.put(key, packed)
            warehouse.hourly()
            tables.append(warehouse.tables())
    assert tables[0]["songplays"]
    assert all(table == tables[0] for table in tables)
    assert [row[1:] for row in warehouse.rows(LEDGER)] == [("published", 2, 2, 0)] * 4


def test_csv_columns_come_in_any_order(warehouse):
    columns = list(EVENT)[::-1]
    warehouse.bucket.put(HOUR + ".csv", csv_of(DRAWN, columns))
    warehouse.bucket.put(HOUR + "-0002.csv", csv_of(DRAWN))
    warehouse.hourly()
    assert warehouse.rows("SELECT user_id, song_title FROM sparkify.songplays ORDER BY 1") == [
        ("8", "Ljósið"),
        ("9", 'a, "quoted" one'),
    ]


def test_csv_without_a_required_column_is_quarantined(warehouse):
    warehouse.bucket.put(HOUR + ".csv", csv_of(DRAWN, [name for name in EVENT if name != "ts"]))
    warehouse.put_events(DRAWN)
    outcome = warehouse.hourly()
    assert [(o["key"], o["reason"]) for o in outcome.quarantined] == [
        (HOUR + ".csv", "the header lacks ts")
    ]
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 2


def test_a_broken_record_is_kept_beside_the_healthy_ones(warehouse):
    records = ndjson(events(DRAWN)).split(b"\n")
    broken = b'{"ts": "soon", "page": "NextSong", "sessionId": 1, "itemInSession": 1}'
    warehouse.bucket.put(HOUR + ".json", b"\n".join([records[0], broken, records[1], b"{nonsense"]))
    outcome = warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(HOUR + ".json", "published", 4, 2, 2)]
    assert outcome.sources["events"] == {"objects": 1, "lines": 4, "loaded": 2, "rejected": 2}
    assert [(row[1], row[3]) for row in warehouse.rows(REJECTS)] == [
        (2, broken.decode()),
        (4, "{nonsense"),
    ]


def test_a_record_without_a_required_key_is_rejected(warehouse):
    records = events(DRAWN)
    del records[0]["sessionId"]
    warehouse.bucket.put(HOUR + ".json", ndjson(records))
    warehouse.hourly()
    assert [(row[1], row[2]) for row in warehouse.rows(REJECTS)] == [(1, "sessionid")]


def test_impossible_values_are_rejected_with_line_and_reason(warehouse):
    warehouse.put_events(
        """
        ts               | level | length
        2018-11-01 10:00 | free  | 1.5
        2004-12-31 23:59 | free  | 1.5
        2018-11-01 10:02 | gold  | 1.5
        2018-11-01 10:03 | paid  | -1
        2100-01-01 00:00 | paid  | 1.5
        """,
        HOUR + ".json",
    )
    warehouse.hourly()
    assert [row[1:3] for row in warehouse.rows(REJECTS)] == [
        (2, "ts"),
        (3, "level"),
        (4, "length"),
        (5, "ts"),
    ]
    assert warehouse.rows(LEDGER) == [(HOUR + ".json", "published", 5, 1, 4)]
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1


def test_impossible_values_in_csv_are_found_again(warehouse):
    drawn = """
        ts               | level | song
        2018-11-01 10:00 | free  | one
        2018-11-01 10:01 | gold  | two
    """
    warehouse.bucket.put(HOUR + ".csv", csv_of(drawn))
    warehouse.hourly()
    assert [row[1:3] for row in warehouse.rows(REJECTS)] == [(3, "level")]


def test_an_object_over_its_tolerance_is_quarantined_and_its_rows_stay_out(warehouse):
    bad = b"\n".join([b"nonsense"] * 11 + ndjson(events(DRAWN)).split(b"\n"))
    warehouse.bucket.put(HOUR + "-0001.json", bad)
    warehouse.put_events("ts\n2018-11-01 10:30", HOUR + "-0002.json")
    outcome = warehouse.hourly()
    assert warehouse.rows(LEDGER) == [
        (HOUR + "-0001.json", "quarantined", None, None, None),
        (HOUR + "-0002.json", "published", 1, 1, 0),
    ]
    assert outcome.quarantined[0]["reason"] == "11 of 13 lines were rejected"
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1


def test_a_broken_gzip_is_quarantined_and_the_healthy_ones_are_published(warehouse):
    body = ndjson(events(DRAWN))
    warehouse.bucket.put(HOUR + "-0001.json.gz", gzip.compress(body))
    warehouse.bucket.put(HOUR + "-0002.json.gz", gzip.compress(body)[:-20])
    warehouse.bucket.put(HOUR + "-0003.json.gz", b"this is no gzip")
    warehouse.hourly()
    assert [row[:2] for row in warehouse.rows(LEDGER)] == [
        (HOUR + "-0001.json.gz", "published"),
        (HOUR + "-0002.json.gz", "quarantined"),
        (HOUR + "-0003.json.gz", "quarantined"),
    ]


def test_a_quarantined_object_is_taken_again_when_it_changes(warehouse):
    warehouse.bucket.put(HOUR + ".json.gz", b"this is no gzip")
    assert len(warehouse.hourly().quarantined) == 1
    assert warehouse.hourly() is None
    warehouse.bucket.put(HOUR + ".json.gz", gzip.compress(ndjson(events(DRAWN))))
    assert warehouse.hourly().quarantined == []
    assert warehouse.rows("SELECT status FROM etl.objects ORDER BY status") == [
        ("published",),
        ("superseded",),
    ]


def test_song_objects_with_faults_are_told_apart(warehouse):
    good = {"song_id": "SO1", "title": "A", "artist_id": "AR1"}
    warehouse.bucket.put("song_data/A/A/A/TR1.json", json.dumps(good, indent=2))
    warehouse.bucket.put("song_data/A/A/A/TR2.json", "not json")
    warehouse.bucket.put("song_data/A/A/A/TR3.json", json.dumps(good | {"song_id": ""}))
    warehouse.bucket.put("song_data/A/A/A/TR4.json", json.dumps(good | {"artist_latitude": 91}))
    warehouse.bucket.put("song_data/A/A/A/TR5.json", "")
    warehouse.hourly()
    assert [row[1:] for row in warehouse.rows(LEDGER)] == [
        ("published", 1, 1, 0),
        ("quarantined", None, None, None),
        ("published", 1, 0, 1),
        ("published", 1, 0, 1),
        ("quarantined", None, None, None),
    ]
    assert warehouse.rows("SELECT song_id FROM sparkify.songs") == [("SO1",)]
    assert [row[0][-8:] for row in warehouse.rows(REJECTS)] == ["TR3.json", "TR4.json"]


def test_a_key_may_hold_quotes_blanks_and_unicode(warehouse):
    song = {"song_id": "SO1", "title": "A", "artist_id": "AR1"}
    key = 'song_data/A/B/C/it\'s a "test" -- ä; DROP.json'
    warehouse.bucket.put(key, ndjson([song]))
    warehouse.hourly()
    assert warehouse.rows("SELECT object_key FROM sparkify.songs") == [(key,)]
    assert warehouse.rows(LEDGER) == [(key, "published", 1, 1, 0)]


def test_what_is_no_log_is_left_alone(warehouse):
    warehouse.bucket.put("log_data/2018/11/01/copy of 2018-11-01-10-events.json", b"?")
    warehouse.bucket.put("log_data/2018/11/01/_SUCCESS", b"")
    assert warehouse.hourly() is None
