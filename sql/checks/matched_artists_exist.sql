-- An artist that a play names is there.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: artists was built from other songs than the play matched.
SELECT p.songplay_id, p.artist_id
FROM songplays AS p
LEFT JOIN artists AS a ON a.artist_id = p.artist_id
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND p.artist_id IS NOT NULL
    AND a.artist_id IS NULL
