-- A play is not from before 2005, and its song is not of an impossible length.
-- Severity: block    Scope: run, warehouse    About: songplays
-- If it fails: staging let an impossible value pass; see the rules in sql/rules.py.
SELECT songplay_id, start_time, song_length
FROM songplays
WHERE
    start_time >= :lo AND start_time < :hi
    AND (start_time < '2005-01-01' OR NOT song_length BETWEEN 0 AND 1000000)
