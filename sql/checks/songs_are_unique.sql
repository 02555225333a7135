-- Each row of songs is there once.
-- Severity: block    Scope: run, warehouse    About: songs
-- If it fails: two rows of one song_id reached the run; compare them in the staged tables.
SELECT song_id, COUNT(*) AS times
FROM songs
GROUP BY song_id
HAVING COUNT(*) > 1
