-- plays_by_day: one row per day that has plays, in order.
-- Question: How many plays does each day have, free and paid?
-- Days are UTC. A play without a level counts among plays alone.
SELECT
    TRUNC(start_time) AS day,
    COUNT(*) AS plays,
    SUM(CASE WHEN level = 'free' THEN 1 ELSE 0 END) AS free,
    SUM(CASE WHEN level = 'paid' THEN 1 ELSE 0 END) AS paid,
    COUNT(DISTINCT user_id) AS listeners
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end
GROUP BY TRUNC(start_time)
ORDER BY day
