-- songs: one row per song_id in this run, from the newest object that holds it.
-- From:  staging_songs
-- Again: publish keeps whichever row comes from the newer object.
SELECT
    song_id,
    title,
    artist_id,
    year,
    duration,
    artist_name,
    artist_location,
    artist_latitude,
    artist_longitude,
    object_key,
    object_modified
FROM staging_songs
