-- A run that is not over begins again.
UPDATE etl.runs
SET status = 'running', reason = NULL
WHERE run_id = :run_id AND status <> 'published'
