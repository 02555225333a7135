-- check_results: one row per check of a run: its verdict (pass, warn, fail, error) and a sample.
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
