from datetime import datetime
from decimal import Decimal


def test_a_play_keeps_every_word_of_its_event(warehouse):
    warehouse.load("""
        ts            | userId | sessionId | itemInSession | song  | artist | length   | level | location | userAgent
        1541106106796 | 8      | 139       | 1             | Bjö_k | 311    | 246.30812 | paid | Phoenix  | "M, 5.0"
    """)
    assert warehouse.rows("SELECT * FROM sparkify.songplays") == [
        (
            "7cb7d09b2bc0aa6bfd27e18fd4875f5e",
            datetime(2018, 11, 1, 21, 1, 46, 796000),
            "8",
            "paid",
            None,
            None,
            139,
            1,
            "Phoenix",
            '"M, 5.0"',
            "Bjö_k",
            "311",
            Decimal("246.30812"),
        )
    ]


def test_only_songs_that_a_user_plays_are_plays(warehouse):
    warehouse.load("""
        ts               | userId | page
        2018-11-01 10:00 | 8      | NextSong
        2018-11-01 10:01 | 8      | Home
        2018-11-01 10:02 | '  '   | NextSong
        2018-11-01 10:03 | -      | NextSong
    """)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1


def test_copies_of_an_event_are_one_play(warehouse):
    warehouse.load("""
        ts               | userId | sessionId | itemInSession
        2018-11-01 10:00 | 8      | 1         | 1
        2018-11-01 10:00 | 8      | 1         | 1
        2018-11-01 10:00 | 8      | 1         | 2
        2018-11-01 10:00 | 9      | 1         | 1
    """)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 3


def test_a_play_without_a_song_in_the_song_data_is_kept(warehouse):
    warehouse.put_songs("""
        song_id | title        | artist_name | duration
        SO1     | You Gotta Be | Des'ree     | 246.30812
    """)
    warehouse.load("""
        ts               | song         | artist  | length
        2018-11-01 10:00 | You Gotta Be | Des'ree | 246.30812
        2018-11-01 10:01 | You Gotta Be | Des'ree | 246.30813
        2018-11-01 10:02 | You Gotta Be | Other   | 246.30812
        2018-11-01 10:03 | -            | -       | -
    """)
    assert warehouse.rows(
        "SELECT song_id, artist_id FROM sparkify.songplays ORDER BY start_time"
    ) == [
        ("SO1", "AR1"),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_of_several_songs_that_match_the_smallest_id_counts(warehouse):
    warehouse.put_songs("""
        song_id | artist_id
        SO9     | AR1
        SO10    | AR2
        SO2     | AR3
    """)
    warehouse.load("""
        ts
        2018-11-01 10:00
    """)
    assert warehouse.rows("SELECT song_id, artist_id FROM sparkify.songplays") == [("SO10", "AR2")]


def test_lengths_are_exact_to_five_decimals(warehouse):
    lengths = ["0.00001", "152.92036", "239.3073", "277.15873", "999999.99999", "0"]
    drawn = "\n".join(
        ["ts | length"] + [f"2018-11-01 10:0{n} | {length}" for n, length in enumerate(lengths)]
    )
    warehouse.load(drawn)
    stored = warehouse.rows("SELECT song_length FROM sparkify.songplays ORDER BY start_time")
    assert [row[0] for row in stored] == [Decimal(length) for length in lengths]


def test_milliseconds_are_exact(warehouse):
    warehouse.load("""
        ts
        1541106106001
        1541106106999
        1293839999999
    """)
    assert warehouse.rows("SELECT start_time FROM sparkify.songplays ORDER BY 1") == [
        (datetime(2010, 12, 31, 23, 59, 59, 999000),),
        (datetime(2018, 11, 1, 21, 1, 46, 1000),),
        (datetime(2018, 11, 1, 21, 1, 46, 999000),),
    ]
