-- Cancel what a session is executing: its transaction fails; a session at rest does not notice.
SELECT pg_cancel_backend(:pid) AS cancelled
