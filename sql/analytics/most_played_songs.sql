-- most_played_songs: one row per song, the most played first.
-- Question: What is the most played song?
-- Counts every play, also of songs that the song data does not know.
SELECT
    song_title AS song,
    artist_name AS artist,
    COUNT(*) AS plays
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end AND song_title IS NOT NULL
GROUP BY song_title, artist_name
ORDER BY plays DESC, song, artist
LIMIT 10
