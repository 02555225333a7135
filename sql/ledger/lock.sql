-- The first statement of a transaction that writes the ledger: the snapshot is taken after it.
LOCK etl.publish_lock
