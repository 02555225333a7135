-- Rounding as Redshift does it, for the types that PostgreSQL rounds otherwise or not at all, and aggregates.

CREATE OR REPLACE FUNCTION redshift_catalog.round(double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN abs($1) < 4503599627370496 THEN sign($1) * pg_catalog.round(abs($1)::numeric)::double precision ELSE $1 END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.round(numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.round($1) $$;
CREATE OR REPLACE FUNCTION redshift_catalog.round(numeric, integer) RETURNS numeric
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_round';
CREATE OR REPLACE FUNCTION redshift_catalog.round(double precision, integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.round($1::numeric, $2)::double precision $$;
CREATE OR REPLACE FUNCTION redshift_catalog.trunc(double precision) RETURNS double precision
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'dtrunc';
CREATE OR REPLACE FUNCTION redshift_catalog.trunc(double precision, integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.trunc($1::numeric, $2)::double precision $$;
CREATE OR REPLACE FUNCTION redshift_catalog.trunc(numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.trunc($1) $$;
CREATE OR REPLACE FUNCTION redshift_catalog.trunc(numeric, integer) RETURNS numeric
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_trunc';
CREATE OR REPLACE FUNCTION redshift_catalog.trunc(timestamp) RETURNS date
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'timestamp_date';

-- LISTAGG: string_agg of varchar, so that DISTINCT compares as varchar does.
CREATE OR REPLACE FUNCTION redshift_catalog.listagg_add(internal, redshift_catalog."varchar", redshift_catalog."varchar")
RETURNS internal LANGUAGE internal IMMUTABLE PARALLEL SAFE AS 'string_agg_transfn';
CREATE OR REPLACE FUNCTION redshift_catalog.listagg_end(internal) RETURNS redshift_catalog."varchar"
LANGUAGE internal IMMUTABLE PARALLEL SAFE AS 'string_agg_finalfn';
CREATE OR REPLACE AGGREGATE redshift_catalog.listagg(redshift_catalog."varchar", redshift_catalog."varchar") (
    SFUNC = redshift_catalog.listagg_add, STYPE = internal, FINALFUNC = redshift_catalog.listagg_end
);
CREATE OR REPLACE FUNCTION redshift_catalog.listagg_limit(value redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(value::text) > 65535 THEN
        RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'Result size exceeds LISTAGG limit',
            DETAIL = 'LISTAGG result size exceeds 65535 bytes';
    END IF;
    RETURN value;
END $$;

-- MEDIAN: exact for decimals, and for anything that PostgreSQL can halve.
CREATE OR REPLACE FUNCTION redshift_catalog.median_end(numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.avg(n) FROM (
        SELECT n FROM unnest($1) AS u (n) ORDER BY n
        LIMIT 2 - array_length($1, 1) % 2 OFFSET (array_length($1, 1) - 1) / 2) AS middle
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.median_end(double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) FROM unnest($1) AS u (n)
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.median_end(timestamp[]) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.min(n) + (pg_catalog.max(n) - pg_catalog.min(n)) / 2 FROM (
        SELECT n FROM unnest($1) AS u (n) ORDER BY n
        LIMIT 2 - array_length($1, 1) % 2 OFFSET (array_length($1, 1) - 1) / 2) AS middle
$$;
DO $install$
DECLARE
    type text;
BEGIN
    FOREACH type IN ARRAY ARRAY['numeric', 'double precision', 'timestamp'] LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION redshift_catalog.median_add(%1$s[], %1$s) RETURNS %1$s[]'
            ' LANGUAGE sql IMMUTABLE PARALLEL SAFE AS ''SELECT CASE WHEN $2 IS NULL THEN $1 ELSE array_append($1, $2) END''', type);
        EXECUTE format('CREATE OR REPLACE AGGREGATE redshift_catalog.median(%1$s) (SFUNC = redshift_catalog.median_add,'
            ' STYPE = %1$s[], FINALFUNC = redshift_catalog.median_end, INITCOND = ''{}'')', type);
    END LOOP;
    FOREACH type IN ARRAY ARRAY['first', 'last'] LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION redshift_catalog.%s_add(anyelement, anyelement) RETURNS anyelement'
            ' LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS ''SELECT $%s''', type, CASE type WHEN 'first' THEN 1 ELSE 2 END);
        EXECUTE format('CREATE OR REPLACE AGGREGATE redshift_catalog.%1$s_value_not_null(anyelement)'
            ' (SFUNC = redshift_catalog.%1$s_add, STYPE = anyelement)', type);
    END LOOP;
END $install$;

-- PERCENTILE_CONT and PERCENTILE_DISC as window functions, which PostgreSQL's ordered-set aggregates cannot be: the
-- first element of the state is the percentile.
DO $install$
DECLARE
    name text;
BEGIN
    CREATE OR REPLACE FUNCTION redshift_catalog.percentile_add(double precision[], double precision, double precision)
    RETURNS double precision[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    'SELECT CASE WHEN $2 IS NULL THEN $1 WHEN $1 = ''{}'' THEN ARRAY[$3, $2] ELSE array_append($1, $2) END';
    FOREACH name IN ARRAY ARRAY['percentile_cont', 'percentile_disc'] LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION redshift_catalog.%1$s_end(double precision[]) RETURNS double precision'
            ' LANGUAGE sql IMMUTABLE PARALLEL SAFE AS'
            ' ''SELECT pg_catalog.%1$s($1[1]) WITHIN GROUP (ORDER BY n) FROM unnest($1[2:]) AS u (n)''', name);
        EXECUTE format('CREATE OR REPLACE AGGREGATE redshift_catalog.%1$s(double precision, double precision)'
            ' (SFUNC = redshift_catalog.percentile_add, STYPE = double precision[],'
            ' FINALFUNC = redshift_catalog.%1$s_end, INITCOND = ''{}'')', name);
    END LOOP;
END $install$;
