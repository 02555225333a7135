-- Published versions of objects that a replacement could not read and went on without: their plays
-- are gone, so that a return to such a version loads it again.
UPDATE etl.objects
SET status = 'superseded'
FROM loads AS l
WHERE
    etl.objects.source = l.source
    AND etl.objects.key = l.key
    AND etl.objects.status = 'published'
    AND l.status = 'quarantined'
    AND l.source = 'events'
