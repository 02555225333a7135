-- Every play, time, user and song that the run built is there after the merge.
-- Severity: block    Scope: merged
-- If it fails: publish lost rows; compare the run's tables with sparkify's.
SELECT 'songplays' AS lost_from, r.songplay_id AS lost_key
FROM songplays AS r
LEFT JOIN sparkify.songplays AS p
    ON p.songplay_id = r.songplay_id AND p.start_time >= :lo AND p.start_time < :hi
WHERE r.start_time >= :lo AND r.start_time < :hi AND p.songplay_id IS NULL
UNION ALL
SELECT 'time' AS lost_from, CAST(r.start_time AS VARCHAR(32)) AS lost_key
FROM time AS r
LEFT JOIN sparkify.time AS p
    ON p.start_time = r.start_time AND p.start_time >= :lo AND p.start_time < :hi
WHERE r.start_time >= :lo AND r.start_time < :hi AND p.start_time IS NULL
UNION ALL
SELECT 'users' AS lost_from, r.user_id AS lost_key
FROM users AS r
LEFT JOIN sparkify.users AS p ON p.user_id = r.user_id
WHERE p.user_id IS NULL
UNION ALL
SELECT 'songs' AS lost_from, r.song_id AS lost_key
FROM songs AS r
LEFT JOIN sparkify.songs AS p ON p.song_id = r.song_id
WHERE p.song_id IS NULL
