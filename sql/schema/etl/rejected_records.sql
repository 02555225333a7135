-- rejected_records: one row per record that could not be loaded, with the words of the lake.
-- Columns:
--   source       events or songs.
--   key          The object that holds the record.
--   etag         The version of the object.
--   line_number  Line in the object, from 1.
--   column_name  The column at fault, where one is.
--   reason       What is wrong with it.
--   raw_text     The line as it stands in the lake.
--   run_id       The run that met it.
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
