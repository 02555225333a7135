-- hours_loaded: one row per day, hour and status of event objects, in order.
-- Question: Which hours are loaded?
-- The days are those in the keys; hour is NULL for objects that hold a whole day. A version that
-- another one has replaced (superseded) does not count.
WITH dated AS (
    SELECT
        REGEXP_SUBSTR(key, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AS day,
        REPLACE(REGEXP_SUBSTR(key, '[0-9]{2}-events'), '-events', '') AS two_digits,
        REGEXP_SUBSTR(key, '[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-events') AS hourly,
        status,
        lines,
        loaded,
        rejected
    FROM etl.objects
    WHERE
        source = 'events'
        AND status <> 'superseded'
        AND key >= ('log_data/' || TO_CHAR(CAST(:start AS TIMESTAMP), 'YYYY/MM'))
        AND key < ('log_data/' || TO_CHAR(DATEADD(month, 1, CAST(:end AS TIMESTAMP)), 'YYYY/MM'))
)

SELECT
    day,
    CASE WHEN hourly <> '' THEN CAST(two_digits AS INTEGER) END AS hour,
    status,
    COUNT(*) AS objects,
    SUM(lines) AS lines,
    SUM(loaded) AS loaded,
    SUM(rejected) AS rejected
FROM dated
WHERE
    day >= TO_CHAR(CAST(:start AS TIMESTAMP), 'YYYY-MM-DD')
    AND day <= TO_CHAR(DATEADD(second, -1, CAST(:end AS TIMESTAMP)), 'YYYY-MM-DD')
GROUP BY day, CASE WHEN hourly <> '' THEN CAST(two_digits AS INTEGER) END, status
ORDER BY day, hour, status
