-- The batch's object versions that the ledger does not hold yet; no run has settled them.
INSERT INTO etl.objects (
    source, key, etag, size, last_modified, status, run_id, window_start, window_end, seen_at
)
SELECT
    b.source,
    b.key,
    b.etag,
    b.size,
    b.last_modified,
    'pending',
    '',
    CAST(:window_start AS TIMESTAMP),
    CAST(:window_end AS TIMESTAMP),
    GETDATE()
FROM batch AS b
LEFT JOIN etl.objects AS o ON o.source = b.source AND o.key = b.key AND o.etag = b.etag
WHERE o.key IS NULL
