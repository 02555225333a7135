-- A song that a play names is there.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: a play matched a song that songs does not hold; look for the song in staging_songs.
SELECT p.songplay_id, p.song_id
FROM songplays AS p
LEFT JOIN songs AS s ON s.song_id = p.song_id
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND p.song_id IS NOT NULL
    AND s.song_id IS NULL
