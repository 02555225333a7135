-- Each row of songs is there once after the run's rows are merged.
-- Severity: block    Scope: merged
-- If it fails: publish met a song_id that it did not recognise; compare the rows in sparkify.songs.
SELECT p.song_id, COUNT(*) AS times
FROM sparkify.songs AS p
INNER JOIN delta_songs AS d ON d.song_id = p.song_id
GROUP BY p.song_id
HAVING COUNT(*) > 1
