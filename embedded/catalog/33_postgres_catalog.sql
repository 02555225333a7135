-- PostgreSQL's own catalogs, where Redshift's differ: columns that Redshift has, keys that are remembered
-- and not enforced, and nothing of what makes this stand-in.

CREATE OR REPLACE VIEW redshift_catalog.pg_namespace AS
SELECT oid, nspname, nspowner, nspacl
FROM pg_catalog.pg_namespace
WHERE nspname <> 'redshift_catalog' AND nspname NOT LIKE 'pg\_toast%' AND NOT pg_catalog.pg_is_other_temp_schema(oid);

CREATE OR REPLACE VIEW redshift_catalog.pg_class AS
SELECT
    c.oid,
    c.relname,
    c.relnamespace,
    c.reltype,
    c.relowner,
    c.relam,
    c.relfilenode,
    c.reltablespace,
    c.relpages,
    c.reltuples,
    c.reltoastrelid,
    false AS relhasindex,
    c.relisshared,
    c.relkind,
    c.relnatts,
    0::smallint AS relexternid,
    c.relchecks,
    c.relhasrules,
    c.relacl,
    CASE
        WHEN c.relkind <> 'r' THEN 0
        WHEN d.style LIKE 'AUTO(ALL%' THEN 10
        WHEN d.style LIKE 'AUTO(EVEN%' THEN 11
        WHEN d.style LIKE 'AUTO(KEY%' THEN 12
        WHEN d.style LIKE 'KEY%' THEN 1
        WHEN d.style = 'ALL' THEN 8
        ELSE 0
    END::smallint AS reldiststyle
FROM pg_catalog.pg_class AS c
LEFT JOIN LATERAL redshift_catalog.diststyle(c.oid) AS d (style) ON c.relkind = 'r' AND c.oid >= 16384
WHERE c.relkind <> 'i' AND c.relnamespace <> 'redshift_catalog'::regnamespace;

-- Encodings have numbers, of which 0 is none.
CREATE OR REPLACE FUNCTION redshift_catalog.encoding_names() RETURNS text []
LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['none', 'az64', 'bytedict', 'delta', 'delta32k', 'lzo', 'mostly8', 'mostly16', 'mostly32', 'runlength',
        'text255', 'text32k', 'zstd']
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.encoding_number(name text) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$ SELECT (array_position(redshift_catalog.encoding_names(), name) - 1)::smallint $$;
CREATE OR REPLACE FUNCTION redshift_catalog.format_encoding(number integer) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT (redshift_catalog.encoding_names())[number + 1] $$;

CREATE OR REPLACE VIEW redshift_catalog.pg_attribute AS
SELECT
    a.attrelid,
    a.attname,
    a.atttypid,
    a.attlen,
    a.attnum,
    a.attndims,
    a.atttypmod,
    a.attbyval,
    a.attstorage,
    a.attalign,
    a.attnotnull,
    a.atthasdef,
    a.attisdropped,
    a.attislocal,
    coalesce(c.distkey, false) AS attisdistkey,
    coalesce(c.sort_place, 0) AS attsortkeyord,
    redshift_catalog.encoding_number(coalesce(c.encoding, 'none')) AS attencodingtype
FROM pg_catalog.pg_attribute AS a
LEFT JOIN redshift_catalog.catalog_columns AS c ON c.table_id = a.attrelid AND c.position = a.attnum
WHERE NOT a.attisdropped;

CREATE OR REPLACE VIEW redshift_catalog.pg_attrdef AS
SELECT d.oid, d.adrelid, d.adnum, d.adbin, coalesce(
    redshift_catalog.declared(d.adrelid) -> 'defaults' ->> d.adnum::text,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid)
) AS adsrc
FROM pg_catalog.pg_attrdef AS d;

