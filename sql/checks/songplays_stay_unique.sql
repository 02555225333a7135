-- Each play is there once after the run's plays are merged.
-- Severity: block    Scope: merged
-- If it fails: publish met a play that it did not recognise; compare the rows in sparkify.songplays.
SELECT p.songplay_id, COUNT(*) AS times
FROM sparkify.songplays AS p
WHERE p.start_time >= :lo AND p.start_time < :hi
GROUP BY p.songplay_id
HAVING COUNT(*) > 1
