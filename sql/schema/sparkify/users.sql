-- users: one row per user, as of the user's latest play.
-- Distributed like songplays, so that their join stays on its slice. The last three columns order
-- two versions of a user.
-- Columns:
--   user_id               The user's id in the app; text: '007' is not 7.
--   first_name            First name at the latest play.
--   last_name             Last name at the latest play.
--   gender                F or M, at the latest play.
--   level                 free or paid, at the latest play; songplays.level is that of each play.
--   last_seen_at          Start of the user's latest play, UTC.
--   last_session_id       Session of the latest play; orders plays of one instant.
--   last_item_in_session  Place of the latest play in its session; orders plays of one session.
CREATE TABLE IF NOT EXISTS sparkify.users (
    user_id              VARCHAR(64)  NOT NULL ENCODE raw,
    first_name           VARCHAR(256)          ENCODE zstd,
    last_name            VARCHAR(256)          ENCODE zstd,
    gender               VARCHAR(16)           ENCODE zstd,
    level                VARCHAR(16)           ENCODE zstd,
    last_seen_at         TIMESTAMP    NOT NULL ENCODE az64,
    last_session_id      BIGINT       NOT NULL ENCODE az64,
    last_item_in_session INTEGER      NOT NULL ENCODE az64
)
DISTKEY(user_id)
SORTKEY(user_id)
