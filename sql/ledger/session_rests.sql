-- For how many seconds a session has ended no statement; NULL when none of its statements is known.
SELECT MIN(DATEDIFF(second, end_time, GETDATE())) AS seconds
FROM sys_query_history
WHERE session_id = :pid
