-- What there is: tables and columns as Redshift's catalog tells of them.

-- One row per column of a user's tables and views, with everything that the views below need.
CREATE OR REPLACE VIEW redshift_catalog.catalog_columns AS
SELECT
    c.oid AS table_id,
    n.nspname::text AS schema_name,
    c.relname::text AS table_name,
    c.relkind,
    c.relpersistence,
    d.position,
    d.name AS column_name,
    d.type,
    d.length,
    d.precision,
    d.scale,
    d.not_null,
    d.default_text,
    d.seed,
    d.step,
    redshift_catalog.type_words(d.type, d.type_id, d.modifier) AS data_type,
    coalesce((d.about ->> 'distkey')::integer = d.position, false) AS distkey,
    coalesce(s.place, 0)::integer AS sort_place,
    d.about ->> 'sortstyle' AS sortstyle,
    CASE
        WHEN c.relkind <> 'r' THEN 'none'
        WHEN d.about -> 'encodings' ? d.position::text
            THEN replace(replace(d.about -> 'encodings' ->> d.position::text, 'raw', 'none'), 'auto', 'none')
        WHEN s.place IS NOT NULL OR d.type IN ('real', 'double precision', 'boolean') THEN 'none'
        WHEN d.type IN ('varchar', 'char', 'super', 'varbyte') THEN 'lzo'
        ELSE 'az64'
    END AS encoding
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN redshift_catalog.declared_columns AS d ON d.relation = c.oid
LEFT JOIN LATERAL jsonb_array_elements_text(d.about -> 'sortkey') WITH ORDINALITY AS s (number, place)
    ON s.number::integer = d.position
WHERE c.relkind IN ('r', 'v', 'm')
    AND n.nspname NOT IN ('redshift_catalog', 'information_schema', 'pg_catalog', 'pg_toast')
    AND (NOT pg_catalog.pg_is_other_temp_schema(n.oid))
OFFSET 0;  -- or PostgreSQL words the types of the whole catalog before it looks whose they are

CREATE OR REPLACE VIEW redshift_catalog.pg_table_def AS
SELECT
    schema_name AS schemaname,
    table_name AS tablename,
    column_name AS "column",
    data_type AS type,
    encoding,
    distkey,
    CASE WHEN sortstyle = 'interleaved' AND sort_place % 2 = 0 THEN -sort_place ELSE sort_place END AS sortkey,
    not_null AS notnull
FROM redshift_catalog.catalog_columns
WHERE relkind = 'r' AND schema_name = ANY (current_schemas(true)::text [])
ORDER BY schema_name, table_name, position;

-- Rows are counted where that is quick, and taken from the statistics where it is not.
CREATE OR REPLACE FUNCTION redshift_catalog.row_count(relation oid) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$
DECLARE
    counted bigint;
BEGIN
    IF NOT pg_catalog.has_table_privilege(relation, 'SELECT') THEN
        RETURN NULL;
    END IF;
    IF pg_catalog.pg_relation_size(relation) > 67108864 THEN
        RETURN (SELECT greatest(reltuples, 0)::bigint FROM pg_catalog.pg_class WHERE oid = relation);
    END IF;
    EXECUTE format('SELECT count(*) FROM %s', relation::regclass) INTO counted;
    RETURN counted;
END $$;

