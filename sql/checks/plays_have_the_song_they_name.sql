-- A play has the song of its title, artist and length; of several the smallest song_id; else none.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: songs changed without the plays being matched anew; load the days again with --only all.
WITH matchable_songs AS (
    SELECT
        s.title,
        s.artist_name,
        s.duration,
        s.song_id,
        s.artist_id
    FROM songs AS s
    WHERE s.artist_name IS NOT NULL AND s.duration IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY s.title, s.artist_name, s.duration
        ORDER BY s.song_id
    ) = 1
)
SELECT p.songplay_id, p.song_title, p.artist_name, p.song_id, m.song_id AS named_song_id
FROM songplays AS p
LEFT JOIN matchable_songs AS m
    ON m.title = p.song_title AND m.artist_name = p.artist_name AND m.duration = p.song_length
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND (
        NVL(p.song_id, '') <> NVL(m.song_id, '')
        OR NVL(p.artist_id, '') <> NVL(m.artist_id, '')
    )
