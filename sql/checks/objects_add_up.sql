-- Of every published object, lines = loaded + rejected, and each rejected line is kept.
-- Severity: block    Scope: warehouse
-- If it fails: the ledger or the rejects were changed; load the object again with --only all.
WITH kept AS (
    SELECT source, key, etag, COUNT(*) AS kept_lines
    FROM etl.rejected_records
    GROUP BY source, key, etag
)
SELECT o.source, o.key, o.etag, o.lines, o.loaded, o.rejected, NVL(k.kept_lines, 0) AS kept_lines
FROM etl.objects AS o
LEFT JOIN kept AS k ON k.source = o.source AND k.key = o.key AND k.etag = o.etag
WHERE
    o.status = 'published'
    AND (
        o.lines IS NULL
        OR o.loaded IS NULL
        OR o.rejected IS NULL
        OR o.lines <> o.loaded + o.rejected
        OR o.rejected <> NVL(k.kept_lines, 0)
    )
