-- artists: one row per artist_id, as its song of the greatest year (then smallest song_id) says.
-- Columns:
--   artist_id  The artist's id in the song data.
--   name       Name.
--   location   Where the artist comes from, in free words.
--   latitude   Latitude of that place, degrees.
--   longitude  Longitude of that place, degrees.
CREATE TABLE IF NOT EXISTS sparkify.artists (
    artist_id VARCHAR(64)    NOT NULL ENCODE raw,
    name      VARCHAR(1024)           ENCODE zstd,
    location  VARCHAR(1024)           ENCODE zstd,
    latitude  DECIMAL(12, 5)          ENCODE az64,
    longitude DECIMAL(12, 5)          ENCODE az64
)
DISTSTYLE AUTO
SORTKEY(artist_id)
