-- What the ledger holds of the event objects in a range of keys.
SELECT key, etag, status, run_id
FROM etl.objects
WHERE source = 'events' AND key >= :first AND key < :last
