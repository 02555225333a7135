-- ledger: one row per source and status.
-- Question: What became of the objects of the lake?
SELECT
    source,
    status,
    COUNT(*) AS objects,
    NVL(SUM(lines), 0) AS lines,
    NVL(SUM(loaded), 0) AS loaded,
    NVL(SUM(rejected), 0) AS rejected
FROM etl.objects
GROUP BY source, status
ORDER BY source, status
