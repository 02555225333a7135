-- Which session carried which label (query_group) in the last day; the label names the run.
SELECT session_id AS session_pid, TRIM(query_label) AS label
FROM sys_query_history
WHERE query_label LIKE 'sparkify-%' AND start_time >= DATEADD(day, -1, GETDATE())
GROUP BY session_id, TRIM(query_label)
