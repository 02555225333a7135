-- What SHOW tells.

CREATE OR REPLACE VIEW redshift_catalog.show_tables AS
SELECT
    t.database_name,
    t.schema_name,
    t.table_name,
    t.table_type,
    array_to_string(c.relacl, '~') AS table_acl,
    t.remarks,
    pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
    NULL::timestamp AS last_altered_time,
    NULL::timestamp AS last_modified_time,
    CASE WHEN c.relkind = 'r' THEN redshift_catalog.diststyle(c.oid) END AS dist_style,
    CASE WHEN c.relkind = 'r' THEN 'REGULAR TABLE' ELSE 'REGULAR VIEW' END AS table_subtype
FROM redshift_catalog.svv_all_tables AS t
JOIN pg_catalog.pg_namespace AS n ON n.nspname = t.schema_name
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = t.table_name;

CREATE OR REPLACE VIEW redshift_catalog.show_columns AS
SELECT
    c.database_name,
    c.schema_name,
    c.table_name,
    c.column_name,
    c.ordinal_position,
    c.column_default,
    c.is_nullable,
    c.data_type,
    c.character_maximum_length,
    c.numeric_precision,
    c.numeric_scale,
    c.remarks,
    CASE WHEN k.sort_place > 0 THEN upper(k.sortstyle) END AS sort_key_type,
    nullif(k.sort_place, 0) AS sort_key,
    CASE WHEN k.distkey THEN 1 END AS dist_key,
    k.encoding,
    NULL::text AS collation
FROM redshift_catalog.svv_all_columns AS c
JOIN redshift_catalog.catalog_columns AS k
    ON k.schema_name = c.schema_name AND k.table_name = c.table_name AND k.column_name = c.column_name;

CREATE OR REPLACE VIEW redshift_catalog.show_databases AS
SELECT database_name, database_owner, database_type, database_acl, NULL::text AS parameters, database_isolation_level
FROM redshift_catalog.svv_redshift_databases;

CREATE OR REPLACE FUNCTION redshift_catalog.table_ddl(relation oid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('CREATE %sTABLE %I.%I (%s', CASE max(relpersistence::text) WHEN 't' THEN 'TEMPORARY ' ELSE '' END,
            max(schema_name), max(table_name), E'\n')
        || string_agg(format('    %I %s%s%s%s%s', column_name, data_type,
            CASE WHEN seed IS NOT NULL THEN format(' IDENTITY(%s,%s)', seed, step)
                WHEN default_text IS NOT NULL THEN ' DEFAULT ' || default_text ELSE '' END,
            CASE WHEN not_null THEN ' NOT NULL' ELSE '' END,
            ' ENCODE ' || replace(encoding, 'none', 'raw'),
            CASE WHEN distkey THEN ' distkey' ELSE '' END), E',\n' ORDER BY position)
        || coalesce((SELECT string_agg(E',\n    ' || redshift_catalog.pg_get_constraintdef(key_id), '' ORDER BY key_id)
            FROM redshift_catalog.declared_keys WHERE table_id = relation), '')
        || format(E'\n)\nDISTSTYLE %s', regexp_replace(redshift_catalog.diststyle(relation), '\(.*', ''))
        || coalesce(E'\n' || CASE max(sortstyle) WHEN 'interleaved' THEN 'INTERLEAVED ' ELSE '' END
            || 'SORTKEY ( ' || string_agg(quote_ident(column_name), ', ' ORDER BY sort_place) FILTER (WHERE sort_place > 0) || ' )', '')
        || ';'
    FROM redshift_catalog.catalog_columns WHERE table_id = relation
$$;

CREATE OR REPLACE FUNCTION redshift_catalog.view_ddl(schema_name text, view_name text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('CREATE OR REPLACE VIEW %I.%I AS %s', schema_name, view_name, definition)
    FROM redshift_catalog.pg_views AS v
    WHERE v.schemaname = schema_name AND v.viewname = view_name
$$;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;
