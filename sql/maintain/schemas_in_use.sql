-- Run schemas with a table that an open transaction has locked.
SELECT n.nspname AS schema_name
FROM svv_transactions AS t
INNER JOIN pg_class AS c ON c.oid = t.relation
INNER JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname LIKE 'run%'
GROUP BY n.nspname
