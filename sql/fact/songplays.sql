-- songplays: one row per play in this run, with the song that the run can see.
-- From:  staging_events, staging_songs
-- Again: the same rows; publish keeps those that differ from what is published.
-- A play is a NextSong event of a user. Copies of one event are one play; of copies that differ the
-- smallest by content counts. A play that finds no song keeps NULL: it is never dropped.
WITH plays AS (
    SELECT
        e.start_time,
        e.userid,
        e.level,
        e.sessionid,
        e.iteminsession,
        e.location,
        e.useragent,
        e.song,
        e.artist,
        e.length,
        MD5(
            CAST(e.ts AS VARCHAR(20)) || '|' || e.userid || '|'
            || CAST(e.sessionid AS VARCHAR(20)) || '|' || CAST(e.iteminsession AS VARCHAR(12))
        ) AS songplay_id
    FROM staging_events AS e
    WHERE e.page = 'NextSong' AND e.userid IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY e.ts, e.userid, e.sessionid, e.iteminsession
        ORDER BY e.level, e.song, e.artist, e.length, e.location, e.useragent
    ) = 1
),
matchable_songs AS (
    SELECT
        s.title,
        s.artist_name,
        s.duration,
        s.song_id,
        s.artist_id
    FROM staging_songs AS s
    WHERE s.artist_name IS NOT NULL AND s.duration IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY s.title, s.artist_name, s.duration
        ORDER BY s.song_id
    ) = 1
)
SELECT
    p.songplay_id,
    p.start_time,
    p.userid AS user_id,
    p.level,
    m.song_id,
    m.artist_id,
    p.sessionid AS session_id,
    p.iteminsession AS item_in_session,
    p.location,
    p.useragent AS user_agent,
    p.song AS song_title,
    p.artist AS artist_name,
    p.length AS song_length
FROM plays AS p
LEFT JOIN matchable_songs AS m
    ON m.title = p.song AND m.artist_name = p.artist AND m.duration = p.length
