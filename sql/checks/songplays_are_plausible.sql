-- A play has a level, a song of at most ten hours, and numbers that count up from nought.
-- Severity: warn    Scope: run, warehouse    About: songplays
-- If it fails: the producer has changed what it logs; show it these rows.
SELECT songplay_id, start_time, level, session_id, item_in_session, song_title, song_length
FROM songplays
WHERE
    start_time >= :lo AND start_time < :hi
    AND (
        level IS NULL
        OR song_title IS NULL
        OR song_length <= 0
        OR song_length > 36000
        OR session_id < 0
        OR item_in_session < 0
    )
