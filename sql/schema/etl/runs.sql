-- runs: one row per run. status: running, published, failed, superseded, nothing new.
-- flow_run_id is Prefect's; session_pid is the warehouse session that publishes, for cancelling it.
-- Columns:
--   run_id        The run's own name; its schema is run_<run_id>.
--   flow          The flow.
--   flow_run_id   Prefect's id of the flow run.
--   window_start  Start of the window it loads, UTC.
--   window_end    End of that window, UTC, exclusive.
--   replace_from  Start of what it replaces, for backfills that do.
--   replace_to    End of what it replaces, exclusive.
--   status        running, published, failed, superseded or nothing new.
--   reason        Why it failed.
--   objects       Objects of its batch.
--   session_pid   The warehouse session that publishes, for cancelling it.
--   started_at    When it began, UTC.
--   ended_at      When it ended, UTC.
CREATE TABLE IF NOT EXISTS etl.runs (
    run_id       VARCHAR(64)  NOT NULL ENCODE zstd,
    flow         VARCHAR(64)  NOT NULL ENCODE zstd,
    flow_run_id  VARCHAR(64)           ENCODE zstd,
    window_start TIMESTAMP             ENCODE az64,
    window_end   TIMESTAMP             ENCODE az64,
    replace_from TIMESTAMP             ENCODE az64,
    replace_to   TIMESTAMP             ENCODE az64,
    status       VARCHAR(16)  NOT NULL ENCODE zstd,
    reason       VARCHAR(4096)         ENCODE zstd,
    objects      BIGINT                ENCODE az64,
    session_pid  INTEGER               ENCODE az64,
    started_at   TIMESTAMP    NOT NULL ENCODE raw,
    ended_at     TIMESTAMP             ENCODE az64
)
DISTSTYLE AUTO
SORTKEY(started_at)
