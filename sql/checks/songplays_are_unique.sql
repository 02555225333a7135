-- Each play is there once.
-- Severity: block    Scope: run, warehouse    About: songplays
-- If it fails: the same event reached the run twice under one key; compare its rows in staging_events.
SELECT songplay_id, COUNT(*) AS times
FROM songplays
WHERE start_time >= :lo AND start_time < :hi
GROUP BY songplay_id
HAVING COUNT(*) > 1
