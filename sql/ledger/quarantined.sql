-- Objects that cannot be loaded as they are.
SELECT source, key, reason
FROM etl.objects
WHERE status = 'quarantined'
ORDER BY source, key
