-- songs: the run's songs that are new, or differ from the published row and are not from an older object.
-- From:  songs (the run's), sparkify.songs, etl.objects (when the published row's object was written)
-- Text is compared with a stop behind it: to Redshift 'a' and 'a ' are equal, to us they are not.
SELECT
    r.song_id,
    r.title,
    r.artist_id,
    r.year,
    r.duration,
    r.artist_name,
    r.artist_location,
    r.artist_latitude,
    r.artist_longitude,
    r.object_key
FROM songs AS r
LEFT JOIN sparkify.songs AS p ON p.song_id = r.song_id
LEFT JOIN etl.objects AS o
    ON o.key = p.object_key AND o.source = 'songs' AND o.status = 'published'
WHERE
    p.song_id IS NULL
    OR (
        (
            r.object_key = p.object_key
            OR o.last_modified IS NULL
            OR r.object_modified > o.last_modified
            OR (r.object_modified = o.last_modified AND r.object_key > p.object_key)
        )
        AND (
            (r.title || '.') <> (p.title || '.')
            OR r.artist_id <> p.artist_id
            OR NVL(r.year, 0) <> NVL(p.year, 0)
            OR NVL(r.duration, -1) <> NVL(p.duration, -1)
            OR (NVL(r.artist_name, '') || '.') <> (NVL(p.artist_name, '') || '.')
            OR (NVL(r.artist_location, '') || '.') <> (NVL(p.artist_location, '') || '.')
            OR NVL(r.artist_latitude, -999) <> NVL(p.artist_latitude, -999)
            OR NVL(r.artist_longitude, -999) <> NVL(p.artist_longitude, -999)
            OR r.object_key <> p.object_key
        )
    )
