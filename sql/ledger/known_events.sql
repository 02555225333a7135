-- What the ledger holds of the event objects in a range of keys.
-- `lost`: quarantined only because it was gone, or another, when it was read.
SELECT
    key,
    etag,
    CASE WHEN status = 'quarantined' AND reason IN (:vanished, :changed) THEN 'lost' ELSE status END
        AS status,
    run_id
FROM etl.objects
WHERE source = 'events' AND key >= :first AND key < :last
