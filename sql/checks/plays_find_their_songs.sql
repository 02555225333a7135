-- The share of plays that find a song has not fallen by half since the day before.
-- Severity: warn    Scope: merged, warehouse
-- If it fails: song data is missing or titles are written in another way; compare unmatched plays with songs.
-- Judged where the day before lets expect at least 20 plays with a song.
WITH these_days AS (
    SELECT COUNT(*) AS plays, COUNT(song_id) AS found
    FROM sparkify.songplays
    WHERE start_time >= :lo AND start_time < :hi
),
day_before AS (
    SELECT COUNT(*) AS plays, COUNT(song_id) AS found
    FROM sparkify.songplays
    WHERE start_time >= :before AND start_time < :lo
)
SELECT t.plays, t.found, b.plays AS plays_before, b.found AS found_before
FROM these_days AS t
CROSS JOIN day_before AS b
WHERE t.plays * b.found >= 20 * b.plays AND t.found * b.plays * 2 < t.plays * b.found
