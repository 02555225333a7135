-- How many verdicts on a run were kept at one moment.
SELECT COUNT(*) AS verdicts
FROM etl.check_results
WHERE run_id = :run_id AND checked_at = :checked_at
