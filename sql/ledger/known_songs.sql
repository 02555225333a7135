-- What the ledger holds of the song objects.
-- `lost`: quarantined only because it was gone, or another, when it was read.
SELECT
    key,
    etag,
    CASE WHEN status = 'quarantined' AND reason IN (:vanished, :changed) THEN 'lost' ELSE status END
        AS status,
    run_id
FROM etl.objects
WHERE source = 'songs'
