-- A play's id is the MD5 of its time, user, session and place in the session.
-- Severity: block    Scope: run, warehouse    About: songplays
-- If it fails: the id or one of these columns was changed; load the days again with --only all.
SELECT songplay_id, start_time, user_id, session_id, item_in_session
FROM songplays
WHERE
    start_time >= :lo AND start_time < :hi
    AND songplay_id <> MD5(
        CAST(DATEDIFF(ms, TIMESTAMP '1970-01-01 00:00:00', start_time) AS VARCHAR(20)) || '|'
        || user_id || '|' || CAST(session_id AS VARCHAR(20)) || '|'
        || CAST(item_in_session AS VARCHAR(12))
    )
