-- A run by its id.
SELECT run_id, status, reason, flow_run_id, started_at
FROM etl.runs
WHERE run_id = :run_id
