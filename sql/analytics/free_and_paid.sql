-- free_and_paid: one row per level.
-- Question: Who listens more, free or paying users?
-- The level is that of the moment of the play: who changed it is counted under both.
SELECT
    level,
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners,
    COUNT(song_id) AS plays_of_known_songs
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end
GROUP BY level
ORDER BY plays DESC, level
