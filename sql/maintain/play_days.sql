-- The days that have plays.
SELECT TRUNC(start_time) AS day
FROM sparkify.songplays
GROUP BY TRUNC(start_time)
ORDER BY day
