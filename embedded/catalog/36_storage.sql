-- What tables take on disk. A block is 1 MB of one column; a table has three hidden columns. How many blocks there are
-- is told by the size that PostgreSQL gives the table; what is in a block is not known.

CREATE OR REPLACE VIEW redshift_catalog.stored_tables AS
SELECT
    c.oid,
    c.relname,
    c.relpersistence,
    k.columns,
    greatest(ceil(pg_catalog.pg_relation_size(c.oid) / 1048576.0), k.columns + 3)::integer AS blocks,
    r.rows,
    redshift_catalog.declared(c.oid) AS about
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT count(*) AS columns FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
) AS k
CROSS JOIN LATERAL redshift_catalog.row_count(c.oid) AS r (rows)
WHERE c.relkind = 'r' AND n.nspname NOT IN ('redshift_catalog', 'information_schema', 'pg_catalog', 'pg_toast')
    AND NOT pg_catalog.pg_is_other_temp_schema(n.oid);

CREATE OR REPLACE VIEW redshift_catalog.stv_tbl_perm AS
SELECT
    0 AS slice,
    t.oid::integer AS id,
    redshift_catalog.padded(t.relname, 72) AS name,
    t.rows::bigint AS rows,
    CASE WHEN t.about ? 'sortkey' THEN greatest(t.rows - pg_catalog.pg_stat_get_ins_since_vacuum(t.oid), 0) ELSE t.rows END::bigint
        AS sorted_rows,
    CASE t.relpersistence WHEN 't' THEN 1 ELSE 0 END AS temp,
    d.oid::integer AS db_id,
    0 AS insert_pristine,
    0 AS delete_pristine,
    CASE WHEN t.about ->> 'backup' = 'no' THEN 0 ELSE 1 END AS backup,
    p.reldiststyle::integer AS dist_style,
    CASE WHEN t.rows > 0 THEN t.blocks ELSE 0 END AS block_count
FROM redshift_catalog.stored_tables AS t
JOIN redshift_catalog.pg_class AS p ON p.oid = t.oid
CROSS JOIN (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) AS d;

CREATE OR REPLACE VIEW redshift_catalog.stv_blocklist AS
SELECT
    0 AS slice,
    (n % (t.columns + 3))::integer AS col,
    t.oid::integer AS tbl,
    (n / (t.columns + 3))::integer AS blocknum,
    NULL::integer AS num_values,
    0 AS extended_limits,
    NULL::bigint AS minvalue,
    NULL::bigint AS maxvalue,
    0 AS sb_pos,
    0 AS pinned,
    1 AS on_disk,
    0 AS modified,
    0 AS hdr_modified,
    NULL::integer AS unsorted,
    0 AS tombstone,
    0 AS preferred_diskno,
    CASE t.relpersistence WHEN 't' THEN 1 ELSE 0 END AS temporary,
    0 AS newblock,
    NULL::integer AS num_readers,
    0 AS flags
FROM redshift_catalog.stored_tables AS t
CROSS JOIN LATERAL generate_series(0, t.blocks - 1) AS n
WHERE t.rows > 0;

CREATE OR REPLACE VIEW redshift_catalog.svv_diskusage AS
SELECT
    p.db_id,
    p.name,
    b.slice,
    b.col,
    b.tbl,
    b.blocknum,
    b.num_values,
    b.minvalue,
    b.maxvalue,
    b.sb_pos,
    b.pinned,
    b.on_disk,
    b.modified,
    b.hdr_modified,
    b.unsorted,
    b.tombstone,
    b.preferred_diskno,
    b.temporary,
    b.newblock
FROM redshift_catalog.stv_blocklist AS b
JOIN redshift_catalog.stv_tbl_perm AS p ON p.id = b.tbl;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;

-- Zone maps know every block as soon as it is written; PostgreSQL leaves new ones to its next vacuum, and reads
-- them whole until then.
CREATE OR REPLACE FUNCTION redshift_catalog.map_new_blocks(relation oid) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    SELECT pg_catalog.brin_summarize_new_values(i.indexrelid)
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
    WHERE i.indrelid = relation AND m.amname = 'brin'
$$;
