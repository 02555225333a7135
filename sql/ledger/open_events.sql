-- What the ledger holds of the event objects that were seen and are not loaded for no fault of theirs,
-- however old: what no run has finished, and what is `lost`: gone, or another, when it was read.
SELECT
    o.key,
    o.etag,
    CASE
        WHEN o.status = 'quarantined' AND o.reason IN (:vanished, :changed) THEN 'lost'
        ELSE o.status
    END AS status,
    o.run_id
FROM etl.objects AS o
INNER JOIN (
    SELECT DISTINCT key
    FROM etl.objects
    WHERE
        source = 'events'
        AND (status = 'pending' OR (status = 'quarantined' AND reason IN (:vanished, :changed)))
) AS unfinished ON unfinished.key = o.key
WHERE o.source = 'events'
