-- users: one row per user, as of the user's latest play.
-- Distributed like songplays, so that their join stays on its slice. The last three columns order
-- two versions of a user.
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
