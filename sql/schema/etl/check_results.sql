-- check_results: one row per check of a run: its verdict (pass, warn, fail, error) and a sample.
-- Columns:
--   run_id       The run, or the maintenance, that made the check.
--   check_name   The claim: its file in sql/checks.
--   scope        run (before publishing), merged or hourly (inside publish), warehouse or lake (maintenance).
--   severity     block or warn.
--   verdict      pass, warn, fail, or error when the check could not be made.
--   rows_broken  How many rows break the claim.
--   sample       Some of them, as JSON.
--   seconds      How long the check took: its share of the statement that asked it with others.
--   checked_at   When, UTC.
CREATE TABLE IF NOT EXISTS etl.check_results (
    run_id      VARCHAR(64)      NOT NULL ENCODE zstd,
    check_name  VARCHAR(128)     NOT NULL ENCODE zstd,
    scope       VARCHAR(16)      NOT NULL ENCODE zstd,
    severity    VARCHAR(16)      NOT NULL ENCODE zstd,
    verdict     VARCHAR(16)      NOT NULL ENCODE zstd,
    rows_broken BIGINT           NOT NULL ENCODE az64,
    sample      VARCHAR(65535)            ENCODE zstd,
    seconds     DOUBLE PRECISION NOT NULL ENCODE raw,
    checked_at  TIMESTAMP        NOT NULL ENCODE raw
)
DISTSTYLE AUTO
SORTKEY(checked_at)
