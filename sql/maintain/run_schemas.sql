-- The schemas whose names begin as those of runs do. The catalog cannot be joined with our tables.
SELECT nspname AS schema_name
FROM pg_namespace
WHERE nspname LIKE 'run%'
ORDER BY nspname
