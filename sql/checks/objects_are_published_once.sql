-- Of every object one version is published, and the ledger holds each version once.
-- Severity: block    Scope: warehouse
-- If it fails: two runs published one object; compare their rows in etl.objects and etl.runs.
SELECT source, key, COUNT(*) AS times
FROM etl.objects
WHERE status = 'published'
GROUP BY source, key
HAVING COUNT(*) > 1
UNION ALL
SELECT source, key, COUNT(*) AS times
FROM etl.objects
GROUP BY source, key, etag
HAVING COUNT(*) > 1
