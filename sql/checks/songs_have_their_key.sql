-- Every row of songs has its song_id.
-- Severity: block    Scope: run, warehouse
-- If it fails: a staged record lacks what COPY should have refused.
SELECT *
FROM songs
WHERE song_id IS NULL
