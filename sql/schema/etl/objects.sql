-- objects: the ledger. One row per object version, that is per key and ETag, and what became of it.
-- status: pending (seen, not yet loaded), published, superseded (a newer version was published),
-- quarantined (cannot be loaded; reason says why). lines = loaded + rejected once it is published.
-- run_id is the run that settled the version last, '' while none has. Written only under
-- etl.publish_lock.
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
