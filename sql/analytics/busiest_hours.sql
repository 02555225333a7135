-- busiest_hours: one row per hour of day, the busiest first.
-- Question: When is the highest usage by hour of day?
-- Hours are UTC.
SELECT
    t.hour,
    COUNT(*) AS plays,
    COUNT(DISTINCT p.user_id) AS listeners
FROM sparkify.songplays AS p
INNER JOIN sparkify.time AS t ON t.start_time = p.start_time
GROUP BY t.hour
ORDER BY plays DESC, t.hour
LIMIT 5
