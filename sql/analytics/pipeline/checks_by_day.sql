-- checks_by_day: one row per day on which checks were made, in order.
-- Question: What do the checks say, day by day?
-- An error is a check that could not be made: it counts as one that found something.
SELECT
    TRUNC(checked_at) AS day,
    SUM(CASE WHEN verdict = 'pass' THEN 1 ELSE 0 END) AS passed,
    SUM(CASE WHEN verdict = 'warn' THEN 1 ELSE 0 END) AS warned,
    SUM(CASE WHEN verdict IN ('fail', 'error') THEN 1 ELSE 0 END) AS failed
FROM etl.check_results
WHERE checked_at >= :since
GROUP BY TRUNC(checked_at)
ORDER BY day
