-- A song can be matched: it has an artist's name and lasts up to ten hours; its year is from 1900 to next.
-- Severity: warn    Scope: run, warehouse    About: songs
-- If it fails: the song data is wrong or incomplete; object_key says which object to have mended.
SELECT song_id, title, artist_name, duration, year, object_key
FROM songs
WHERE
    artist_name IS NULL
    OR duration IS NULL
    OR duration <= 0
    OR duration > 36000
    OR year < 1900
    OR year > EXTRACT(year FROM GETDATE()) + 1
