-- No table is empty when something was staged for it.
-- Severity: block    Scope: run
-- If it fails: a build lost all of its rows; compare it with what was staged.
WITH counted AS (
    SELECT
        (SELECT COUNT(*) FROM staging_events WHERE page = 'NextSong' AND userid IS NOT NULL)
            AS plays_staged,
        (SELECT COUNT(*) FROM staging_songs) AS songs_staged,
        (SELECT COUNT(*) FROM songplays) AS songplays,
        (SELECT COUNT(*) FROM users) AS users,
        (SELECT COUNT(*) FROM time) AS times,
        (SELECT COUNT(*) FROM songs) AS songs,
        (SELECT COUNT(*) FROM artists) AS artists
)
SELECT plays_staged, songs_staged, songplays, users, times, songs, artists
FROM counted
WHERE
    (plays_staged > 0 AND (songplays = 0 OR users = 0 OR times = 0))
    OR (songs_staged > 0 AND (songs = 0 OR artists = 0))
