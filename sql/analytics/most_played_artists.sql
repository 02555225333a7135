-- most_played_artists: one row per artist, the most played first.
-- Question: Who is the most played artist?
-- Goes by the name in the event, so that artists count whom the song data does not know.
SELECT
    artist_name AS artist,
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners,
    COUNT(DISTINCT song_title) AS songs
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end AND artist_name IS NOT NULL
GROUP BY artist_name
ORDER BY plays DESC, artist
LIMIT 10
