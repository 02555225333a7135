-- The types that PostgreSQL lacks, made of its own internal C functions, so that they are as fast as
-- its own. They live in redshift_catalog; their operators must be where every search_path finds them,
-- which is pg_catalog.
--
--   varchar  length in bytes; blanks at the end do not count in comparisons, but do in LIKE and length
--   super    JSON text

CREATE SCHEMA IF NOT EXISTS redshift_catalog;

CREATE OR REPLACE FUNCTION redshift_catalog.raise(state text, message text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message;
END $$;

DO $install$
DECLARE
    op record;
BEGIN
    SET LOCAL client_min_messages = warning;  -- the notices about shell types
    IF to_regtype('redshift_catalog."varchar"') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TYPE redshift_catalog."varchar";
    CREATE FUNCTION redshift_catalog.varchar_in(cstring, oid, integer) RETURNS redshift_catalog."varchar"
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
    CREATE FUNCTION redshift_catalog.varchar_out(redshift_catalog."varchar") RETURNS cstring
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
    CREATE FUNCTION redshift_catalog.varchar_recv(internal, oid, integer) RETURNS redshift_catalog."varchar"
        LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'textrecv';
    CREATE FUNCTION redshift_catalog.varchar_send(redshift_catalog."varchar") RETURNS bytea
        LANGUAGE internal STABLE STRICT PARALLEL SAFE AS 'textsend';
    CREATE FUNCTION redshift_catalog.varchar_typmod_in(cstring[]) RETURNS integer
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
    CREATE FUNCTION redshift_catalog.varchar_typmod_out(integer) RETURNS cstring
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodout';
    CREATE TYPE redshift_catalog."varchar" (
        INPUT = redshift_catalog.varchar_in, OUTPUT = redshift_catalog.varchar_out,
        RECEIVE = redshift_catalog.varchar_recv, SEND = redshift_catalog.varchar_send,
        TYPMOD_IN = redshift_catalog.varchar_typmod_in, TYPMOD_OUT = redshift_catalog.varchar_typmod_out,
        INTERNALLENGTH = VARIABLE, STORAGE = extended, CATEGORY = 'S', COLLATABLE = true
    );

    CREATE CAST (redshift_catalog."varchar" AS text) WITHOUT FUNCTION AS IMPLICIT;
    CREATE CAST (text AS redshift_catalog."varchar") WITHOUT FUNCTION AS IMPLICIT;
    CREATE CAST (redshift_catalog."varchar" AS pg_catalog.varchar) WITHOUT FUNCTION AS ASSIGNMENT;
    CREATE CAST (pg_catalog.varchar AS redshift_catalog."varchar") WITHOUT FUNCTION AS IMPLICIT;
    CREATE CAST (redshift_catalog."varchar" AS bpchar) WITHOUT FUNCTION AS ASSIGNMENT;
    CREATE FUNCTION redshift_catalog.varchar_of_char(bpchar) RETURNS redshift_catalog."varchar"
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'rtrim1';
    CREATE CAST (bpchar AS redshift_catalog."varchar")
        WITH FUNCTION redshift_catalog.varchar_of_char(bpchar) AS IMPLICIT;
    CREATE FUNCTION redshift_catalog.varchar_of_name(name) RETURNS redshift_catalog."varchar"
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'name_text';
    CREATE CAST (name AS redshift_catalog."varchar")
        WITH FUNCTION redshift_catalog.varchar_of_name(name) AS IMPLICIT;

    -- Comparisons: PostgreSQL's of bpchar. What PostgreSQL itself gives as text (a literal in a select
    -- list) must not win over varchar, hence the pairs with text; text with text is there only to
    -- make the operator family whole, out of everybody's sight.
    FOR op IN
        SELECT l, r, o.*, CASE WHEN l = r AND l = 'text' THEN 'redshift_catalog' ELSE 'pg_catalog' END AS place
        FROM unnest(ARRAY['redshift_catalog."varchar"', 'text']) AS a (l),
            unnest(ARRAY['redshift_catalog."varchar"', 'text']) AS b (r),
            (VALUES ('=', 'eq', '=', '<>', 'eqsel', 'eqjoinsel', ', HASHES, MERGES'),
                ('<>', 'ne', '<>', '=', 'neqsel', 'neqjoinsel', ''),
                ('<', 'lt', '>', '>=', 'scalarltsel', 'scalarltjoinsel', ''),
                ('<=', 'le', '>=', '>', 'scalarlesel', 'scalarlejoinsel', ''),
                ('>', 'gt', '<', '<=', 'scalargtsel', 'scalargtjoinsel', ''),
                ('>=', 'ge', '<=', '<', 'scalargesel', 'scalargejoinsel', '')
            ) AS o (symbol, name, commutator, negator, restriction, joining, extra)
    LOOP
        EXECUTE format('CREATE FUNCTION redshift_catalog.compare_%s(%s, %s) RETURNS boolean'
            ' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS %L', op.name, op.l, op.r, 'bpchar' || op.name);
        EXECUTE format('CREATE OPERATOR %s.%s (FUNCTION = redshift_catalog.compare_%s, LEFTARG = %s,'
            ' RIGHTARG = %s, COMMUTATOR = OPERATOR(%s.%s), NEGATOR = OPERATOR(%s.%s), RESTRICT = %s,'
            ' JOIN = %s%s)', op.place, op.symbol, op.name, op.l, op.r, op.place, op.commutator, op.place,
            op.negator, op.restriction, op.joining, op.extra);
    END LOOP;

    -- One operator family across the two types, so that joins between them can hash and merge.
    CREATE OPERATOR FAMILY redshift_catalog.varchar_ops USING btree;
    CREATE OPERATOR FAMILY redshift_catalog.varchar_ops USING hash;
    CREATE FUNCTION redshift_catalog.varchar_compare(redshift_catalog."varchar", redshift_catalog."varchar")
        RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpcharcmp';
    CREATE FUNCTION redshift_catalog.varchar_sortsupport(internal) RETURNS void
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpchar_sortsupport';
    CREATE FUNCTION redshift_catalog.varchar_hash(redshift_catalog."varchar") RETURNS integer
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpchar';
    CREATE FUNCTION redshift_catalog.varchar_hash_extended(redshift_catalog."varchar", bigint) RETURNS bigint
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpcharextended';
    CREATE OPERATOR CLASS redshift_catalog.varchar_ops DEFAULT FOR TYPE redshift_catalog."varchar"
        USING btree FAMILY redshift_catalog.varchar_ops AS
        OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
        OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
        FUNCTION 1 redshift_catalog.varchar_compare(redshift_catalog."varchar", redshift_catalog."varchar"),
        FUNCTION 2 redshift_catalog.varchar_sortsupport(internal);
    CREATE OPERATOR CLASS redshift_catalog.varchar_ops DEFAULT FOR TYPE redshift_catalog."varchar"
        USING hash FAMILY redshift_catalog.varchar_ops AS
        OPERATOR 1 pg_catalog.=,
        FUNCTION 1 redshift_catalog.varchar_hash(redshift_catalog."varchar"),
        FUNCTION 2 redshift_catalog.varchar_hash_extended(redshift_catalog."varchar", bigint);
    CREATE OPERATOR CLASS redshift_catalog.varchar_minmax_ops DEFAULT FOR TYPE redshift_catalog."varchar"
        USING brin AS
        OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
        OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
        FUNCTION 1 brin_minmax_opcinfo(internal),
        FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
        FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
        FUNCTION 4 brin_minmax_union(internal, internal, internal);
    FOR op IN
        SELECT l, r, CASE WHEN l = r THEN 'redshift_catalog' ELSE 'pg_catalog' END AS place
        FROM unnest(ARRAY['redshift_catalog."varchar"', 'text']) AS a (l),
            unnest(ARRAY['redshift_catalog."varchar"', 'text']) AS b (r)
        WHERE 'text' IN (l, r)
    LOOP
        EXECUTE format('CREATE FUNCTION redshift_catalog.varchar_compare(%1$s, %2$s) RETURNS integer'
            ' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS ''bpcharcmp''', op.l, op.r);
        EXECUTE format('ALTER OPERATOR FAMILY redshift_catalog.varchar_ops USING btree ADD'
            ' OPERATOR 1 %3$s.< (%1$s, %2$s), OPERATOR 2 %3$s.<= (%1$s, %2$s),'
            ' OPERATOR 3 %3$s.= (%1$s, %2$s), OPERATOR 4 %3$s.>= (%1$s, %2$s),'
            ' OPERATOR 5 %3$s.> (%1$s, %2$s),'
            ' FUNCTION 1 redshift_catalog.varchar_compare(%1$s, %2$s)', op.l, op.r, op.place);
        EXECUTE format('ALTER OPERATOR FAMILY redshift_catalog.varchar_ops USING hash ADD'
            ' OPERATOR 1 %3$s.= (%1$s, %2$s)', op.l, op.r, op.place);
    END LOOP;
    CREATE FUNCTION redshift_catalog.varchar_hash(text) RETURNS integer
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpchar';
    ALTER OPERATOR FAMILY redshift_catalog.varchar_ops USING hash ADD
        FUNCTION 1 (text, text) redshift_catalog.varchar_hash(text);

    CREATE FUNCTION redshift_catalog.concatenate(redshift_catalog."varchar", redshift_catalog."varchar")
        RETURNS redshift_catalog."varchar" LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textcat';
    CREATE OPERATOR pg_catalog.|| (FUNCTION = redshift_catalog.concatenate,
        LEFTARG = redshift_catalog."varchar", RIGHTARG = redshift_catalog."varchar");
    CREATE FUNCTION redshift_catalog.smaller(redshift_catalog."varchar", redshift_catalog."varchar")
        RETURNS redshift_catalog."varchar" LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpchar_smaller';
    CREATE FUNCTION redshift_catalog.larger(redshift_catalog."varchar", redshift_catalog."varchar")
        RETURNS redshift_catalog."varchar" LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpchar_larger';
    CREATE AGGREGATE pg_catalog.min(redshift_catalog."varchar") (SFUNC = redshift_catalog.smaller,
        STYPE = redshift_catalog."varchar", COMBINEFUNC = redshift_catalog.smaller,
        SORTOP = OPERATOR(pg_catalog.<), PARALLEL = SAFE);
    CREATE AGGREGATE pg_catalog.max(redshift_catalog."varchar") (SFUNC = redshift_catalog.larger,
        STYPE = redshift_catalog."varchar", COMBINEFUNC = redshift_catalog.larger,
        SORTOP = OPERATOR(pg_catalog.>), PARALLEL = SAFE);

    CREATE TYPE redshift_catalog.super;
    CREATE FUNCTION redshift_catalog.super_in(cstring) RETURNS redshift_catalog.super
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_in';
    CREATE FUNCTION redshift_catalog.super_out(redshift_catalog.super) RETURNS cstring
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'json_out';
    CREATE TYPE redshift_catalog.super (INPUT = redshift_catalog.super_in,
        OUTPUT = redshift_catalog.super_out, INTERNALLENGTH = VARIABLE, STORAGE = extended);
    CREATE CAST (redshift_catalog.super AS json) WITHOUT FUNCTION AS IMPLICIT;
    CREATE CAST (json AS redshift_catalog.super) WITHOUT FUNCTION AS ASSIGNMENT;
