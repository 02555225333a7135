-- publish_lock: one row that a publisher locks and then writes, so that publishing happens one at a
-- time. LOCK shuts readers out, hence a table that no analyst reads.
CREATE TABLE IF NOT EXISTS etl.publish_lock (
    run_id      VARCHAR(64),
    session_pid INTEGER,
    taken_at    TIMESTAMP
)
DISTSTYLE ALL
