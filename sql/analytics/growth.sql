-- growth: one row per week that has plays, in order; weeks begin on Monday (UTC).
-- Question: Does listening grow from week to week?
-- days says how many days of the week have plays; plays_a_day is what can be compared when the first
-- or the last week is not whole, and change_percent compares it with the week in the row before.
WITH weeks AS (
    SELECT
        TRUNC(DATE_TRUNC('week', start_time)) AS week,
        COUNT(DISTINCT TRUNC(start_time)) AS days,
        COUNT(*) AS plays,
        COUNT(DISTINCT user_id) AS listeners
    FROM sparkify.songplays
    WHERE start_time >= :start AND start_time < :end
    GROUP BY TRUNC(DATE_TRUNC('week', start_time))
)

SELECT
    week,
    days,
    plays,
    listeners,
    CAST(ROUND(CAST(plays AS DECIMAL(18, 4)) / days) AS BIGINT) AS plays_a_day,
    CAST(
        ROUND(
            100 * (CAST(plays AS DECIMAL(18, 4)) / days)
            / LAG(CAST(plays AS DECIMAL(18, 4)) / days) OVER (ORDER BY week) - 100
        ) AS INTEGER
    ) AS change_percent
FROM weeks
ORDER BY week
