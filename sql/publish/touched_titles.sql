-- touched_titles: the titles that the delta's songs have now or had before.
-- A play of such a title may find another song, or none, after this publish.
SELECT d.title
FROM delta_songs AS d
UNION
SELECT p.title
FROM sparkify.songs AS p
INNER JOIN delta_songs AS d ON d.song_id = p.song_id
