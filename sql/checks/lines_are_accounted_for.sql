-- Every object's lines were loaded or rejected, and every object of the batch was settled.
-- Severity: block    Scope: run    About: staging
-- If it fails: COPY's report does not add up for these objects; compare with SYS_LOAD_DETAIL.
SELECT b.source, b.key, b.etag, l.status, l.lines, l.loaded, l.rejected
FROM batch AS b
LEFT JOIN loads AS l ON l.source = b.source AND l.key = b.key AND l.etag = b.etag
WHERE
    l.key IS NULL
    OR (l.status = 'published' AND l.lines <> l.loaded + l.rejected)
    OR (l.status = 'published' AND (l.lines IS NULL OR l.loaded < 0))
