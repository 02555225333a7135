-- The days of published plays whose song may have changed.
-- The one statement that reads the fact without a range of days, and two columns of it; it is sent
-- only by a run that brings new or changed songs.
SELECT DISTINCT TRUNC(p.start_time) AS day
FROM sparkify.songplays AS p
INNER JOIN touched_titles AS t ON t.title = p.song_title
ORDER BY day
