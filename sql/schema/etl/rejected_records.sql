-- rejected_records: one row per record that could not be loaded, with the words of the lake.
CREATE TABLE IF NOT EXISTS etl.rejected_records (
    source      VARCHAR(16)    NOT NULL ENCODE zstd,
    key         VARCHAR(1024)  NOT NULL ENCODE zstd,
    etag        VARCHAR(128)   NOT NULL ENCODE zstd,
    line_number BIGINT         NOT NULL ENCODE az64,
    column_name VARCHAR(128)            ENCODE zstd,
    reason      VARCHAR(1024)           ENCODE zstd,
    raw_text    VARCHAR(65535)          ENCODE zstd,
    run_id      VARCHAR(64)    NOT NULL ENCODE zstd
)
DISTSTYLE AUTO
