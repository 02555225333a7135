-- songplays: the plays of some days that are new or differ from what is published.
-- From:  songplays (the run's), and published plays whose title a song of this run touches
-- A run without songs has an empty touched_titles. Matches are made anew against all songs.
WITH candidates AS (
    SELECT
        r.songplay_id,
        r.start_time,
        r.user_id,
        r.level,
        r.session_id,
        r.item_in_session,
        r.location,
        r.user_agent,
        r.song_title,
        r.artist_name,
        r.song_length
    FROM songplays AS r
    WHERE r.start_time >= :lo AND r.start_time < :hi
    UNION ALL
    SELECT
        p.songplay_id,
        p.start_time,
        p.user_id,
        p.level,
        p.session_id,
        p.item_in_session,
        p.location,
        p.user_agent,
        p.song_title,
        p.artist_name,
        p.song_length
    FROM sparkify.songplays AS p
    INNER JOIN touched_titles AS t ON t.title = p.song_title
    LEFT JOIN songplays AS r ON r.songplay_id = p.songplay_id
    WHERE p.start_time >= :lo AND p.start_time < :hi AND r.songplay_id IS NULL
),
matchable_songs AS (
    SELECT
        s.title,
        s.artist_name,
        s.duration,
        s.song_id,
        s.artist_id
    FROM sparkify.songs AS s
    WHERE s.artist_name IS NOT NULL AND s.duration IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY s.title, s.artist_name, s.duration
        ORDER BY s.song_id
    ) = 1
)
SELECT
    c.songplay_id,
    c.start_time,
    c.user_id,
    c.level,
    m.song_id,
    m.artist_id,
    c.session_id,
    c.item_in_session,
    c.location,
    c.user_agent,
    c.song_title,
    c.artist_name,
    c.song_length
FROM candidates AS c
LEFT JOIN matchable_songs AS m
    ON m.title = c.song_title AND m.artist_name = c.artist_name AND m.duration = c.song_length
LEFT JOIN sparkify.songplays AS p
    ON p.songplay_id = c.songplay_id
    AND p.user_id = c.user_id
    AND p.start_time >= :lo
    AND p.start_time < :hi
WHERE
    p.songplay_id IS NULL
    OR NVL(c.level, '') <> NVL(p.level, '')
    OR NVL(m.song_id, '') <> NVL(p.song_id, '')
    OR NVL(m.artist_id, '') <> NVL(p.artist_id, '')
    OR (NVL(c.location, '') || '.') <> (NVL(p.location, '') || '.')
    OR (NVL(c.user_agent, '') || '.') <> (NVL(p.user_agent, '') || '.')
    OR (NVL(c.song_title, '') || '.') <> (NVL(p.song_title, '') || '.')
    OR (NVL(c.artist_name, '') || '.') <> (NVL(p.artist_name, '') || '.')
    OR NVL(c.song_length, -1) <> NVL(p.song_length, -1)
