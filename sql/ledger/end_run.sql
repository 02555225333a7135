-- A run ends, or begins again. What is published stays published, whatever its other attempts meet.
UPDATE etl.runs
SET status = :status, reason = :reason, ended_at = GETDATE(), session_pid = pg_backend_pid()
WHERE run_id = :run_id AND status <> 'published'