CREATE OR REPLACE FUNCTION redshift_catalog.diststyle(relation oid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE coalesce(about ->> 'diststyle', CASE WHEN about ? 'distkey' THEN 'key' END, 'auto')
        WHEN 'key' THEN format('KEY(%s)', a.attname)
        WHEN 'auto' THEN CASE WHEN about ? 'distkey' THEN format('AUTO(KEY(%s))', a.attname)
            WHEN pg_catalog.pg_relation_size(relation) > 8388608 THEN 'AUTO(EVEN)' ELSE 'AUTO(ALL)' END
        ELSE upper(about ->> 'diststyle')
    END
    FROM (SELECT coalesce(redshift_catalog.declared(relation), '{}')) AS d (about)
    LEFT JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = relation AND a.attnum = (about ->> 'distkey')::integer
$$;

CREATE OR REPLACE VIEW redshift_catalog.svv_table_info AS
WITH tables AS (
    SELECT
        table_id,
        schema_name,
        table_name,
        max(column_name) FILTER (WHERE sort_place = 1) AS first_sort_column,
        max(encoding) FILTER (WHERE sort_place = 1) AS first_sort_encoding,
        max(sort_place) AS sort_columns,
        max(sortstyle) AS sortstyle,
        max(length) FILTER (WHERE type = 'varchar') AS max_varchar,
        count(*) AS columns,
        redshift_catalog.declared(table_id) AS about
    FROM redshift_catalog.catalog_columns
    WHERE relkind = 'r'
    GROUP BY table_id, schema_name, table_name
),
counted AS (
    SELECT t.*, r.rows
    FROM tables AS t CROSS JOIN LATERAL redshift_catalog.row_count(t.table_id) AS r (rows)
)
SELECT
    current_database()::text AS database,
    schema_name AS schema,
    table_id::bigint AS table_id,
    table_name AS "table",
    CASE WHEN about ? 'encodings' THEN 'Y' ELSE 'Y, AUTO(ENCODE)' END AS encoded,
    redshift_catalog.diststyle(table_id) AS diststyle,
    CASE WHEN first_sort_column IS NULL THEN 'AUTO(SORTKEY)'
        WHEN sortstyle = 'interleaved' THEN 'INTERLEAVED' ELSE first_sort_column END AS sortkey1,
    coalesce(max_varchar, 0) AS max_varchar,
    first_sort_encoding AS sortkey1_enc,
    sort_columns AS sortkey_num,
    greatest(ceil(pg_catalog.pg_relation_size(table_id) / 1048576.0), columns + 3)::bigint AS size,
    0.0::numeric(10, 4) AS pct_used,
    0::bigint AS empty,
    CASE WHEN first_sort_column IS NOT NULL THEN
        least(100, 100.0 * pg_catalog.pg_stat_get_ins_since_vacuum(table_id) / rows)::numeric(5, 2) END AS unsorted,
    least(100, 100.0 * pg_catalog.pg_stat_get_mod_since_analyze(table_id) / rows)::numeric(5, 2) AS stats_off,
    rows::numeric(38, 0) AS tbl_rows,
    NULL::numeric(19, 2) AS skew_sortkey1,
    NULL::numeric(19, 2) AS skew_rows,
    rows::numeric(38, 0) AS estimated_visible_rows,
    NULL::text AS risk_event,
    0.0::numeric(12, 2) AS vacuum_sort_benefit,
    NULL::timestamp AS create_time
FROM counted
WHERE rows > 0;

CREATE OR REPLACE VIEW redshift_catalog.svv_columns AS
SELECT
    current_database()::text AS table_catalog,
    schema_name AS table_schema,
    table_name,
    column_name,
    position::integer AS ordinal_position,
    CASE WHEN seed IS NOT NULL THEN format('"identity"(%s, %s, ''%s,%s''::text)', table_id, position - 1, seed, step)
        ELSE default_text END AS column_default,
    CASE WHEN not_null THEN 'NO' ELSE 'YES' END AS is_nullable,
    regexp_replace(data_type, '\(.*?\)', '') AS data_type,
    CASE WHEN type IN ('varchar', 'char', 'varbyte') THEN length END AS character_maximum_length,
    CASE type WHEN 'smallint' THEN 16 WHEN 'integer' THEN 32 WHEN 'bigint' THEN 64 WHEN 'real' THEN 24
        WHEN 'double precision' THEN 53 ELSE precision END AS numeric_precision,
    CASE WHEN type IN ('smallint', 'integer', 'bigint', 'real', 'double precision') THEN 2
        WHEN type = 'numeric' THEN 10 END AS numeric_precision_radix,
    CASE WHEN type IN ('smallint', 'integer', 'bigint') THEN 0 ELSE scale END AS numeric_scale,
    CASE WHEN type LIKE 'time%' THEN 6 END AS datetime_precision,
    NULL::text AS interval_type,
    NULL::text AS interval_precision,
    NULL::text AS character_set_catalog,
    NULL::text AS character_set_schema,
    NULL::text AS character_set_name,
    NULL::text AS collation_catalog,
    NULL::text AS collation_schema,
    NULL::text AS collation_name,
    NULL::text AS domain_name,
    pg_catalog.col_description(table_id, position) AS remarks
FROM redshift_catalog.catalog_columns
WHERE has_schema_privilege(to_regnamespace(quote_ident(schema_name))::oid, 'USAGE');  -- null when it is dropped

CREATE OR REPLACE VIEW redshift_catalog.svv_all_columns AS
SELECT
    table_catalog AS database_name,
    table_schema AS schema_name,
    table_name,
    column_name,
    ordinal_position,
    column_default,
    is_nullable,
    data_type,
    character_maximum_length,
    numeric_precision,
    numeric_scale,
    remarks
FROM redshift_catalog.svv_columns;

CREATE OR REPLACE VIEW redshift_catalog.svv_redshift_columns AS
SELECT
    c.table_catalog AS database_name,
    c.table_schema AS schema_name,
    c.table_name,
    c.column_name,
    c.ordinal_position,
    k.data_type,
    c.column_default,
    c.is_nullable,
    k.encoding,
    k.distkey,
    k.sort_place AS sortkey,
    NULL::text AS column_acl,
    c.remarks
FROM redshift_catalog.svv_columns AS c
JOIN redshift_catalog.catalog_columns AS k
    ON k.schema_name = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name;

CREATE OR REPLACE VIEW redshift_catalog.svv_tables AS
SELECT
    current_database()::text AS table_catalog,
    n.nspname::text AS table_schema,
    c.relname::text AS table_name,
    CASE WHEN c.relkind = 'v' THEN 'VIEW' WHEN c.relpersistence = 't' THEN 'LOCAL TEMPORARY'
        ELSE 'BASE TABLE' END AS table_type,
    pg_catalog.obj_description(c.oid, 'pg_class') AS remarks
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm')
    AND n.nspname NOT IN ('redshift_catalog', 'pg_toast')
    AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
    AND has_schema_privilege(n.oid, 'USAGE');

CREATE OR REPLACE VIEW redshift_catalog.svv_all_tables AS
SELECT
    table_catalog AS database_name,
    table_schema AS schema_name,
    table_name,
    CASE WHEN table_type = 'VIEW' THEN 'VIEW' ELSE 'TABLE' END AS table_type,
    NULL::text AS table_acl,
    remarks
FROM redshift_catalog.svv_tables;

CREATE OR REPLACE VIEW redshift_catalog.svv_redshift_tables AS
SELECT * FROM redshift_catalog.svv_all_tables;

CREATE OR REPLACE VIEW redshift_catalog.svv_redshift_schemas AS
SELECT
    current_database()::text AS database_name,
    nspname::text AS schema_name,
    nspowner::bigint AS schema_owner,
    'local'::text AS schema_type,
    NULL::text AS schema_acl,
    NULL::text AS schema_option
FROM pg_catalog.pg_namespace
WHERE nspname <> 'redshift_catalog' AND nspname NOT LIKE 'pg\_toast%' AND nspname NOT LIKE 'pg\_temp%';

CREATE OR REPLACE VIEW redshift_catalog.svv_all_schemas AS
SELECT database_name, schema_name, schema_owner, schema_type, schema_acl, NULL::text AS source_database, schema_option
FROM redshift_catalog.svv_redshift_schemas;

CREATE OR REPLACE VIEW redshift_catalog.svv_redshift_databases AS
SELECT
    d.datname::text AS database_name,
    d.datdba::bigint AS database_owner,
    'local'::text AS database_type,
    NULL::text AS database_acl,
    NULL::text AS database_options,
    coalesce(i.level, 'Snapshot Isolation') AS database_isolation_level
FROM pg_catalog.pg_database AS d
LEFT JOIN LATERAL (
    SELECT initcap(split_part(setting, '=', 2)) || CASE WHEN setting LIKE '%snapshot' THEN ' Isolation' ELSE '' END
    FROM pg_catalog.pg_db_role_setting AS s CROSS JOIN unnest(s.setconfig) AS setting
    WHERE s.setdatabase = d.oid AND s.setrole = 0 AND setting LIKE 'redshift.isolation=%'
) AS i (level) ON true
WHERE NOT d.datistemplate AND d.datname <> 'postgres';

CREATE OR REPLACE VIEW redshift_catalog.stv_db_isolation_level AS
SELECT database_name AS db_name, database_isolation_level AS isolation_level
FROM redshift_catalog.svv_redshift_databases;

-- There is nothing external here.
CREATE OR REPLACE VIEW redshift_catalog.svv_external_schemas AS
SELECT 0::oid AS esoid, 0::smallint AS eskind, ''::text AS schemaname, 0 AS esowner, ''::text AS databasename,
    ''::text AS esoptions
WHERE false;

CREATE OR REPLACE VIEW redshift_catalog.svv_external_tables AS
SELECT ''::text AS redshift_database_name, ''::text AS schemaname, ''::text AS tablename, ''::text AS tabletype,
    ''::text AS location, ''::text AS input_format, ''::text AS output_format, ''::text AS serialization_lib,
    ''::text AS serde_parameters, 0 AS compressed, ''::text AS parameters
WHERE false;

CREATE OR REPLACE VIEW redshift_catalog.svv_external_columns AS
SELECT ''::text AS redshift_database_name, ''::text AS schemaname, ''::text AS tablename, ''::text AS columnname,
    ''::text AS external_type, 0 AS columnnum, 0 AS part_key, ''::text AS is_nullable
WHERE false;
