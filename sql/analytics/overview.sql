-- overview: one row.
-- Question: How much is listened to, and by how many?
-- hours are those that the songs last: no event says when a play was cut short.
SELECT
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners,
    COUNT(DISTINCT session_id) AS sessions,
    COUNT(DISTINCT artist_name) AS artists,
    CAST(NVL(SUM(song_length), 0) / 3600 AS BIGINT) AS hours,
    COUNT(song_id) AS plays_of_known_songs,
    MIN(start_time) AS first_play,
    MAX(start_time) AS last_play
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end
