-- Objects of the batch of which another run has published a version since the batch was planned.
SELECT b.key
FROM batch AS b
LEFT JOIN etl.objects AS p
    ON p.source = b.source AND p.key = b.key AND p.status = 'published'
WHERE NVL(p.run_id, '') <> NVL(b.replaces, '')
ORDER BY b.key
