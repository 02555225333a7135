"""What the course's script does, as people write it, run in an environment of its own.

A file after the other into a data frame, a row after the other into the tables, a commit for each file.
It reads from S3 what the course's reads from a folder; its songs have an index for the look-up that the
course's have not, and its plays a key, so that what is logged twice counts once.
"""

from __future__ import annotations

import io
import json
import sys
import time
from typing import Any

import boto3
import pandas as pd
import psycopg2

TABLES = """
CREATE SCHEMA peer_course;
CREATE TABLE peer_course.songs (song_id VARCHAR PRIMARY KEY, title VARCHAR, artist_id VARCHAR,
    year INT, duration NUMERIC, artist_name VARCHAR);
CREATE INDEX ON peer_course.songs (title);
CREATE TABLE peer_course.artists (artist_id VARCHAR PRIMARY KEY, name VARCHAR, location VARCHAR,
    latitude FLOAT, longitude FLOAT);
CREATE TABLE peer_course.users (user_id VARCHAR PRIMARY KEY, first_name VARCHAR, last_name VARCHAR,
    gender VARCHAR, level VARCHAR);
CREATE TABLE peer_course.time (start_time TIMESTAMP PRIMARY KEY, hour INT, day INT, week INT,
    month INT, year INT, weekday INT);
CREATE TABLE peer_course.songplays (start_time TIMESTAMP, user_id VARCHAR, level VARCHAR,
    song_id VARCHAR, artist_id VARCHAR, session_id BIGINT, item_in_session INT, location VARCHAR,
    user_agent VARCHAR, PRIMARY KEY (start_time, user_id, session_id, item_in_session));
SET search_path = peer_course;
"""
SONG = "INSERT INTO songs VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
ARTIST = "INSERT INTO artists VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
TIME = "INSERT INTO time VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
USER = """INSERT INTO users VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (user_id) DO UPDATE SET level = EXCLUDED.level"""
FIND = """SELECT song_id, artist_id FROM songs
    WHERE title = %s AND artist_name = %s AND duration = %s ORDER BY song_id LIMIT 1"""
PLAY = "INSERT INTO songplays VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"


def main() -> None:
    """Songs, then logs, as the course has it."""
    given = json.loads(sys.argv[1])
    s3 = boto3.client(
        "s3",
        endpoint_url=given["endpoint"],
        aws_access_key_id=given["key"],
        aws_secret_access_key=given["secret"],
        region_name=given["region"],
    )
    connection = psycopg2.connect(given["postgres"])
    cursor = connection.cursor()
    cursor.execute(TABLES)
    steps = {}
    for step, prefix, load in (("songs", "song_data/", load_song), ("logs", "log_data/", load_log)):
        began = time.perf_counter()
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=given["bucket"], Prefix=prefix)
        for key in sorted(entry["Key"] for page in pages for entry in page.get("Contents", ())):
            body = s3.get_object(Bucket=given["bucket"], Key=key)["Body"].read()
            load(cursor, pd.read_json(io.BytesIO(body), lines=True))
            connection.commit()
        steps[step] = round(time.perf_counter() - began, 3)
    print(json.dumps(steps))


def load_song(cursor: Any, frame: Any) -> None:
    """The song of a file, and its artist."""
    song = ["song_id", "title", "artist_id", "year", "duration", "artist_name"]
    cursor.execute(SONG, frame[song].values[0].tolist())
    artist = ["artist_id", "artist_name", "artist_location", "artist_latitude", "artist_longitude"]
    cursor.execute(ARTIST, frame[artist].values[0].tolist())


def load_log(cursor: Any, frame: Any) -> None:
    """The times, the users and the plays of a file."""
    plays = frame[frame["page"] == "NextSong"].copy()
    plays["start"] = pd.to_datetime(plays["ts"], unit="ms")
    for start in plays["start"]:
        week = start.isocalendar()[1]
        parts = (start.hour, start.day, week, start.month, start.year, start.weekday())
        cursor.execute(TIME, (start, *parts))
    for _, row in plays[["userId", "firstName", "lastName", "gender", "level"]].iterrows():
        cursor.execute(USER, row.astype(str).tolist())
    for _, row in plays.iterrows():
        cursor.execute(FIND, (row.song, row.artist, row.length))
        song, artist = cursor.fetchone() or (None, None)
        who = (row.start, str(row.userId), row.level, song, artist)
        cursor.execute(PLAY, (*who, row.sessionId, row.itemInSession, row.location, row.userAgent))


if __name__ == "__main__":
    main()
