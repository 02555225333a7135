-- Every row of artists has its artist_id.
-- Severity: block    Scope: run, warehouse    About: artists
-- If it fails: a staged record lacks what COPY should have refused.
SELECT *
FROM artists
WHERE artist_id IS NULL
