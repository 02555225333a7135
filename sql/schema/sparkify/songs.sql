-- songs: one row per song_id, from the newest object that holds it.
-- Small beside the plays: DISTSTYLE AUTO keeps a copy on each node until it grows out of it.
-- object_key is the lake object that the row came from.
-- Columns:
--   song_id           The song's id in the song data.
--   title             Title.
--   artist_id         The artist's id; joins artists.
--   year              Year of release; NULL when unknown (0 in the lake).
--   duration          Length in seconds.
--   artist_name       The artist's name as this song's record has it; plays are matched by it.
--   artist_location   The artist's place as this song's record has it.
--   artist_latitude   Latitude of that place, degrees.
--   artist_longitude  Longitude of that place, degrees.
--   object_key        The object of the lake that the row came from.
CREATE TABLE IF NOT EXISTS sparkify.songs (
    song_id          VARCHAR(64)    NOT NULL ENCODE raw,
    title            VARCHAR(1024)  NOT NULL ENCODE zstd,
    artist_id        VARCHAR(64)    NOT NULL ENCODE zstd,
    year             INTEGER                 ENCODE az64,
    duration         DECIMAL(12, 5)          ENCODE az64,
    artist_name      VARCHAR(1024)           ENCODE zstd,
    artist_location  VARCHAR(1024)           ENCODE zstd,
    artist_latitude  DECIMAL(12, 5)          ENCODE az64,
    artist_longitude DECIMAL(12, 5)          ENCODE az64,
    object_key       VARCHAR(1024)  NOT NULL ENCODE zstd
)
DISTSTYLE AUTO
SORTKEY(song_id)
