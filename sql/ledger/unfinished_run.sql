-- The run that an earlier attempt of this flow run left behind.
SELECT run_id, flow, status, started_at, window_start, window_end
FROM etl.runs
WHERE flow_run_id = :flow_run_id AND status IN ('running', 'failed', 'published')
ORDER BY started_at DESC
LIMIT 1
