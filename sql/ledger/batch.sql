-- The objects that a run has pinned.
SELECT source, key, etag, size, last_modified, replaces, settled
FROM batch
ORDER BY source, key
