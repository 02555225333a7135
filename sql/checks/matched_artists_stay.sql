-- An artist that a play names is there after the merge.
-- Severity: block    Scope: merged
-- If it fails: somebody removed artists by hand; load their songs again.
SELECT p.songplay_id, p.artist_id
FROM sparkify.songplays AS p
LEFT JOIN sparkify.artists AS a ON a.artist_id = p.artist_id
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND p.artist_id IS NOT NULL
    AND a.artist_id IS NULL
