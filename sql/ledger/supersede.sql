-- Other versions of the batch's objects: none of them is in the lake any more. What a published
-- version brought stays published until a newer version replaces it.
UPDATE etl.objects
SET status = 'superseded'
FROM loads AS l
WHERE
    etl.objects.source = l.source
    AND etl.objects.key = l.key
    AND etl.objects.etag <> l.etag
    AND (
        etl.objects.status IN ('pending', 'quarantined')
        OR (etl.objects.status = 'published' AND l.status = 'published')
    )
