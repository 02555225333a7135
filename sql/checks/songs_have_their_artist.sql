-- The artist of every song is there.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: artists was built from other songs than these, or rows of it were removed by hand.
SELECT s.song_id, s.artist_id
FROM songs AS s
LEFT JOIN artists AS a ON a.artist_id = s.artist_id
WHERE a.artist_id IS NULL
