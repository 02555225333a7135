-- new_and_returning: one row per day that has plays, in order.
-- Question: How many of a day's listeners are new, and how many return?
-- New is who never played before that day, so this reads the plays before :start as well.
WITH listeners_of_days AS (
    SELECT
        user_id,
        TRUNC(start_time) AS day
    FROM sparkify.songplays
    WHERE start_time < :end
    GROUP BY user_id, TRUNC(start_time)
),

first_days AS (
    SELECT
        user_id,
        MIN(day) AS first_day
    FROM listeners_of_days
    GROUP BY user_id
)

SELECT
    l.day,
    SUM(CASE WHEN l.day = f.first_day THEN 1 ELSE 0 END) AS new_listeners,
    SUM(CASE WHEN l.day > f.first_day THEN 1 ELSE 0 END) AS returning_listeners
FROM listeners_of_days AS l
INNER JOIN first_days AS f ON f.user_id = l.user_id
WHERE l.day >= TRUNC(CAST(:start AS TIMESTAMP))
GROUP BY l.day
ORDER BY l.day
