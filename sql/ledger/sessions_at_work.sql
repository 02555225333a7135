-- Sessions that are executing a statement under one of a run's labels; the views may lag by seconds.
SELECT session_id AS session_pid
FROM sys_query_history
WHERE query_label = :label AND status IN ('planning', 'queued', 'running', 'returning')
GROUP BY session_id
