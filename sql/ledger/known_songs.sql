-- What the ledger holds of the song objects.
SELECT key, etag, status, run_id
FROM etl.objects
WHERE source = 'songs'
