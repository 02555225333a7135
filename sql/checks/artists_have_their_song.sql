-- Every artist has a song.
-- Severity: block    Scope: warehouse
-- If it fails: artists or songs were changed by hand; load the songs of these artists again.
SELECT a.artist_id, a.name
FROM artists AS a
LEFT JOIN songs AS s ON s.artist_id = a.artist_id
WHERE s.artist_id IS NULL
