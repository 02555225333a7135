-- objects: the ledger. One row per object version, that is per key and ETag, and what became of it.
-- status: pending (seen, not yet loaded), published, superseded (a newer version was published),
-- quarantined (cannot be loaded; reason says why). lines = loaded + rejected once it is published.
-- run_id is the run that settled the version last, '' while none has. Written only under
-- etl.publish_lock.
-- Columns:
--   source         events or songs.
--   key            The object's key in the lake's bucket.
--   etag           The version: another content has another ETag.
--   size           Bytes.
--   last_modified  When the object was written, UTC.
--   status         pending, published, superseded or quarantined.
--   reason         Why it is quarantined.
--   lines          Lines of the object; NULL until it was read.
--   loaded         Lines that were loaded.
--   rejected       Lines that were not; rejected_records has them.
--   run_id         The run that settled this version last; '' while none has.
--   window_start   Start of that run's window, UTC.
--   window_end     End of that run's window, UTC, exclusive.
--   seen_at        When a run first saw it, UTC.
--   published_at   When it was published, UTC.
CREATE TABLE IF NOT EXISTS etl.objects (
    source        VARCHAR(16)   NOT NULL ENCODE bytedict,
    key           VARCHAR(1024) NOT NULL ENCODE raw,
    etag          VARCHAR(128)  NOT NULL ENCODE zstd,
    size          BIGINT        NOT NULL ENCODE az64,
    last_modified TIMESTAMP     NOT NULL ENCODE az64,
    status        VARCHAR(16)   NOT NULL ENCODE zstd,
    reason        VARCHAR(1024)          ENCODE zstd,
    lines         BIGINT                 ENCODE az64,
    loaded        BIGINT                 ENCODE az64,
    rejected      BIGINT                 ENCODE az64,
    run_id        VARCHAR(64)   NOT NULL ENCODE zstd,
    window_start  TIMESTAMP              ENCODE az64,
    window_end    TIMESTAMP              ENCODE az64,
    seen_at       TIMESTAMP     NOT NULL ENCODE az64,
    published_at  TIMESTAMP              ENCODE az64
)
DISTSTYLE AUTO
SORTKEY(key)