END $install$;

-- Cutting to a length in bytes: blanks at the end go silently; an explicit cast cuts anything, between
-- characters.
CREATE OR REPLACE FUNCTION redshift_catalog.cut(value redshift_catalog."varchar", bytes integer, explicit boolean)
RETURNS redshift_catalog."varchar" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    raw bytea := convert_to(value::text, 'UTF8');
    size integer := bytes;
BEGIN
    IF NOT explicit AND octet_length(rtrim(value::text, ' ')) > bytes THEN
        RAISE EXCEPTION USING ERRCODE = '22001', MESSAGE = 'Value too long for character type',
            DETAIL = format('Value too long for type character varying(%s)', bytes);
    END IF;
    WHILE size > 0 AND get_byte(raw, size) & 192 = 128 LOOP
        size := size - 1;
    END LOOP;
    RETURN convert_from(substring(raw FOR size), 'UTF8')::redshift_catalog."varchar";
END $$;

-- In plpgsql, because PostgreSQL would run an SQL function ten times slower where it cannot inline it.
CREATE OR REPLACE FUNCTION redshift_catalog.fit(value redshift_catalog."varchar", typmod integer, explicit boolean)
RETURNS redshift_catalog."varchar" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(value::text) <= typmod - 4 THEN
        RETURN value;
    END IF;
    RETURN redshift_catalog.cut(value, typmod - 4, explicit);
