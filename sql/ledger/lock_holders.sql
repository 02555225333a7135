-- Sessions that keep others from the publish lock, and for how many seconds their transactions are open.
SELECT DISTINCT t.pid, DATEDIFF(second, t.txn_start, GETDATE()) AS seconds
FROM svv_transactions AS t
INNER JOIN pg_class AS c ON c.oid = t.relation
INNER JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'etl' AND c.relname = 'publish_lock' AND t.granted
ORDER BY t.pid
