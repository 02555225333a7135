-- Every object that the lake held some hours ago is published as it stands there.
-- Severity: warn    Scope: lake
-- If it fails: python -m flows.gaps says of which hours, and gives the commands that load them.
SELECT l.source, l.key, NVL(o.status, CASE WHEN p.key IS NULL THEN 'missing' ELSE 'changed' END) AS state
FROM lake_objects AS l
LEFT JOIN etl.objects AS o ON o.source = l.source AND o.key = l.key AND o.etag = l.etag
LEFT JOIN etl.objects AS p ON p.source = l.source AND p.key = l.key AND p.status = 'published'
WHERE l.last_modified < :settled_before AND NVL(o.status, '') <> 'published'