END $$;

DO $install$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_cast WHERE castsource = 'redshift_catalog."varchar"'::regtype
        AND casttarget = castsource) THEN
        CREATE CAST (redshift_catalog."varchar" AS redshift_catalog."varchar")
            WITH FUNCTION redshift_catalog.fit(redshift_catalog."varchar", integer, boolean) AS IMPLICIT;
    END IF;
END $install$;

-- SUPER compares byte by byte, so that it can be grouped and made distinct.
DO $install$
DECLARE
    op record;
BEGIN
    IF EXISTS (SELECT FROM pg_opclass WHERE opcintype = 'redshift_catalog.super'::regtype) THEN
        RETURN;
    END IF;
    FOR op IN SELECT * FROM (VALUES ('=', 'eq', '=', '<>'), ('<>', 'ne', '<>', '='), ('<', 'lt', '>', '>='),
        ('<=', 'le', '>=', '>'), ('>', 'gt', '<', '<='), ('>=', 'ge', '<=', '<')) AS o (symbol, name, commutator, negator)
    LOOP
        EXECUTE format('CREATE FUNCTION redshift_catalog.super%s(redshift_catalog.super, redshift_catalog.super)'
            ' RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS %L', op.name, 'bytea' || op.name);
        EXECUTE format('CREATE OPERATOR pg_catalog.%s (FUNCTION = redshift_catalog.super%s, LEFTARG = redshift_catalog.super,'
            ' RIGHTARG = redshift_catalog.super, COMMUTATOR = OPERATOR(pg_catalog.%s), NEGATOR = OPERATOR(pg_catalog.%s)%s)',
            op.symbol, op.name, op.commutator, op.negator, CASE op.symbol WHEN '=' THEN ', HASHES, MERGES' ELSE '' END);
    END LOOP;
    CREATE FUNCTION redshift_catalog.super_compare(redshift_catalog.super, redshift_catalog.super) RETURNS integer
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteacmp';
    CREATE FUNCTION redshift_catalog.super_hash(redshift_catalog.super) RETURNS integer
        LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';
    CREATE OPERATOR CLASS redshift_catalog.super_ops DEFAULT FOR TYPE redshift_catalog.super USING btree AS
        OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
        OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
        FUNCTION 1 redshift_catalog.super_compare(redshift_catalog.super, redshift_catalog.super);
    CREATE OPERATOR CLASS redshift_catalog.super_ops DEFAULT FOR TYPE redshift_catalog.super USING hash AS
        OPERATOR 1 pg_catalog.=, FUNCTION 1 redshift_catalog.super_hash(redshift_catalog.super);
