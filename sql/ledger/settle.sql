-- What became of the batch's objects.
UPDATE etl.objects
SET
    status = l.status,
    reason = l.reason,
    lines = l.lines,
    loaded = l.loaded,
    rejected = l.rejected,
    run_id = :run_id,
    window_start = CAST(:window_start AS TIMESTAMP),
    window_end = CAST(:window_end AS TIMESTAMP),
    published_at = CASE WHEN l.status = 'published' THEN GETDATE() END
FROM loads AS l
WHERE
    etl.objects.source = l.source
    AND etl.objects.key = l.key
    AND etl.objects.etag = l.etag
    AND (l.status = 'published' OR etl.objects.status <> 'published')
