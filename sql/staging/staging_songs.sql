-- staging_songs: one row per song_id, from the newest object that holds it.
-- From:  staging_songs_parts, the staged tables one under the other, without impossible values
-- Sizes: duration and place were binary floats; rounded half up to five decimals. Year 0 is no year.
SELECT
    RTRIM(s.song_id) AS song_id,
    s.title,
    RTRIM(s.artist_id) AS artist_id,
    NULLIF(s.year, 0) AS year,
    CAST(CAST(FLOOR(s.duration * 100000 + 0.5) AS BIGINT) * 0.00001 AS DECIMAL(12, 5)) AS duration,
    s.artist_name,
    s.artist_location,
    CAST(CAST(FLOOR(s.artist_latitude * 100000 + 0.5) AS BIGINT) * 0.00001 AS DECIMAL(12, 5))
        AS artist_latitude,
    CAST(CAST(FLOOR(s.artist_longitude * 100000 + 0.5) AS BIGINT) * 0.00001 AS DECIMAL(12, 5))
        AS artist_longitude,
    s.object_key,
    s.object_modified
FROM staging_songs_parts AS s
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY RTRIM(s.song_id)
    ORDER BY s.object_modified DESC, s.object_key DESC, s.object_line DESC
) = 1
