-- Rejects of an earlier load of the same object versions.
DELETE FROM etl.rejected_records
USING loads AS l
WHERE
    etl.rejected_records.source = l.source
    AND etl.rejected_records.key = l.key
    AND etl.rejected_records.etag = l.etag
