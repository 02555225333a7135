-- Every song has its id, title, artist_id and the object that it came from.
-- Severity: block    Scope: run, warehouse    About: songs
-- If it fails: a staged record lacks what COPY should have refused.
SELECT song_id, title, artist_id, object_key
FROM songs
WHERE song_id IS NULL OR title IS NULL OR artist_id IS NULL OR object_key IS NULL
