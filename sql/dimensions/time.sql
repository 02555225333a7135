-- time: one row per distinct start_time of a play in this run. ISO week; weekday 0 is Sunday.
-- From:  songplays
-- Again: a start_time always gives the same row.
SELECT
    start_time,
    EXTRACT(hour FROM start_time) AS hour,
    EXTRACT(day FROM start_time) AS day,
    EXTRACT(week FROM start_time) AS week,
    EXTRACT(month FROM start_time) AS month,
    EXTRACT(year FROM start_time) AS year,
    EXTRACT(dow FROM start_time) AS weekday
FROM songplays
GROUP BY start_time
