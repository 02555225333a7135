-- The published event objects in a range of keys.
SELECT key, run_id
FROM etl.objects
WHERE source = 'events' AND status = 'published' AND key >= :first AND key < :last
