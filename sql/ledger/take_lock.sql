-- Two publishers conflict here visibly, even where the lock does not keep them apart.
UPDATE etl.publish_lock
SET run_id = :run_id, session_pid = pg_backend_pid(), taken_at = GETDATE()
