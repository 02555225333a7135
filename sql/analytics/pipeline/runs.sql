-- runs: one row per run, the latest first.
-- Question: How long do the runs take, and how do they end?
-- seconds is NULL while a run goes on.
SELECT
    run_id,
    flow,
    window_start,
    window_end,
    status,
    objects,
    started_at,
    DATEDIFF(second, started_at, ended_at) AS seconds
FROM etl.runs
WHERE started_at >= :since
ORDER BY started_at DESC, run_id
LIMIT 60
