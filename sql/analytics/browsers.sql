-- browsers: one row per family of user agents, the one with the most plays first.
-- Question: With which browsers do people listen?
-- Browsers claim to be others before they say what they are: the order of the cases matters.
WITH plays_with_browser AS (
    SELECT
        user_id,
        CASE
            WHEN user_agent IS NULL THEN 'unknown'
            WHEN user_agent LIKE '%Edg%' THEN 'Edge'
            WHEN user_agent LIKE '%OPR/%' OR user_agent LIKE '%Opera%' THEN 'Opera'
            WHEN user_agent LIKE '%Trident/%' OR user_agent LIKE '%MSIE %' THEN 'Internet Explorer'
            WHEN user_agent LIKE '%Firefox/%' OR user_agent LIKE '%FxiOS/%' THEN 'Firefox'
            WHEN user_agent LIKE '%Chrom%' OR user_agent LIKE '%CriOS/%' THEN 'Chrome'
            WHEN user_agent LIKE '%Safari/%' THEN 'Safari'
            ELSE 'other'
        END AS browser
    FROM sparkify.songplays
    WHERE start_time >= :start AND start_time < :end
)

SELECT
    browser,
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners
FROM plays_with_browser
GROUP BY browser
ORDER BY plays DESC, browser
