-- Each row of time is there once after the run's rows are merged.
-- Severity: block    Scope: merged
-- If it fails: publish met a start_time that it did not recognise; compare the rows in sparkify.time.
SELECT p.start_time, COUNT(*) AS times
FROM sparkify.time AS p
INNER JOIN delta_time AS d ON d.start_time = p.start_time
WHERE p.start_time >= :lo AND p.start_time < :hi
GROUP BY p.start_time
HAVING COUNT(*) > 1
