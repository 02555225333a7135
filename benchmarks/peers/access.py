"""How a peer reaches the same S3 and the same PostgreSQL, and what it has loaded there."""

from __future__ import annotations

from typing import Any

FACT = """
SELECT COUNT(*), COUNT(song_id), MD5(STRING_AGG(MD5(
    EXTRACT(epoch FROM start_time) || '|' || user_id || '|' || session_id || '|' || item_in_session
    || '|' || COALESCE(song_id, '')), '' ORDER BY start_time, user_id, session_id, item_in_session))
FROM {schema}.songplays
"""


def access() -> dict[str, str]:
    """What a peer's process is told."""
    from embedded import home, postgres, s3

    to = s3.access()
    return {
        "endpoint": to.endpoint,
        "key": to.access_key_id,
        "secret": to.secret_access_key,
        "region": to.region,
        "bucket": home.BUCKET,
        "postgres": postgres.url(),
    }


def fact_of(schema: str) -> dict[str, Any]:
    """The plays of a peer's fact: how many, how many of them found a song, and a digest of their keys."""
    from embedded import postgres

    connection = postgres.connect(postgres.DEFAULT_DATABASE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(FACT.format(schema=schema))
            plays, matched, digest = cursor.fetchone() or (0, 0, "")
    finally:
        connection.close()
    return {"plays": plays, "matched": matched, "digest": digest}
