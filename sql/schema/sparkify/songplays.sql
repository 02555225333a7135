-- songplays: one row per play, that is per distinct (ts, userId, sessionId, itemInSession).
-- Distributed by user_id: users is the dimension that most questions join, and joins to it stay on
-- their slice; no user holds enough of the plays to make a slice heavy. Sorted by start_time: every
-- load and nearly every question names days, and zone maps then skip the rest.
-- song_title, artist_name and song_length are the event's own words, for matching.
CREATE TABLE IF NOT EXISTS sparkify.songplays (
    songplay_id     VARCHAR(32)    NOT NULL ENCODE zstd,
    start_time      TIMESTAMP      NOT NULL ENCODE raw,
    user_id         VARCHAR(64)    NOT NULL ENCODE zstd,
    level           VARCHAR(16)             ENCODE bytedict,
    song_id         VARCHAR(64)             ENCODE zstd,
    artist_id       VARCHAR(64)             ENCODE zstd,
    session_id      BIGINT         NOT NULL ENCODE az64,
    item_in_session INTEGER        NOT NULL ENCODE az64,
    location        VARCHAR(512)            ENCODE zstd,
    user_agent      VARCHAR(1024)           ENCODE zstd,
    song_title      VARCHAR(1024)           ENCODE zstd,
    artist_name     VARCHAR(1024)           ENCODE zstd,
    song_length     DECIMAL(12, 5)          ENCODE az64
)
DISTKEY(user_id)
SORTKEY(start_time)
