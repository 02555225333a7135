-- There are plays of the last hours before the window's end.
-- Severity: warn    Scope: hourly
-- If it fails: nothing has arrived; ask the producer, and see what python -m flows.gaps says of these hours.
SELECT r.plays, CAST(:fresh_from AS TIMESTAMP) AS none_since, CAST(:window_end AS TIMESTAMP) AS window_end
FROM (
    SELECT COUNT(*) AS plays
    FROM sparkify.songplays
    WHERE start_time >= :fresh_from AND start_time < :window_end
) AS r
WHERE r.plays = 0
