-- Versions that are taken up again: the lake went back to them, or they are tried once more.
UPDATE etl.objects
SET status = 'pending', reason = NULL, last_modified = b.last_modified
FROM batch AS b
WHERE
    etl.objects.source = b.source
    AND etl.objects.key = b.key
    AND etl.objects.etag = b.etag
    AND etl.objects.status IN ('superseded', 'quarantined')
