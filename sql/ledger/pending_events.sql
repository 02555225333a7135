-- Event objects that were seen and are neither published nor quarantined, however old.
SELECT key, etag
FROM etl.objects
WHERE source = 'events' AND status = 'pending'
