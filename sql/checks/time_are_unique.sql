-- Each row of time is there once.
-- Severity: block    Scope: run, warehouse    About: time
-- If it fails: two rows of one start_time reached the run; compare them in the staged tables.
SELECT start_time, COUNT(*) AS times
FROM time
GROUP BY start_time
HAVING COUNT(*) > 1
