-- last_play: one row.
-- Question: When was the last play, of all that are loaded?
SELECT MAX(start_time) AS last_play
FROM sparkify.songplays
