-- A run, with its age: quiet is 1 when nothing was written down of it for a day.
SELECT
    run_id,
    status,
    session_pid,
    CASE
        WHEN GREATEST(started_at, NVL(ended_at, started_at)) < DATEADD(day, -1, GETDATE()) THEN 1
        ELSE 0
    END AS quiet
FROM etl.runs
WHERE run_id = :run_id
