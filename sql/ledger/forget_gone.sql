-- An object that has left the lake, and whose plays a replacement has removed: were it put back, it
-- would be loaded again.
UPDATE etl.objects
SET status = 'superseded'
WHERE source = 'events' AND key = :key AND status = 'published' AND run_id = :published_by
