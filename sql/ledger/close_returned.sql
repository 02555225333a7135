-- Versions that were never loaded, of an object that went back to the version that is published.
UPDATE etl.objects
SET status = 'superseded'
WHERE key = :key AND etag <> :etag AND status IN ('pending', 'quarantined')
