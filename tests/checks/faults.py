"""Faults, each with the check that must catch it and the others that have the same cause to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`catches` must not pass and has this severity; `also` may and do fire, for the same cause."""

    name: str
    catches: str
    sql: tuple[str, ...]
    also: tuple[str, ...] = ()
    severity: str = "block"


ONE = "WHERE item_in_session = 4"
LAST = "WHERE item_in_session = 28"
USER = """INSERT INTO users (user_id, first_name, last_name, gender, level, last_seen_at,
    last_session_id, last_item_in_session)
SELECT {user}, first_name, last_name, gender, level, last_seen_at, last_session_id,
    last_item_in_session FROM users WHERE user_id = '9'"""

RUN = (
    Fault(
        "a play is doubled",
        "songplays_are_unique",
        (f"INSERT INTO songplays SELECT * FROM songplays {ONE}",),
        ("plays_equal_staged",),
    ),
    Fault(
        "a play is lost",
        "plays_equal_staged",
        (f"DELETE FROM songplays {ONE}",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "a play is invented",
        "songplays_equal_their_events",
        (f"UPDATE songplays SET session_id = 7 {ONE}",),
        ("songplay_ids_name_their_play",),
    ),
    Fault(
        "a play has no id",
        "songplays_have_their_key",
        (f"UPDATE songplays SET songplay_id = NULL {ONE}",),
    ),
    Fault(
        "a play has no user",
        "songplays_have_their_key",
        (f"UPDATE songplays SET user_id = NULL {ONE}",),
        ("songplays_equal_their_events", "songplays_have_their_user"),
    ),
    Fault(
        "an orphan play: its user is missing",
        "songplays_have_their_user",
        ("DELETE FROM users WHERE user_id = '9'",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "an orphan user: nobody who played",
        "tables_equal_their_source",
        (USER.format(user="'404'"),),
    ),
    Fault(
        "the clock is shifted by an hour",
        "start_times_were_staged",
        ("UPDATE songplays SET start_time = DATEADD(hour, 1, start_time)",),
        (
            "songplays_equal_their_events",
            "songplay_ids_name_their_play",
            "songplays_have_their_time",
            "users_are_as_of_their_latest_play",
        ),
    ),
    Fault(
        "the clock of one play is shifted by a second",
        "songplay_ids_name_their_play",
        (f"UPDATE songplays SET start_time = DATEADD(second, 1, start_time) {ONE}",),
        ("songplays_equal_their_events", "songplays_have_their_time"),
    ),
    Fault(
        "a play has the wrong level",
        "songplays_equal_their_events",
        (f"UPDATE songplays SET level = 'paid' {ONE}",),
    ),
    Fault(
        "a play has an unknown level",
        "levels_are_known",
        (f"UPDATE songplays SET level = 'gold' {ONE}",),
        ("songplays_equal_their_events",),
    ),
    Fault(
        "a play's song has an impossible length",
        "songplays_are_possible",
        (f"UPDATE songplays SET song_length = 2000000 {ONE}",),
        (
            "songplays_equal_their_events",
            "songplays_are_plausible",
            "plays_have_the_song_they_name",
        ),
    ),
    Fault(
        "a session counts from below nought",
        "songplays_are_plausible",
        (
            "UPDATE staging_events_json SET sessionid = -1 WHERE iteminsession = 4",
            f"UPDATE songplays SET session_id = -1, songplay_id = MD5(CAST(DATEDIFF(ms, "
            f"TIMESTAMP '1970-01-01 00:00:00', start_time) AS VARCHAR(20)) || '|8|-1|4') {ONE}",
        ),
        severity="warn",
    ),
    Fault(
        "a play has another song than it names",
        "plays_have_the_song_they_name",
        (f"UPDATE songplays SET song_id = 'SO4', artist_id = 'AR3' {ONE}",),
        ("matched_songs_exist",),
    ),
    Fault(
        "a play missed its song",
        "plays_have_the_song_they_name",
        (f"UPDATE songplays SET song_id = NULL, artist_id = NULL {ONE}",),
    ),
    Fault(
        "the songs are lost",
        "matched_songs_exist",
        ("DELETE FROM songs",),
        ("plays_have_the_song_they_name", "tables_equal_their_source"),
    ),
    Fault(
        "the artists are lost",
        "matched_artists_exist",
        ("DELETE FROM artists",),
        ("songs_have_their_artist", "tables_equal_their_source"),
    ),
    Fault(
        "a song's artist is another",
        "songs_have_their_artist",
        ("UPDATE songs SET artist_id = 'AR4'",),
        ("plays_have_the_song_they_name",),
    ),
    Fault(
        "a user is doubled",
        "users_are_unique",
        (USER.format(user="'9'"),),
        ("tables_equal_their_source",),
    ),
    Fault(
        "a user has no id",
        "users_have_their_key",
        ("UPDATE users SET user_id = NULL WHERE user_id = '9'",),
        ("songplays_have_their_user",),
    ),
    Fault(
        "a user was never seen",
        "users_have_their_key",
        ("UPDATE users SET last_seen_at = NULL WHERE user_id = '9'",),
    ),
    Fault(
        "a user has the wrong level",
        "users_are_as_of_their_latest_play",
        ("UPDATE users SET level = 'paid' WHERE user_id = '8'",),
    ),
    Fault(
        "a user is as of an early play",
        "users_are_as_of_their_latest_play",
        ("UPDATE users SET last_seen_at = DATEADD(minute, -20, last_seen_at) WHERE user_id = '8'",),
    ),
    Fault(
        "a user has an unknown level",
        "user_levels_are_known",
        ("UPDATE users SET level = 'gold' WHERE user_id = '8'",),
        ("users_are_as_of_their_latest_play",),
    ),
    Fault(
        "a user has an unknown gender",
        "users_are_plausible",
        ("UPDATE users SET gender = 'X' WHERE user_id = '8'",),
        severity="warn",
    ),
    Fault(
        "a time is doubled",
        "time_are_unique",
        ("INSERT INTO time SELECT * FROM time WHERE start_time < '2018-11-02 10:01:00'",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "a time is missing",
        "songplays_have_their_time",
        ("DELETE FROM time WHERE start_time < '2018-11-02 10:01:00'",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "a time is nought",
        "time_have_their_key",
        ("UPDATE time SET start_time = NULL WHERE start_time < '2018-11-02 10:01:00'",),
        ("songplays_have_their_time",),
    ),
    Fault(
        "the hours are of another zone",
        "times_say_their_moment",
        ("UPDATE time SET hour = hour - 8",),
    ),
    Fault(
        "the weekdays count from Monday",
        "times_say_their_moment",
        ("UPDATE time SET weekday = weekday - 1",),
    ),
    Fault(
        "a song is doubled",
        "songs_are_unique",
        ("INSERT INTO songs SELECT * FROM songs",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "a song has no title",
        "songs_have_their_key",
        ("UPDATE songs SET title = NULL",),
        ("plays_have_the_song_they_name",),
    ),
    Fault(
        "a song is of an impossible year",
        "songs_are_possible",
        ("UPDATE songs SET year = 20188",),
        ("songs_are_plausible",),
    ),
    Fault(
        "a song is of 1066",
        "songs_are_plausible",
        ("UPDATE songs SET year = 1066",),
        severity="warn",
    ),
    Fault(
        "an artist is doubled",
        "artists_are_unique",
        ("INSERT INTO artists SELECT * FROM artists",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "an artist has no id",
        "artists_have_their_key",
        ("UPDATE artists SET artist_id = NULL",),
        ("matched_artists_exist", "songs_have_their_artist"),
    ),
    Fault(
        "an artist is beyond the pole",
        "artists_are_possible",
        ("UPDATE artists SET latitude = 91",),
    ),
    Fault(
        "a staged object is doubled",
        "rows_equal_loaded",
        ("INSERT INTO staging_events_json SELECT * FROM staging_events_json",),
    ),
    Fault(
        "a staged song object is lost",
        "rows_equal_loaded",
        ("DELETE FROM staging_songs_json",),
        ("tables_equal_their_source",),
    ),
    Fault(
        "lines are not accounted for",
        "lines_are_accounted_for",
        ("UPDATE loads SET lines = lines + 1 WHERE source = 'events'",),
    ),
    Fault(
        "an object of the batch was never staged",
        "lines_are_accounted_for",
        ("DELETE FROM loads WHERE source = 'songs'",),
        ("rows_equal_loaded",),
    ),
    Fault(
        "a column was dropped",
        "schema_is_as_declared",
        ("ALTER TABLE sparkify.songplays DROP COLUMN user_agent CASCADE",),
    ),
    Fault(
        "a column was added",
        "schema_is_as_declared",
        ("ALTER TABLE sparkify.users ADD COLUMN email VARCHAR(256)",),
    ),
    Fault(
        "a table was dropped",
        "schema_is_as_declared",
        ("DROP TABLE sparkify.time CASCADE",),
    ),
)

MERGED = (
    Fault(
        "a published play is doubled",
        "songplays_stay_unique",
        (
            "INSERT INTO sparkify.songplays SELECT * FROM sparkify.songplays WHERE start_time >= '2018-11-02' AND item_in_session = 4",
        ),
    ),
    Fault(
        "publish lost a play",
        "built_rows_are_published",
        (
            "DELETE FROM sparkify.songplays WHERE start_time >= '2018-11-02' AND item_in_session = 4",
        ),
    ),
    Fault(
        "somebody removed a user",
        "songplays_keep_their_user",
        ("DELETE FROM sparkify.users WHERE user_id = '8'",),
        ("built_rows_are_published",),
    ),
    Fault(
        "somebody removed times",
        "songplays_keep_their_time",
        ("DELETE FROM sparkify.time WHERE start_time >= '2018-11-02'",),
        ("built_rows_are_published",),
    ),
    Fault(
        "somebody removed a song",
        "matched_songs_stay",
        ("DELETE FROM sparkify.songs WHERE song_id = 'SO3'",),
        ("built_rows_are_published",),
    ),
    Fault(
        "somebody removed an artist",
        "matched_artists_stay",
        ("DELETE FROM sparkify.artists WHERE artist_id = 'AR3'",),
    ),
    Fault(
        "a published user is doubled",
        "users_stay_unique",
        ("INSERT INTO sparkify.users SELECT * FROM sparkify.users",),
    ),
    Fault(
        "a published time is doubled",
        "time_stay_unique",
        ("INSERT INTO sparkify.time SELECT * FROM sparkify.time WHERE start_time >= '2018-11-02'",),
    ),
    Fault(
        "a published song is doubled",
        "songs_stay_unique",
        ("INSERT INTO sparkify.songs SELECT * FROM sparkify.songs",),
    ),
    Fault(
        "a published artist is doubled",
        "artists_stay_unique",
        ("INSERT INTO sparkify.artists SELECT * FROM sparkify.artists",),
    ),
    Fault(
        "plays no longer find their songs",
        "plays_find_their_songs",
        (
            "UPDATE sparkify.songplays SET song_id = NULL, artist_id = NULL WHERE start_time >= '2018-11-02'",
        ),
        severity="warn",
    ),
)

WAREHOUSE = (
    Fault(
        "the published clock is shifted",
        "songplay_ids_name_their_play",
        ("UPDATE sparkify.songplays SET start_time = DATEADD(minute, 5, start_time)",),
        ("songplays_have_their_time", "users_are_as_of_their_latest_play"),
    ),
    Fault(
        "an artist has no song left",
        "artists_have_their_song",
        ("DELETE FROM sparkify.songs WHERE song_id = 'SO2'",),
    ),
    Fault(
        "one object is published twice",
        "objects_are_published_once",
        (
            "INSERT INTO etl.objects SELECT * FROM etl.objects WHERE source = 'events' AND status = 'published'",
        ),
    ),
    Fault(
        "a reject was not kept",
        "objects_add_up",
        (
            "UPDATE etl.objects SET loaded = loaded - 1, rejected = 1 WHERE source = 'events' AND status = 'published'",
        ),
    ),
)

# Four weeks of an hour in which a thousand events are usual, more or less, each day by a run of its own.
HISTORY = (
    """INSERT INTO etl.runs (run_id, flow, status, started_at)
    SELECT 'judged', 'sparkify-hourly', 'running', GETDATE()
    UNION ALL SELECT 'before', 'sparkify-hourly', 'published', GETDATE()""",
    *(
        f"""INSERT INTO etl.objects (source, key, etag, size, last_modified, status, lines, loaded,
            rejected, run_id, seen_at)
        VALUES ('events', 'log_data/2018/10/{day:02}/2018-10-{day:02}-10-events.json', 'e', 1,
            '2018-10-01', 'published', {1000 + day % 7}, {1000 + day % 7}, 0, 'before', GETDATE())"""
        for day in range(1, 32)
    ),
)


def hour(*events: int) -> tuple[str, ...]:
    """The history, and the objects of the judged hour with so many events each."""
    return HISTORY + tuple(
        f"""INSERT INTO etl.objects (source, key, etag, size, last_modified, status, lines, loaded,
            rejected, run_id, seen_at)
        VALUES ('events', 'log_data/2018/11/02/2018-11-02-10-events-{n}.json', 'e', 1,
            '2018-11-02', 'published', {count}, {count}, 0, 'judged', GETDATE())"""
        for n, count in enumerate(events)
    )


VOLUME = "hours_have_their_usual_volume"
HOUR = (
    Fault("the hour is half empty", VOLUME, hour(500), severity="warn"),
    Fault("an object came twice", VOLUME, hour(1001, 1001), severity="warn"),
    Fault("the hour's object is missing", VOLUME, hour(), severity="warn"),
    Fault(
        "the plays are stale",
        "plays_are_fresh",
        (*hour(1003), "DELETE FROM sparkify.songplays WHERE start_time >= '2018-11-01'"),
        severity="warn",
    ),
)
