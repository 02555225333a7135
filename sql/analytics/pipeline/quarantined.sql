-- quarantined: one row per object version that cannot be loaded, the latest first.
-- Question: Which objects cannot be loaded, and why?
SELECT
    source,
    key,
    reason,
    seen_at
FROM etl.objects
WHERE status = 'quarantined'
ORDER BY seen_at DESC, key
LIMIT 20
