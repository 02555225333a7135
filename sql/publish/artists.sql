-- artists: the touched artists whose row changes, as their published songs now say.
-- From:  sparkify.songs after the run's songs are in it
WITH derived AS (
    SELECT
        s.artist_id,
        s.artist_name AS name,
        s.artist_location AS location,
        s.artist_latitude AS latitude,
        s.artist_longitude AS longitude
    FROM sparkify.songs AS s
    INNER JOIN touched_artists AS t ON t.artist_id = s.artist_id
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY s.artist_id
        ORDER BY s.year DESC NULLS LAST, s.song_id
    ) = 1
)
SELECT
    r.artist_id,
    r.name,
    r.location,
    r.latitude,
    r.longitude
FROM derived AS r
LEFT JOIN sparkify.artists AS p ON p.artist_id = r.artist_id
WHERE
    p.artist_id IS NULL
    OR (NVL(r.name, '') || '.') <> (NVL(p.name, '') || '.')
    OR (NVL(r.location, '') || '.') <> (NVL(p.location, '') || '.')
    OR NVL(r.latitude, -999) <> NVL(p.latitude, -999)
    OR NVL(r.longitude, -999) <> NVL(p.longitude, -999)
