-- The published plays of a window that is replaced are the run's plays, no more, no fewer, no others.
-- Severity: block    Scope: replacement
-- If it fails: the merge left or lost plays of the window; compare the rows with the run's songplays.
WITH published AS (
    SELECT p.*
    FROM sparkify.songplays AS p
    WHERE p.start_time >= :lo AND p.start_time < :hi
),
built AS (
    SELECT r.*
    FROM songplays AS r
    WHERE r.start_time >= :lo AND r.start_time < :hi
)
SELECT NVL(p.songplay_id, r.songplay_id) AS songplay_id, p.start_time AS published, r.start_time AS built
FROM published AS p
FULL JOIN built AS r ON r.songplay_id = p.songplay_id
WHERE
    p.songplay_id IS NULL
    OR r.songplay_id IS NULL
    OR p.user_id <> r.user_id
    OR NVL(p.level, '') <> NVL(r.level, '')
    OR (NVL(p.location, '') || '.') <> (NVL(r.location, '') || '.')
    OR (NVL(p.user_agent, '') || '.') <> (NVL(r.user_agent, '') || '.')
    OR (NVL(p.song_title, '') || '.') <> (NVL(r.song_title, '') || '.')
    OR (NVL(p.artist_name, '') || '.') <> (NVL(r.artist_name, '') || '.')
    OR NVL(p.song_length, -1) <> NVL(r.song_length, -1)
