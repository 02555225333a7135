-- JSON in varchar, and SUPER.

CREATE OR REPLACE FUNCTION redshift_catalog.is_valid_json(value redshift_catalog."varchar") RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN NULL ELSE pg_input_is_valid(value::text, 'json') AND value::text ~ '^\s*[\[{]' END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.is_valid_json_array(value redshift_catalog."varchar") RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN NULL ELSE pg_input_is_valid(value::text, 'json') AND value::text ~ '^\s*\[' END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.can_json_parse(value redshift_catalog."varchar") RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN NULL ELSE pg_input_is_valid(value::text, 'json') END
$$;

-- The JSON of a text; without it an error, or NULL when that is wanted.
CREATE OR REPLACE FUNCTION redshift_catalog.json_of(value text, lenient boolean) RETURNS json
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF pg_input_is_valid(value, 'json') THEN
        RETURN value::json;
    END IF;
    IF lenient THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'JSON parsing error', DETAIL = format('invalid json object %s', value);
END $$;
-- Without the blanks between its parts.
CREATE OR REPLACE FUNCTION redshift_catalog.compact(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_replace(value, '("(?:[^"\\]|\\.)*")|\s+', '\1', 'g')
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.json_text(value json) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE json_typeof(value) WHEN 'null' THEN NULL WHEN 'string' THEN value #>> '{}'
        ELSE redshift_catalog.compact(value::text) END::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.json_path(value redshift_catalog."varchar", path text[], lenient boolean)
RETURNS redshift_catalog."varchar" LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT redshift_catalog.json_text(redshift_catalog.json_of(value::text, lenient) #> path)
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.json_element(value redshift_catalog."varchar", place integer, lenient boolean DEFAULT false)
RETURNS redshift_catalog."varchar" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found json := redshift_catalog.json_of(value::text, lenient);
BEGIN
    IF json_typeof(found) = 'array' AND place >= 0 THEN
        RETURN redshift_catalog.json_text(found -> place);
    END IF;
    IF json_typeof(found) = 'array' OR found IS NULL OR lenient THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'JSON parsing error', DETAIL = format('invalid json array object %s', value);
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.json_array_length(value redshift_catalog."varchar", lenient boolean DEFAULT false)
RETURNS integer LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    found json := redshift_catalog.json_of(value::text, lenient);
BEGIN
    IF json_typeof(found) = 'array' THEN
        RETURN pg_catalog.json_array_length(found);
    END IF;
    IF found IS NULL OR lenient THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'XX000', MESSAGE = 'JSON parsing error', DETAIL = format('invalid json array object %s', value);
END $$;

CREATE OR REPLACE FUNCTION redshift_catalog.json_parse(value redshift_catalog."varchar") RETURNS redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT redshift_catalog.compact(redshift_catalog.json_of(value::text, false)::text)::json::redshift_catalog.super
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_super(value anyelement) RETURNS redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE WHEN value IS NULL THEN NULL ELSE to_json(value) END)::redshift_catalog.super
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_super(value redshift_catalog."varchar") RETURNS redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT to_json(value::text)::redshift_catalog.super $$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_text(value redshift_catalog.super) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT redshift_catalog.json_text(value::json)::text $$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_attribute(value redshift_catalog.super, name text)
RETURNS redshift_catalog.super LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof(value::json) = 'object' THEN value::json -> name END::redshift_catalog.super
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_element(value redshift_catalog.super, place integer)
RETURNS redshift_catalog.super LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof(value::json) = 'array' THEN value::json -> place END::redshift_catalog.super
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.array_length(value redshift_catalog.super) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof(value::json) = 'array' THEN pg_catalog.json_array_length(value::json) END
$$;
-- The elements of an array; an object counts as its only element, nothing else has any.
CREATE OR REPLACE FUNCTION redshift_catalog.super_rows(value redshift_catalog.super) RETURNS SETOF redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT e::redshift_catalog.super FROM json_array_elements(CASE json_typeof(value::json)
        WHEN 'array' THEN value::json WHEN 'object' THEN json_build_array(value::json) ELSE '[]' END) AS e
$$;
-- A number or a text in SUPER; NULL when it is something else.
CREATE OR REPLACE FUNCTION redshift_catalog.super_number(value redshift_catalog.super) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof(value::json) = 'number' THEN (value::json #>> '{}')::numeric END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_string(value redshift_catalog.super) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN json_typeof(value::json) = 'string' THEN value::json #>> '{}' END::redshift_catalog."varchar"
$$;
-- The attributes of an object, as UNPIVOT shows them.
CREATE OR REPLACE FUNCTION redshift_catalog.super_attributes(value redshift_catalog.super)
RETURNS TABLE (content redshift_catalog.super, name redshift_catalog."varchar") LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT e.value::redshift_catalog.super, e.key::redshift_catalog."varchar"
    FROM json_each(CASE WHEN json_typeof(value::json) = 'object' THEN value::json ELSE '{}' END) AS e
$$;

-- Arrays in SUPER. What is no array gives NULL.
CREATE OR REPLACE FUNCTION redshift_catalog.super_elements(value redshift_catalog.super)
RETURNS TABLE (element redshift_catalog.super, place bigint) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT e.value::redshift_catalog.super, e.ordinality
    FROM json_array_elements(CASE json_typeof(value::json) WHEN 'array' THEN value::json ELSE '[]' END) WITH ORDINALITY AS e
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_array(elements text []) RETURNS redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('[' || array_to_string(elements, ',', 'null') || ']')::json::redshift_catalog.super
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.is_super_array(value redshift_catalog.super) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT json_typeof(value::json) = 'array' $$;
CREATE OR REPLACE FUNCTION redshift_catalog.array_concat(a redshift_catalog.super, b redshift_catalog.super)
RETURNS redshift_catalog.super LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN redshift_catalog.is_super_array(a) AND redshift_catalog.is_super_array(b) THEN redshift_catalog.super_array(
        ARRAY(SELECT element::text FROM redshift_catalog.super_elements(a) ORDER BY place)
        || ARRAY(SELECT element::text FROM redshift_catalog.super_elements(b) ORDER BY place)) END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.array_flatten(value redshift_catalog.super) RETURNS redshift_catalog.super
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN redshift_catalog.is_super_array(value) THEN redshift_catalog.super_array(ARRAY(
        SELECT coalesce(i.element, o.element)::text
        FROM redshift_catalog.super_elements(value) AS o
        LEFT JOIN LATERAL redshift_catalog.super_elements(o.element) AS i ON true
        WHERE i.place IS NOT NULL OR NOT redshift_catalog.is_super_array(o.element)
        ORDER BY o.place, i.place)) END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.subarray(value redshift_catalog.super, start integer, size integer DEFAULT NULL)
RETURNS redshift_catalog.super LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN redshift_catalog.is_super_array(value) THEN redshift_catalog.super_array(ARRAY(
        SELECT element::text FROM redshift_catalog.super_elements(value)
        WHERE place > start AND (size IS NULL OR place <= start + size) ORDER BY place)) END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.split_to_array(value redshift_catalog."varchar", separator redshift_catalog."varchar" DEFAULT ',')
RETURNS redshift_catalog.super LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NOT NULL THEN redshift_catalog.super_array(ARRAY(
        SELECT to_json(part)::text FROM unnest(string_to_array(value::text, separator::text)) AS part)) END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.super_object(parts json []) RETURNS redshift_catalog.super
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    found text[] := '{}';
BEGIN
    FOR i IN 1 .. coalesce(array_length(parts, 1), 0) BY 2 LOOP
        IF parts[i] IS NULL OR json_typeof(parts[i]) <> 'string' THEN
            RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'OBJECT: attribute names must be strings and not NULL';
        END IF;
        found := found || format('%s:%s', parts[i], coalesce(parts[i + 1]::text, 'null'));
    END LOOP;
    RETURN ('{' || array_to_string(found, ',') || '}')::json::redshift_catalog.super;
END $$;
