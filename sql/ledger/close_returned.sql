-- Versions that were never loaded, of an object that went back to a version that is settled.
UPDATE etl.objects
SET status = 'superseded'
WHERE
    source = :source
    AND key = :key
    AND etag <> :etag
    AND status IN ('pending', 'quarantined')
