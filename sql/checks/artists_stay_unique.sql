-- Each row of artists is there once after the run's rows are merged.
-- Severity: block    Scope: merged
-- If it fails: publish met a artist_id that it did not recognise; compare the rows in sparkify.artists.
SELECT p.artist_id, COUNT(*) AS times
FROM sparkify.artists AS p
INNER JOIN delta_artists AS d ON d.artist_id = p.artist_id
GROUP BY p.artist_id
HAVING COUNT(*) > 1
