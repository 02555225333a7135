-- No play starts before the first or after the last event that was staged.
-- Severity: block    Scope: run    About: staging
-- If it fails: ts was turned into another time than its own; see sql/staging/staging_events.sql.
WITH staged AS (
    SELECT MIN(start_time) AS first_time, MAX(start_time) AS last_time
    FROM staging_events
)
SELECT p.songplay_id, p.start_time, s.first_time, s.last_time
FROM songplays AS p
CROSS JOIN staged AS s
WHERE p.start_time < s.first_time OR p.start_time > s.last_time OR s.first_time IS NULL
