-- Date functions of Redshift. All are single expressions, so that the planner puts them in place of the call.

-- 29 February and a year is 1 March (and a month from it is not: that is PostgreSQL's own rule).
CREATE OR REPLACE FUNCTION redshift_catalog.add_years(years integer, moment timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT moment + years * interval '1 year' + CASE
        WHEN date_part('day', moment) = 29 AND date_part('month', moment) = 2
            AND date_part('day', moment + years * interval '1 year') = 28
        THEN interval '1 day' ELSE interval '0' END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.last_day(moment timestamp) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (date_trunc('month', moment) + interval '1 month' - interval '1 day')::date
$$;
-- The end of a month stays the end of a month.
CREATE OR REPLACE FUNCTION redshift_catalog.add_months(moment timestamp, months integer) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN moment::date = redshift_catalog.last_day(moment)
        THEN redshift_catalog.last_day(date_trunc('month', moment) + months * interval '1 month') + moment::time
        ELSE moment + months * interval '1 month' END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.next_day(day date, name text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    wanted integer;
BEGIN
    SELECT n INTO wanted FROM unnest(ARRAY['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'])
        WITH ORDINALITY AS d (day, n) WHERE d.day LIKE pg_catalog.lower(name) || '%' AND length(name) > 0;
    IF wanted IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('Invalid day of week: %s', name);
    END IF;
    RETURN day + ((wanted - 2 - date_part('dow', day)::integer + 14) % 7 + 1);
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.months_between(a timestamp, b timestamp) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN date_part('day', a) = date_part('day', b)
            OR (a::date = redshift_catalog.last_day(a) AND b::date = redshift_catalog.last_day(b))
        THEN (date_part('year', a) - date_part('year', b)) * 12 + date_part('month', a) - date_part('month', b)
        ELSE (date_part('year', a) - date_part('year', b)) * 12 + date_part('month', a) - date_part('month', b)
            + (date_part('day', a) - date_part('day', b) + (date_part('epoch', a::time) - date_part('epoch', b::time)) / 86400) / 31
        END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.compare_moments(a timestamptz, b timestamptz) RETURNS integer
LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'timestamp_cmp';

-- DATEDIFF: boundaries between two moments.
DO $install$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('year', $$date_part('year', b) - date_part('year', a)$$),
        ('decade', $$date_part('decade', b) - date_part('decade', a)$$),
        ('century', $$date_part('century', b) - date_part('century', a)$$),
        ('millennium', $$date_part('millennium', b) - date_part('millennium', a)$$),
        ('quarter', $$(date_part('year', b) - date_part('year', a)) * 4 + date_part('quarter', b) - date_part('quarter', a)$$),
        ('month', $$(date_part('year', b) - date_part('year', a)) * 12 + date_part('month', b) - date_part('month', a)$$),
        ('week', $$(date_trunc('week', b)::date - date_trunc('week', a)::date) / 7$$),
        ('hour', $$date_part('epoch', date_trunc('hour', b) - date_trunc('hour', a)) / 3600$$),
        ('minute', $$date_part('epoch', date_trunc('minute', b) - date_trunc('minute', a)) / 60$$),
        ('second', $$date_part('epoch', date_trunc('second', b) - date_trunc('second', a))$$),
        ('epoch', $$date_part('epoch', date_trunc('second', b) - date_trunc('second', a))$$),
        ('milliseconds', $$extract(epoch FROM date_trunc('milliseconds', b) - date_trunc('milliseconds', a)) * 1000$$),
        ('microseconds', $$extract(epoch FROM b - a) * 1000000$$)
    ) AS p (name, body) LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION redshift_catalog.boundaries_%s(a timestamp, b timestamp) RETURNS bigint'
            ' LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L', part.name, 'SELECT (' || part.body || ')::bigint');
    END LOOP;
END $install$;

-- Dates and numbers to text and back.
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(timestamp, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'timestamp_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(timestamptz, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'timestamptz_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(interval, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'interval_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(numeric, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'numeric_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(integer, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'int4_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(bigint, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'int8_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(double precision, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'float8_to_char';
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(date, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT redshift_catalog.to_char($1::timestamp, $2) $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_char(time, redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT redshift_catalog.to_char($1::interval, $2) $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_date_strict(redshift_catalog."varchar", redshift_catalog."varchar") RETURNS date
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'to_date';
-- Without is_strict a month 13 or a minute 83 runs over into the next unit.
CREATE OR REPLACE FUNCTION redshift_catalog.run_over(value text, pattern text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    parts text[] := ARRAY(SELECT m[1] FROM regexp_matches(pg_catalog.upper(pattern), '(YYYY|MM|DD|HH24|HH12|HH|MI|SS|MS|US|.)', 'g') AS m);
    fields text[] := ARRAY(SELECT part FROM unnest(parts) AS part WHERE part ~ '^[A-Z]');
    reading text := '';
    digits text[];
    found jsonb := '{}';
BEGIN
    FOR i IN 1 .. array_length(parts, 1) LOOP
        reading := reading || CASE WHEN parts[i] !~ '^[A-Z]' THEN '\D?'
            WHEN parts[i + 1] ~ '^[A-Z]' THEN format('\s*(\d{%s})', CASE parts[i] WHEN 'YYYY' THEN 4 ELSE 2 END)
            ELSE '\s*(\d+)' END;
    END LOOP;
    digits := regexp_match(value, reading);
    IF digits IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = '22008', MESSAGE = format('date/time field value out of range: "%s"', value);
    END IF;
    FOR i IN 1 .. array_length(fields, 1) LOOP
        found := found || jsonb_build_object(fields[i], digits[i]::bigint);
    END LOOP;
    RETURN make_date(coalesce((found ->> 'YYYY')::integer, 1), 1, 1)::timestamp
        + make_interval(months => coalesce((found ->> 'MM')::integer, 1) - 1, days => coalesce((found ->> 'DD')::integer, 1) - 1,
            hours => coalesce((found ->> 'HH24')::integer, (found ->> 'HH')::integer, (found ->> 'HH12')::integer, 0),
            mins => coalesce((found ->> 'MI')::integer, 0),
            secs => coalesce((found ->> 'SS')::integer, 0) + coalesce((found ->> 'MS')::integer, 0) / 1000.0
                + coalesce((found ->> 'US')::integer, 0) / 1000000.0);
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_timestamp(value redshift_catalog."varchar", pattern redshift_catalog."varchar")
RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    RETURN pg_catalog.to_timestamp(value::text, pattern::text);
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN redshift_catalog.run_over(value::text, pattern::text);
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_date(value redshift_catalog."varchar", pattern redshift_catalog."varchar")
RETURNS date LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    RETURN pg_catalog.to_date(value::text, pattern::text);
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN redshift_catalog.run_over(value::text, pattern::text)::date;
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_timestamp_strict(redshift_catalog."varchar", redshift_catalog."varchar") RETURNS timestamptz
LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'to_timestamp';
