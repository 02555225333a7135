-- End a session: its transaction is rolled back, its locks are given up.
SELECT pg_terminate_backend(:pid) AS ended