-- The keys that DDL declared; their ids are made of the table's and of their place.
CREATE OR REPLACE VIEW redshift_catalog.declared_keys AS
SELECT
    c.oid AS table_id,
    (c.oid::bigint * 64 + k.place)::bigint AS key_id,
    k.key ->> 'kind' AS kind,
    ARRAY(SELECT e.value::smallint FROM jsonb_array_elements_text(k.key -> 'columns') AS e (value)) AS numbers,
    names.columns,
    coalesce(k.key ->> 'name', CASE k.key ->> 'kind' WHEN 'p' THEN c.relname || '_pkey'
        ELSE concat_ws('_', c.relname, array_to_string(names.columns, '_'),
            CASE k.key ->> 'kind' WHEN 'u' THEN 'key' ELSE 'fkey' END) END) AS name,
    ARRAY(SELECT e.value FROM jsonb_array_elements_text(k.key -> 'table') AS e (value)) AS to_table,
    ARRAY(SELECT e.value FROM jsonb_array_elements_text(k.key -> 'table_columns') AS e (value)) AS to_columns
FROM pg_catalog.pg_class AS c
CROSS JOIN LATERAL (SELECT redshift_catalog.declared(c.oid)) AS b (about)
CROSS JOIN LATERAL jsonb_array_elements(b.about -> 'keys') WITH ORDINALITY AS k (key, place)
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY e.place)
    FROM jsonb_array_elements_text(k.key -> 'columns') WITH ORDINALITY AS e (number, place)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = e.number::integer
) AS names (columns)
WHERE c.relkind = 'r';

CREATE OR REPLACE VIEW redshift_catalog.pg_constraint AS
SELECT
    k.key_id AS oid,
    k.name AS conname,
    c.relnamespace AS connamespace,
    k.kind AS contype,
    false AS condeferrable,
    false AS condeferred,
    k.table_id AS conrelid,
    0::oid AS contypid,
    coalesce(to_regclass(array_to_string(k.to_table, '.')), 0::regclass)::oid AS confrelid,
    k.numbers AS conkey,
    k.to_columns AS confkey
FROM redshift_catalog.declared_keys AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.table_id;

CREATE OR REPLACE FUNCTION redshift_catalog.pg_get_constraintdef(key bigint, pretty boolean DEFAULT false) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE kind WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END
        || format(' (%s)', array_to_string(columns, ', '))
        || CASE kind WHEN 'f' THEN format(' REFERENCES %s(%s)', array_to_string(to_table, '.'), array_to_string(to_columns, ', '))
            ELSE '' END
    FROM redshift_catalog.declared_keys WHERE key_id = key
$$;

CREATE OR REPLACE VIEW redshift_catalog.pg_tables AS
SELECT schemaname, tablename, tableowner, tablespace, false AS hasindexes, hasrules, false AS hastriggers
FROM pg_catalog.pg_tables WHERE schemaname <> 'redshift_catalog';

CREATE OR REPLACE VIEW redshift_catalog.pg_views AS
SELECT
    v.schemaname,
    v.viewname,
    v.viewowner,
    coalesce(l.query || ' WITH NO SCHEMA BINDING;', d.description, v.definition) AS definition
FROM pg_catalog.pg_views AS v
LEFT JOIN redshift_catalog.late_views AS l ON l.schema_name = v.schemaname AND l.view_name = v.viewname
LEFT JOIN pg_catalog.pg_rewrite AS r
    ON r.ev_class = to_regclass(format('%I.%I', v.schemaname, v.viewname)) AND r.rulename = '_RETURN'
LEFT JOIN pg_catalog.pg_description AS d ON d.classoid = 'pg_catalog.pg_rewrite'::regclass AND d.objoid = r.oid
WHERE v.schemaname <> 'redshift_catalog'
UNION ALL
SELECT l.schema_name, l.view_name, current_user, l.query || ' WITH NO SCHEMA BINDING;'
FROM redshift_catalog.late_views AS l
WHERE to_regclass(format('%I.%I', l.schema_name, l.view_name)) IS NULL;

-- The text of a view as it was written: PostgreSQL's would show what it was translated to.
CREATE OR REPLACE FUNCTION redshift_catalog.pg_get_viewdef(view oid, pretty boolean DEFAULT false) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT definition FROM redshift_catalog.pg_views WHERE to_regclass(format('%I.%I', schemaname, viewname)) = view
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.pg_get_viewdef(view text, pretty boolean DEFAULT false) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT redshift_catalog.pg_get_viewdef(to_regclass(view)::oid) $$;

