-- devices: one row per family of devices, the one with the most plays first.
-- Question: On which devices do people listen?
-- An iPhone and an iPad say "like Mac OS X", an Android says Linux: the order of the cases matters.
WITH plays_with_device AS (
    SELECT
        user_id,
        CASE
            WHEN user_agent IS NULL THEN 'unknown'
            WHEN user_agent LIKE '%iPhone%' OR user_agent LIKE '%iPod%' THEN 'iPhone'
            WHEN user_agent LIKE '%iPad%' THEN 'iPad'
            WHEN user_agent LIKE '%Android%' THEN 'Android'
            WHEN user_agent LIKE '%Windows%' THEN 'Windows'
            WHEN user_agent LIKE '%Macintosh%' THEN 'Mac'
            WHEN user_agent LIKE '%Linux%' OR user_agent LIKE '%X11%' THEN 'Linux'
            ELSE 'other'
        END AS device
    FROM sparkify.songplays
    WHERE start_time >= :start AND start_time < :end
)

SELECT
    device,
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners
FROM plays_with_device
GROUP BY device
ORDER BY plays DESC, device
