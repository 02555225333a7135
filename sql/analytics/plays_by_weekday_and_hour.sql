-- plays_by_weekday_and_hour: one row per weekday and hour of day that have plays, in order.
-- Question: At which hours of the week is there most listening?
-- Weekday 0 is Sunday; hours are UTC.
SELECT
    t.weekday,
    t.hour,
    COUNT(*) AS plays
FROM sparkify.songplays AS p
INNER JOIN sparkify.time AS t ON t.start_time = p.start_time
WHERE
    p.start_time >= :start AND p.start_time < :end
    AND t.start_time >= :start AND t.start_time < :end
GROUP BY t.weekday, t.hour
ORDER BY t.weekday, t.hour
