-- songplays: one row per play, that is per distinct (ts, userId, sessionId, itemInSession).
-- Distributed by user_id: users is the dimension that most questions join, and joins to it stay on
-- their slice; no user holds enough of the plays to make a slice heavy. Sorted by start_time: every
-- load and nearly every question names days, and zone maps then skip the rest.
-- song_title, artist_name and song_length are the event's own words, for matching.
-- Columns:
--   songplay_id      MD5 of ts, userId, sessionId and itemInSession: the same in every load.
--   start_time       When the play began: UTC, to the millisecond.
--   user_id          Who listened; joins users.
--   level            free or paid: the user's level at the time of the play.
--   song_id          The matched song; NULL when the song data does not know it. Joins songs.
--   artist_id        The artist of the matched song; NULL with song_id. Joins artists.
--   session_id       The user's session, as the app counts them.
--   item_in_session  Place of the event in its session, from 0; other pages count too.
--   location         Where the user was, as the event says.
--   user_agent       Browser and system, as the event says; some stand in double quotes.
--   song_title       Title in the event's own words, whether the song is known or not.
--   artist_name      Artist in the event's own words.
--   song_length      Length of the song in seconds, as the event says.
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
