-- The days that the run's plays fall on.
SELECT DISTINCT TRUNC(start_time) AS day
FROM songplays
ORDER BY day
