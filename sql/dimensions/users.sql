-- users: one row per user, as of the latest play in this run.
-- From:  staging_events
-- Again: publish keeps whichever row was seen later.
SELECT
    e.userid AS user_id,
    e.firstname AS first_name,
    e.lastname AS last_name,
    e.gender,
    e.level,
    e.start_time AS last_seen_at,
    e.sessionid AS last_session_id,
    e.iteminsession AS last_item_in_session
FROM staging_events AS e
WHERE e.page = 'NextSong' AND e.userid IS NOT NULL
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY e.userid
    ORDER BY
        e.start_time DESC, e.sessionid DESC, e.iteminsession DESC,
        e.level, e.song, e.artist, e.length, e.location, e.useragent,
        e.firstname, e.lastname, e.gender
) = 1
