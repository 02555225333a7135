-- publish_lock: one row that a publisher locks and then writes, so that publishing happens one at a
-- time. LOCK shuts readers out, hence a table that no analyst reads.
-- Columns:
--   run_id       The run that published last, or does so now.
--   session_pid  Its warehouse session.
--   taken_at     When it took the lock, UTC.
CREATE TABLE IF NOT EXISTS etl.publish_lock (
    run_id      VARCHAR(64),
    session_pid INTEGER,
    taken_at    TIMESTAMP
)
DISTSTYLE ALL