END $install$;

-- CHAR counts bytes and holds characters of one byte only: PostgreSQL's cast to a length is ours.
CREATE OR REPLACE FUNCTION redshift_catalog.fit_char(value bpchar, typmod integer, explicit boolean) RETURNS bpchar
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(value::text) <> char_length(value::text) THEN
        RAISE EXCEPTION USING ERRCODE = '22021',
            MESSAGE = 'Multibyte character not supported for CHAR (Hint: Try using VARCHAR).';
    END IF;
    RETURN bpchar(value, typmod, explicit);
END $$;

UPDATE pg_cast SET castfunc = 'redshift_catalog.fit_char(bpchar, integer, boolean)'::regprocedure
WHERE castsource = 'bpchar'::regtype AND casttarget = 'bpchar'::regtype
    AND castfunc <> 'redshift_catalog.fit_char(bpchar, integer, boolean)'::regprocedure;

-- Names of the catalog meet varchar: PostgreSQL would not know whose comparison to take.
DO $install$
DECLARE
    op record;
    varchar CONSTANT text := 'redshift_catalog."varchar"';
BEGIN
    IF to_regoperator('pg_catalog.=(name, redshift_catalog."varchar")') IS NOT NULL THEN
        RETURN;
    END IF;
    FOR op IN
        SELECT o.*, s.* FROM (VALUES ('=', 'eq', '=', '<>', 'eqsel', 'eqjoinsel'), ('<>', 'ne', '<>', '=', 'neqsel', 'neqjoinsel'),
            ('<', 'lt', '>', '>=', 'scalarltsel', 'scalarltjoinsel'), ('<=', 'le', '>=', '>', 'scalarlesel', 'scalarlejoinsel'),
            ('>', 'gt', '<', '<=', 'scalargtsel', 'scalargtjoinsel'), ('>=', 'ge', '<=', '<', 'scalargesel', 'scalargejoinsel')
        ) AS o (symbol, name, commutator, negator, restriction, joining),
        (VALUES ('name', varchar, 'name%stext'), (varchar, 'name', 'text%sname')) AS s (l, r, internal)
    LOOP
        EXECUTE format('CREATE FUNCTION redshift_catalog.compare_%s(%s, %s) RETURNS boolean'
            ' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS %L', op.name, op.l, op.r, format(op.internal, op.name));
        EXECUTE format('CREATE OPERATOR pg_catalog.%s (FUNCTION = redshift_catalog.compare_%s, LEFTARG = %s, RIGHTARG = %s,'
            ' COMMUTATOR = OPERATOR(pg_catalog.%s), NEGATOR = OPERATOR(pg_catalog.%s), RESTRICT = %s, JOIN = %s)',
            op.symbol, op.name, op.l, op.r, op.commutator, op.negator, op.restriction, op.joining);
    END LOOP;
END $install$;

-- The CHAR of system views, which hold what users wrote: any letters, and blanks up to the length.
CREATE OR REPLACE FUNCTION redshift_catalog.padded(value text, size integer) RETURNS bpchar
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.rpad(pg_catalog."left"(value, size), size)::bpchar $$;
