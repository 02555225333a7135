-- artists: one row per artist_id in this run: its song of the greatest year, then smallest song_id.
-- From:  staging_songs
-- Again: publish derives the artists that the run touches from all of their published songs.
SELECT
    s.artist_id,
    s.artist_name AS name,
    s.artist_location AS location,
    s.artist_latitude AS latitude,
    s.artist_longitude AS longitude
FROM staging_songs AS s
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY s.artist_id
    ORDER BY s.year DESC NULLS LAST, s.song_id
) = 1
