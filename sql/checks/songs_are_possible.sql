-- A song's year, length and place are such as there can be.
-- Severity: block    Scope: run, warehouse    About: songs
-- If it fails: staging let an impossible value pass; see the rules in sql/rules.py.
SELECT song_id, year, duration, artist_latitude, artist_longitude
FROM songs
WHERE
    NOT year BETWEEN 1 AND 9999
    OR NOT duration BETWEEN 0 AND 1000000
    OR NOT artist_latitude BETWEEN -90 AND 90
    OR NOT artist_longitude BETWEEN -180 AND 180
