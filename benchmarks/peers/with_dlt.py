"""The dlt peer: its filesystem source with merge, then the same SQL for the star schema."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.peers.access import access
from benchmarks.peers.environments import DLT, python_of
from benchmarks.peers.star_schema import TABLES, build, create_views

SCRIPT = Path(__file__).with_name("dlt_script.py")
SCHEMA = "peer_dlt"
VIEWS = (
    f"CREATE SCHEMA {SCHEMA}",
    f"""CREATE VIEW {SCHEMA}.staging_events_parts AS
    SELECT artist, auth, first_name AS firstname, gender,
        CAST(item_in_session AS INTEGER) AS iteminsession, last_name AS lastname, length, level,
        location, method, page, registration, session_id AS sessionid, song, status, ts,
        user_agent AS useragent, user_id AS userid
    FROM peer_raw.events""",
    f"""CREATE VIEW {SCHEMA}.staging_songs_parts AS
    SELECT song_id, title, artist_id, CAST(year AS INTEGER) AS year, duration, artist_name,
        artist_location, artist_latitude, artist_longitude, song_id AS object_key,
        GETDATE() AS object_modified, 1 AS object_line
    FROM peer_raw.songs""",
    f"SET search_path TO {SCHEMA}",
)


def run_dlt(environments: Path, load_files: str = "") -> dict[str, Any]:
    """Seconds of dlt's own steps, of staging as a whole, and of the star schema after it."""
    python = python_of(DLT, environments)
    with tempfile.TemporaryDirectory() as folder:
        given = access() | {"folder": folder, "format": load_files}
        command = [str(python), str(SCRIPT), json.dumps(given)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    steps = json.loads(done.stdout.splitlines()[-1])
    staging = sum(steps.values())
    began = time.perf_counter()
    _star()
    star = time.perf_counter() - began
    return {"whole": staging + star, "staging": staging, "steps": steps | {"star": star}}


def _star() -> None:
    import embedded
    from embedded import postgres

    with embedded.connect(**postgres.connect_arguments()) as connection:
        with connection.cursor() as cursor:
            for statement in VIEWS:
                cursor.execute(statement)
            create_views(cursor, SCHEMA)
            for table in TABLES:
                build(cursor, SCHEMA, table)
        connection.commit()
