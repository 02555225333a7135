-- A version that no run has finished, of an object that is gone from the lake.
UPDATE etl.objects
SET status = 'quarantined', reason = :vanished
WHERE source = :source AND key = :key AND etag = :etag AND status = 'pending'
