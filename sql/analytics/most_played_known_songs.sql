-- most_played_known_songs: one row per song of the song data, the most played first.
-- Question: Of the songs that the song data knows, which are played most?
SELECT
    s.title AS song,
    s.artist_name AS artist,
    s.year,
    COUNT(*) AS plays
FROM sparkify.songplays AS p
INNER JOIN sparkify.songs AS s ON s.song_id = p.song_id
WHERE p.start_time >= :start AND p.start_time < :end
GROUP BY s.song_id, s.title, s.artist_name, s.year
ORDER BY plays DESC, song, s.song_id
LIMIT 10
