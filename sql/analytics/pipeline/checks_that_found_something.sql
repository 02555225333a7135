-- checks_that_found_something: one row per check that did not always pass, the worst first.
-- Question: Which checks found something?
SELECT
    check_name,
    severity,
    COUNT(*) AS made,
    SUM(CASE WHEN verdict = 'warn' THEN 1 ELSE 0 END) AS warned,
    SUM(CASE WHEN verdict = 'fail' THEN 1 ELSE 0 END) AS failed,
    SUM(CASE WHEN verdict = 'error' THEN 1 ELSE 0 END) AS errors,
    SUM(rows_broken) AS rows_broken,
    MAX(CASE WHEN verdict <> 'pass' THEN checked_at END) AS last_found
FROM etl.check_results
WHERE checked_at >= :since
GROUP BY check_name, severity
HAVING SUM(CASE WHEN verdict <> 'pass' THEN 1 ELSE 0 END) > 0
ORDER BY failed DESC, errors DESC, warned DESC, check_name
LIMIT 20
