-- staging_events: one row per staged event, as the pipeline reads it.
-- From:  staging_events_parts, the staged tables one under the other, without impossible values
-- Times: ts is milliseconds since 1970, turned into a timestamp in whole numbers (days, then the rest).
-- Sizes: length was a binary float; rounded half up to five decimals, as the producer wrote it.
SELECT
    artist,
    auth,
    firstname,
    gender,
    iteminsession,
    lastname,
    CAST(CAST(FLOOR(length * 100000 + 0.5) AS BIGINT) * 0.00001 AS DECIMAL(12, 5)) AS length,
    level,
    location,
    method,
    page,
    sessionid,
    song,
    status,
    ts,
    useragent,
    RTRIM(userid) AS userid,
    DATEADD(
        ms,
        CAST(ts % 86400000 AS INTEGER),
        DATEADD(day, CAST(ts / 86400000 AS INTEGER), TIMESTAMP '1970-01-01 00:00:00')
    ) AS start_time
FROM staging_events_parts
