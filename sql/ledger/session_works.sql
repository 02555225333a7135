-- Whether a session is executing a statement now, or waits in one.
SELECT COUNT(*) AS statements
FROM stv_recents
WHERE pid = :pid AND status = 'Running'
