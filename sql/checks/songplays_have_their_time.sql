-- Every play has its row in time.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: time was built from other plays than these.
SELECT p.songplay_id, p.start_time
FROM songplays AS p
LEFT JOIN time AS t ON t.start_time = p.start_time AND t.start_time >= :lo AND t.start_time < :hi
WHERE p.start_time >= :lo AND p.start_time < :hi AND t.start_time IS NULL
