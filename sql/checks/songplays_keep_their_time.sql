-- Every play of the days that the run touches has its row in time after the merge.
-- Severity: block    Scope: merged
-- If it fails: somebody removed rows of time by hand; load the days again with --only all.
SELECT p.songplay_id, p.start_time
FROM sparkify.songplays AS p
LEFT JOIN sparkify.time AS t
    ON t.start_time = p.start_time AND t.start_time >= :lo AND t.start_time < :hi
WHERE p.start_time >= :lo AND p.start_time < :hi AND t.start_time IS NULL
