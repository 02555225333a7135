-- Each row of artists is there once.
-- Severity: block    Scope: run, warehouse    About: artists
-- If it fails: two rows of one artist_id reached the run; compare them in the staged tables.
SELECT artist_id, COUNT(*) AS times
FROM artists
GROUP BY artist_id
HAVING COUNT(*) > 1
