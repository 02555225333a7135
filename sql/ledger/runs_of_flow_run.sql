-- The runs that a flow run has begun and not ended.
SELECT run_id, session_pid
FROM etl.runs
WHERE flow_run_id = :flow_run_id AND status = 'running'
ORDER BY run_id
