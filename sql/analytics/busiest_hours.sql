-- busiest_hours: one row per hour of day that has plays, the busiest first.
-- Question: When is the highest usage by hour of day?
-- Hours are UTC.
SELECT
    t.hour,
    COUNT(*) AS plays,
    COUNT(DISTINCT p.user_id) AS listeners
FROM sparkify.songplays AS p
INNER JOIN sparkify.time AS t ON t.start_time = p.start_time
WHERE
    p.start_time >= :start AND p.start_time < :end
    AND t.start_time >= :start AND t.start_time < :end
GROUP BY t.hour
ORDER BY plays DESC, t.hour