CREATE OR REPLACE VIEW redshift_catalog.pg_database AS
SELECT oid, datname, datdba, encoding, datistemplate, datallowconn, datconnlimit, datacl
FROM pg_catalog.pg_database WHERE datname NOT IN ('postgres', 'redshift_template');

-- What pg_get_late_binding_view_cols() returns: the columns of those late-binding views that are bound.
DROP VIEW IF EXISTS redshift_catalog.pg_late_binding_view_cols;
CREATE OR REPLACE VIEW redshift_catalog.pg_get_late_binding_view_cols AS
SELECT
    n.nspname AS view_schema,
    c.relname AS view_name,
    a.attname AS col_name,
    redshift_catalog.type_text(a.atttypid, a.atttypmod) AS col_type,
    a.attnum::integer AS col_num
FROM redshift_catalog.late_views AS v
JOIN pg_catalog.pg_namespace AS n ON n.nspname = v.schema_name
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = v.view_name
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped;

CREATE OR REPLACE VIEW redshift_catalog.pg_description AS
SELECT objoid, classoid, objsubid, description
FROM pg_catalog.pg_description
WHERE classoid NOT IN ('pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_rewrite'::regclass);

-- Which tables are in no snapshot.
CREATE OR REPLACE VIEW redshift_catalog.pg_conf AS
SELECT format('pg_class_backup_%s_%s', d.oid, c.oid) AS key, 'no'::text AS value
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_database AS d ON d.datname = current_database()
WHERE c.relkind = 'r' AND redshift_catalog.declared(c.oid) ->> 'backup' = 'no';

-- The information schema is PostgreSQL's, without what makes this stand-in.
DO $$
DECLARE
    view_name text;
BEGIN
    FOREACH view_name IN ARRAY ARRAY['tables', 'views', 'schemata', 'columns'] LOOP
        IF to_regclass('information_schema.postgres_' || view_name) IS NULL THEN
            EXECUTE format('ALTER VIEW information_schema.%I RENAME TO %I', view_name, 'postgres_' || view_name);
        END IF;
        EXECUTE format('DROP VIEW IF EXISTS information_schema.%I', view_name);
    END LOOP;
END $$;

CREATE VIEW information_schema.tables AS
SELECT table_catalog::text, table_schema::text, table_name::text, table_type::text,
    NULL::text AS self_referencing_column_name, NULL::text AS reference_generation,
    NULL::text AS user_defined_type_catalog, NULL::text AS user_defined_type_schema, NULL::text AS user_defined_name
FROM information_schema.postgres_tables
WHERE table_schema <> 'redshift_catalog' AND table_name NOT LIKE 'postgres\_%';

CREATE VIEW information_schema.views AS
SELECT table_catalog::text, table_schema::text, table_name::text, view_definition::text, check_option::text,
    is_updatable::text, is_insertable_into::text
FROM information_schema.postgres_views
WHERE table_schema <> 'redshift_catalog' AND table_name NOT LIKE 'postgres\_%';

CREATE VIEW information_schema.schemata AS
SELECT catalog_name::text, schema_name::text, schema_owner::text, NULL::text AS default_character_set_catalog,
    NULL::text AS default_character_set_schema, NULL::text AS default_character_set_name, NULL::text AS sql_path
FROM information_schema.postgres_schemata
WHERE schema_name <> 'redshift_catalog';

CREATE VIEW information_schema.columns AS
SELECT
    table_catalog,
    table_schema,
    table_name,
    column_name,
    ordinal_position,
    column_default,
    is_nullable,
    data_type,
    character_maximum_length,
    NULL::integer AS character_octet_length,
    numeric_precision,
    numeric_precision_radix,
    numeric_scale,
    datetime_precision,
    interval_type,
    interval_precision,
    character_set_catalog,
    character_set_schema,
    character_set_name,
    collation_catalog,
    collation_schema,
    collation_name,
    NULL::text AS domain_catalog,
    NULL::text AS domain_schema,
    domain_name
FROM redshift_catalog.svv_columns;
GRANT SELECT ON information_schema.tables, information_schema.views, information_schema.schemata,
    information_schema.columns TO PUBLIC;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;
GRANT SELECT, INSERT, DELETE ON redshift_catalog.late_views TO PUBLIC;
-- Also the settings: COPY reads them as whoever runs it, and no query of the Redshift door gets there.
