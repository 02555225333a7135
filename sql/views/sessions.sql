-- sessions: one row per session of a user that has plays.
-- Columns:
--   user_id     Who listened.
--   session_id  The session.
--   started_at  Start of its first play, UTC.
--   last_play   Start of its last play, UTC.
--   plays       How many plays it has.
--   seconds     How long its songs last together.
--   level       The level at its last play.
CREATE OR REPLACE VIEW sparkify.sessions AS
WITH plays_in_order AS (
    SELECT
        user_id,
        session_id,
        start_time,
        song_length,
        LAST_VALUE(level) OVER (
            PARTITION BY user_id, session_id
            ORDER BY start_time, item_in_session
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS last_level
    FROM sparkify.songplays
)

SELECT
    user_id,
    session_id,
    MIN(start_time) AS started_at,
    MAX(start_time) AS last_play,
    COUNT(*) AS plays,
    SUM(song_length) AS seconds,
    MAX(last_level) AS level
FROM plays_in_order
GROUP BY user_id, session_id
