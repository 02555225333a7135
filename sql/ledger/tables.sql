-- The permanent tables that exist.
SELECT table_schema || '.' || table_name AS name
FROM information_schema.tables
WHERE table_schema IN ('sparkify', 'etl')
