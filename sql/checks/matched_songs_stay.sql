-- A song that a play names is there after the merge.
-- Severity: block    Scope: merged
-- If it fails: somebody removed songs by hand; load their objects again.
SELECT p.songplay_id, p.song_id
FROM sparkify.songplays AS p
LEFT JOIN sparkify.songs AS s ON s.song_id = p.song_id
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND p.song_id IS NOT NULL
    AND s.song_id IS NULL
