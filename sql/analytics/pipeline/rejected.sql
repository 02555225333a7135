-- rejected: one row per source, column and reason, the most frequent first.
-- Question: Which records could not be loaded, and why?
SELECT
    source,
    column_name,
    reason,
    COUNT(*) AS records,
    COUNT(DISTINCT key) AS objects
FROM etl.rejected_records
GROUP BY source, column_name, reason
ORDER BY records DESC, source, column_name, reason
LIMIT 20
