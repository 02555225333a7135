-- The run's rejected records, with the words of the lake.
INSERT INTO etl.rejected_records (
    source, key, etag, line_number, column_name, reason, raw_text, run_id
)
SELECT source, key, etag, line_number, column_name, reason, raw_text, :run_id
FROM rejected
