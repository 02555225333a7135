from decimal import Decimal

COLUMNS = "song_id, title, artist_id, year, duration"
MATCHES = "SELECT song_id FROM sparkify.songplays ORDER BY start_time"
PLAY = """
    ts
    2018-11-01 10:00
"""


def test_a_song_is_one_row_with_exact_numbers(warehouse):
    warehouse.put_songs("""
        song_id | title | artist_id | year | duration  | artist_latitude | artist_longitude
        SO1     | 4.60  | AR1       | 0    | 152.92036 | 51.50632        | -0.12714
    """)
    warehouse.hourly()
    assert warehouse.rows(
        f"SELECT {COLUMNS}, artist_latitude, artist_longitude FROM sparkify.songs"
    ) == [
        ("SO1", "4.60", "AR1", None, Decimal("152.92036"), Decimal("51.50632"), Decimal("-0.12714"))
    ]


def test_numbers_in_text_keep_their_digits(warehouse):
    warehouse.bucket.put(
        "song_data/A/B/C/TR1.json",
        '{"song_id": "SO1", "title": 4.60, "artist_id": "AR1", "artist_name": 311, "year": 1995}',
    )
    warehouse.hourly()
    assert warehouse.rows("SELECT title, artist_name FROM sparkify.songs") == [("4.60", "311")]


def test_a_song_that_arrives_after_its_plays_resolves_them(warehouse):
    warehouse.load(PLAY)
    assert warehouse.rows(MATCHES) == [(None,)]
    warehouse.put_songs("""
        song_id
        SO1
    """)
    outcome = warehouse.hourly()
    assert warehouse.rows(MATCHES) == [("SO1",)]
    assert outcome.tables["songplays"] == {"inserted": 0, "updated": 1, "deleted": 0}


def test_a_corrected_title_unmatches_its_plays(warehouse):
    warehouse.put_songs("""
        song_id
        SO1
    """)
    warehouse.load(PLAY)
    assert warehouse.rows(MATCHES) == [("SO1",)]
    warehouse.put_songs("""
        song_id | title
        SO1     | You Gotta Be (live)
    """)
    warehouse.hourly()
    assert warehouse.rows(MATCHES) == [(None,)]


def test_a_corrected_duration_rematches_to_the_next_song(warehouse):
    warehouse.put_songs("""
        song_id | artist_id
        SO1     | AR1
        SO2     | AR2
    """)
    warehouse.load(PLAY)
    warehouse.put_songs("""
        song_id | duration
        SO1     | 1.5
    """)
    warehouse.hourly()
    assert warehouse.rows(MATCHES) == [("SO2",)]


def test_a_trailing_blank_is_a_correction_too(warehouse):
    warehouse.put_songs("""
        song_id | artist_location
        SO1     | 'London'
    """)
    warehouse.hourly()
    warehouse.put_songs("""
        song_id | artist_location
        SO1     | 'London '
    """)
    warehouse.hourly()
    assert warehouse.value("SELECT artist_location || '.' FROM sparkify.songs") == "London ."
    assert warehouse.value("SELECT location || '.' FROM sparkify.artists") == "London ."


def test_loading_twice_changes_nothing(warehouse):
    warehouse.put_songs("""
        song_id
        SO1
        SO2
    """)
    warehouse.hourly()
    before = warehouse.tables()
    assert warehouse.hourly() is None
    assert warehouse.tables() == before
