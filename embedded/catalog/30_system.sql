-- What the session needs of the server: raising refusals, the settings that only Redshift has, and
-- what was declared about tables.

CREATE SCHEMA IF NOT EXISTS redshift_catalog;
GRANT USAGE ON SCHEMA redshift_catalog TO PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC;  -- as every user of Redshift has

-- Views are made anew, unless a user's view hangs on them: then they are replaced below.
DO $$
DECLARE
    views text;
BEGIN
    SELECT string_agg(format('redshift_catalog.%I', relname), ', ') INTO views
    FROM pg_catalog.pg_class WHERE relnamespace = 'redshift_catalog'::regnamespace AND relkind = 'v';
    IF views IS NOT NULL THEN
        DROP VIEW IF EXISTS information_schema.columns;
        EXECUTE 'DROP VIEW ' || views;
    END IF;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RETURN;
END $$;

-- Raise an error of any SQLSTATE, so that the client gets a genuine one.
CREATE OR REPLACE FUNCTION redshift_catalog.refuse(state text, message text, detail text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF detail IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message;
    END IF;
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message, DETAIL = detail;
END $$;

-- Redshift's own settings, kept as settings of PostgreSQL, so that they follow its transactions.
-- Their names and what they take: embedded/statements/parameters.py.
ALTER ROLE ALL SET redshift.analyze_threshold_percent = '10';
ALTER ROLE ALL SET redshift.auto_analyze = 'true';
ALTER ROLE ALL SET redshift.auto_mv = 'true';
ALTER ROLE ALL SET redshift.cast_super_null_on_error = 'on';
ALTER ROLE ALL SET redshift.datashare_break_glass_session_var = '';
ALTER ROLE ALL SET redshift.default_geometry_encoding = '1';
ALTER ROLE ALL SET redshift.describe_field_name_in_uppercase = 'off';
ALTER ROLE ALL SET redshift.downcase_delimited_identifier = 'on';
ALTER ROLE ALL SET redshift.enable_case_sensitive_identifier = 'false';
ALTER ROLE ALL SET redshift.enable_case_sensitive_super_attribute = 'false';
ALTER ROLE ALL SET redshift.enable_large_strings_opt_in = 'false';
ALTER ROLE ALL SET redshift.enable_numeric_rounding = 'on';
ALTER ROLE ALL SET redshift.enable_result_cache_for_session = 'on';
ALTER ROLE ALL SET redshift.enable_vacuum_boost = 'off';
ALTER ROLE ALL SET redshift.error_on_nondeterministic_update = 'false';
ALTER ROLE ALL SET redshift.interval_forbid_composite_literals = 'true';
ALTER ROLE ALL SET redshift.json_parse_dedup_attributes = 'off';
ALTER ROLE ALL SET redshift.json_parse_truncate_strings = 'off';
ALTER ROLE ALL SET redshift.json_serialization_enable = 'off';
ALTER ROLE ALL SET redshift.json_serialization_parse_nested_strings = 'off';
ALTER ROLE ALL SET redshift.max_concurrency_scaling_clusters = '1';
ALTER ROLE ALL SET redshift.max_cursor_result_set_size = '0';
ALTER ROLE ALL SET redshift.mv_enable_aqmv_for_session = 'true';
ALTER ROLE ALL SET redshift.navigate_super_null_on_error = 'on';
ALTER ROLE ALL SET redshift.parse_super_null_on_error = 'off';
ALTER ROLE ALL SET redshift.pg_federation_repeatable_read = 'true';
ALTER ROLE ALL SET redshift.query_group = 'default';
ALTER ROLE ALL SET redshift.require_ssl = 'true';
ALTER ROLE ALL SET redshift.shuffle_unordered = 'off';
ALTER ROLE ALL SET redshift.spectrum_enable_pseudo_columns = 'true';
ALTER ROLE ALL SET redshift.spectrum_query_maxerror = '-1';
ALTER ROLE ALL SET redshift.stored_proc_log_min_messages = 'LOG';
ALTER ROLE ALL SET redshift.use_fips_ssl = 'false';
ALTER ROLE ALL SET redshift.wlm_json_configuration = '';
ALTER ROLE ALL SET redshift.wlm_query_slot_count = '1';
ALTER ROLE ALL SET redshift.isolation = 'snapshot';
ALTER ROLE ALL SET redshift.flags = '{}';  -- the settings that this side of the server must know
ALTER ROLE ALL SET extra_float_digits = 0;
ALTER ROLE ALL SET client_min_messages = 'warning';  -- PostgreSQL's notices are not Redshift's

-- Views that are bound to their tables only when they are used.
CREATE TABLE IF NOT EXISTS redshift_catalog.late_views (
    schema_name text NOT NULL,
    view_name text NOT NULL,
    query text NOT NULL,
    PRIMARY KEY (schema_name, view_name)
);

CREATE SEQUENCE IF NOT EXISTS redshift_catalog.query_ids AS integer START 1000 INCREMENT 1000;

-- What was declared about a table (distribution, sorting, encodings, identities, defaults, keys) is the
-- comment of a policy on it: it lives, moves and dies with the table, follows its transaction, and is
-- no table of ours that a serializable transaction could be caught reading.
CREATE OR REPLACE FUNCTION redshift_catalog.declared(relation oid) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT d.description::jsonb
    FROM pg_catalog.pg_policy AS p
    JOIN pg_catalog.pg_description AS d ON d.classoid = 'pg_catalog.pg_policy'::regclass AND d.objoid = p.oid
    WHERE p.polrelid = relation AND p.polname = 'redshift'
$$;

-- The base name of a type as Redshift declares it.
CREATE OR REPLACE FUNCTION redshift_catalog.type_word(typname name) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE typname
        WHEN 'int2' THEN 'smallint' WHEN 'int4' THEN 'integer' WHEN 'int8' THEN 'bigint'
        WHEN 'float4' THEN 'real' WHEN 'float8' THEN 'double precision' WHEN 'bool' THEN 'boolean'
        WHEN 'bpchar' THEN 'char' WHEN 'text' THEN 'varchar' WHEN 'name' THEN 'varchar'
        WHEN 'bytea' THEN 'varbyte' ELSE typname
    END
$$;

CREATE OR REPLACE FUNCTION redshift_catalog.type_name(type oid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT redshift_catalog.type_word(t.typname) FROM pg_catalog.pg_type AS t WHERE t.oid = type
$$;

-- A type with its size, in the words of the catalog: character varying(256).
CREATE OR REPLACE FUNCTION redshift_catalog.type_words(word text, type oid, modifier integer) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE word
        WHEN 'varchar' THEN 'character varying' || CASE WHEN modifier > 4 THEN format('(%s)', modifier - 4) ELSE '' END
        WHEN 'char' THEN 'character' || CASE WHEN modifier > 4 THEN format('(%s)', modifier - 4) ELSE '' END
        WHEN 'varbyte' THEN 'binary varying'
        WHEN 'super' THEN 'super'
        ELSE pg_catalog.format_type(type, modifier)
    END
$$;

CREATE OR REPLACE FUNCTION redshift_catalog.type_text(type oid, modifier integer) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT redshift_catalog.type_words(redshift_catalog.type_name(type), type, modifier)
$$;

CREATE OR REPLACE VIEW redshift_catalog.declared_columns AS
SELECT
    a.attrelid AS relation,
    a.attnum AS position,
    a.attname::text AS name,
    t.name AS type,
    CASE WHEN t.name IN ('varchar', 'char') AND a.atttypmod > 4 THEN a.atttypmod - 4
        WHEN t.name = 'varbyte' THEN (d.about -> 'lengths' ->> a.attnum::text)::integer END AS length,
    CASE WHEN t.name = 'numeric' AND a.atttypmod > 4 THEN (a.atttypmod - 4) >> 16 & 65535 END AS precision,
    CASE WHEN t.name = 'numeric' AND a.atttypmod > 4 THEN a.atttypmod - 4 & 2047 END AS scale,
    a.attnotnull AS not_null,
    d.about -> 'defaults' ->> a.attnum::text AS default_text,
    (d.about -> 'identities' -> a.attnum::text ->> 0)::bigint AS seed,
    (d.about -> 'identities' -> a.attnum::text ->> 1)::bigint AS step,
    coalesce((d.about -> 'identities' -> a.attnum::text ->> 2)::boolean, false) AS by_default,
    a.atttypid AS type_id,
    a.atttypmod AS modifier,
    d.about
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
CROSS JOIN LATERAL (SELECT redshift_catalog.type_word(y.typname)) AS t (name)
LEFT JOIN pg_catalog.pg_policy AS p ON p.polrelid = a.attrelid AND p.polname = 'redshift'
LEFT JOIN pg_catalog.pg_description AS c ON c.classoid = 'pg_catalog.pg_policy'::regclass AND c.objoid = p.oid
CROSS JOIN LATERAL (SELECT c.description::jsonb OFFSET 0) AS d (about)  -- read once
WHERE a.attnum > 0 AND NOT a.attisdropped;

-- For each relation its columns, [] when the snapshot is older than it, null when there is none. A
-- statement asks it once, before it is translated: its plan is kept, and goes by the catalog's indexes.
CREATE OR REPLACE FUNCTION redshift_catalog.columns_of(relations oid[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET enable_nestloop = on SET enable_hashjoin = off AS $$
BEGIN
    RETURN (
        SELECT pg_catalog.jsonb_agg(CASE WHEN r.relation IS NOT NULL THEN coalesce(c.columns, '[]') END ORDER BY r.place)
        FROM pg_catalog.unnest(relations) WITH ORDINALITY AS r (relation, place)
        CROSS JOIN LATERAL (
            SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(d.name, d.type, d.length, d.precision, d.scale,
                d.not_null, d.default_text, d.seed, d.step, d.by_default) ORDER BY d.position) AS columns
            FROM redshift_catalog.declared_columns AS d
            WHERE d.relation = r.relation
        ) AS c
    );
END
$$;

CREATE OR REPLACE VIEW redshift_catalog.parameters AS
SELECT substr(name, 10) AS name, pg_catalog.current_setting(name, true) AS value, ''::text AS description
FROM pg_catalog.pg_db_role_setting AS s
CROSS JOIN unnest(s.setconfig) AS setting
CROSS JOIN LATERAL split_part(setting, '=', 1) AS name
WHERE s.setrole = 0 AND s.setdatabase = 0 AND name LIKE 'redshift.%' AND name NOT IN ('redshift.isolation', 'redshift.flags')
UNION ALL
SELECT lower(name), setting, ''
FROM pg_catalog.pg_settings
WHERE name IN ('search_path', 'statement_timeout', 'TimeZone', 'DateStyle', 'client_encoding', 'application_name',
    'extra_float_digits', 'IntervalStyle')
UNION ALL
SELECT 'server_version', '8.0.2', '';

CREATE OR REPLACE FUNCTION redshift_catalog.pg_last_query_id() RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(pg_catalog.current_setting('redshift.last_query_id', true), '')::integer, -1)
$$;
