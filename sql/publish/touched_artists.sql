-- touched_artists: the artists that the delta's songs belong to now or belonged to before.
SELECT d.artist_id
FROM delta_songs AS d
UNION
SELECT p.artist_id
FROM sparkify.songs AS p
INNER JOIN delta_songs AS d ON d.song_id = p.song_id
