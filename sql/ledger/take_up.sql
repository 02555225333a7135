-- A run that is not over begins again.
UPDATE etl.runs
SET
    status = 'running',
    reason = NULL,
    flow_run_id = :flow_run_id,
    session_pid = pg_backend_pid()
WHERE run_id = :run_id AND status <> 'published'
