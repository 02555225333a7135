-- String functions of Redshift over its own varchar. Where PostgreSQL has the function in C, this is that
-- function under another signature.

DO $install$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT * FROM (VALUES
        ('reverse(v)', 'v', 'text_reverse'),
        ('btrim(v)', 'v', 'btrim1'), ('btrim(v, v)', 'v', 'btrim'),
        ('ltrim(v)', 'v', 'ltrim1'), ('ltrim(v, v)', 'v', 'ltrim'),
        ('rtrim(v)', 'v', 'rtrim1'), ('rtrim(v, v)', 'v', 'rtrim'),
        ('replace(v, v, v)', 'v', 'replace_text'), ('translate(v, v, v)', 'v', 'translate'),
        ('repeat(v, integer)', 'v', 'repeat'),
        ('"left"(v, integer)', 'v', 'text_left'), ('"right"(v, integer)', 'v', 'text_right'),
        ('lpad(v, integer, v)', 'v', 'lpad'), ('rpad(v, integer, v)', 'v', 'rpad'),
        ('"substring"(v, integer)', 'v', 'text_substr_no_len'), ('"substring"(v, integer, integer)', 'v', 'text_substr'),
        ('split_part(v, v, integer)', 'v', 'split_part'),
        ('md5(v)', 'v', 'md5_text'), ('chr(integer)', 'v', 'chr'),
        ('quote_ident(v)', 'v', 'quote_ident'), ('quote_literal(v)', 'v', 'quote_literal'),
        ('ascii(v)', 'integer', 'ascii'), ('strpos(v, v)', 'integer', 'textpos')
    ) AS f (signature, result, internal) LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION redshift_catalog.%s RETURNS %s'
            ' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS %L',
            regexp_replace(f.signature, '\mv\M', 'redshift_catalog."varchar"', 'g'),
            replace(f.result, 'v', 'redshift_catalog."varchar"'), f.internal);
    END LOOP;
END $install$;

-- Beyond ASCII too, which the C collation would leave alone.
CREATE OR REPLACE FUNCTION redshift_catalog.upper(redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.upper($1::text COLLATE pg_catalog."pg_c_utf8")::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.lower(redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.lower($1::text COLLATE pg_catalog."pg_c_utf8")::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.initcap(redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.initcap($1::text COLLATE pg_catalog."pg_c_utf8")::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.lpad(redshift_catalog."varchar", integer) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT redshift_catalog.lpad($1, $2, ' ') $$;
CREATE OR REPLACE FUNCTION redshift_catalog.rpad(redshift_catalog."varchar", integer) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT redshift_catalog.rpad($1, $2, ' ') $$;
CREATE OR REPLACE FUNCTION redshift_catalog.octetindex(redshift_catalog."varchar", redshift_catalog."varchar")
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT position(convert_to($1::text, 'UTF8') IN convert_to($2::text, 'UTF8'))
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.bttext_pattern_cmp(redshift_catalog."varchar", redshift_catalog."varchar")
RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bttextcmp';
CREATE OR REPLACE FUNCTION redshift_catalog.crc32(redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lpad(pg_catalog.to_hex(pg_catalog.crc32(convert_to($1::text, 'UTF8'))), 8, '0')::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_hex(bytea) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT encode($1, 'hex')::redshift_catalog."varchar" $$;
CREATE OR REPLACE FUNCTION redshift_catalog.to_hex(bigint) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.to_hex($1)::redshift_catalog."varchar" $$;
CREATE OR REPLACE FUNCTION redshift_catalog.sha2(redshift_catalog."varchar", integer) RETURNS redshift_catalog."varchar"
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN $1 IS NULL THEN NULL ELSE CASE $2
        WHEN 0 THEN encode(sha256(convert_to($1::text, 'UTF8')), 'hex')
        WHEN 224 THEN encode(sha224(convert_to($1::text, 'UTF8')), 'hex')
        WHEN 256 THEN encode(sha256(convert_to($1::text, 'UTF8')), 'hex')
        WHEN 384 THEN encode(sha384(convert_to($1::text, 'UTF8')), 'hex')
        WHEN 512 THEN encode(sha512(convert_to($1::text, 'UTF8')), 'hex')
        ELSE '' END END::redshift_catalog."varchar"
$$;

-- A number in a text, in any base from 2 to 36; nothing is 0.
CREATE OR REPLACE FUNCTION redshift_catalog.strtol(value redshift_catalog."varchar", base integer) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    digits text := pg_catalog.lower(btrim(value::text));
    sign numeric := 1;
    number numeric := 0;
    digit integer;
BEGIN
    IF base NOT BETWEEN 2 AND 36 THEN
        RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'The input base must be between 2 and 36';
    END IF;
    IF left(digits, 1) IN ('-', '+') THEN
        sign := CASE left(digits, 1) WHEN '-' THEN -1 ELSE 1 END;
        digits := substr(digits, 2);
    END IF;
    IF base = 16 AND left(digits, 2) = '0x' THEN
        digits := substr(digits, 3);
    END IF;
    FOR i IN 1 .. length(digits) LOOP
        digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(digits, i, 1)) - 1;
        IF digit < 0 OR digit >= base THEN
            RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE =
                format('The input %s is not valid to be converted to base %s', value, base);
        END IF;
        number := number * base + digit;
    END LOOP;
    RETURN (sign * number)::bigint;
END $$;

CREATE OR REPLACE FUNCTION redshift_catalog.to_varbyte(value redshift_catalog."varchar", format text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    CASE pg_catalog.lower(format)
        WHEN 'hex' THEN RETURN decode(value::text, 'hex');
        WHEN 'base64' THEN RETURN decode(value::text, 'base64');
        WHEN 'utf8', 'utf-8' THEN RETURN convert_to(value::text, 'UTF8');
        ELSE RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('Unknown format %s', format);
    END CASE;
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.from_varbyte(value bytea, format text) RETURNS redshift_catalog."varchar"
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    CASE pg_catalog.lower(format)
        WHEN 'hex' THEN RETURN encode(value, 'hex');
        WHEN 'base64' THEN RETURN replace(encode(value, 'base64'), E'\n', '');
        WHEN 'utf8', 'utf-8' THEN RETURN convert_from(value, 'UTF8');
        ELSE RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = format('Unknown format %s', format);
    END CASE;
END $$;

-- Regular expressions: POSIX as PostgreSQL has them. Parameters: c case-sensitive, i not, e a group, p is Perl's.
CREATE OR REPLACE FUNCTION redshift_catalog.regexp_flags(parameters redshift_catalog."varchar") RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN strpos(parameters::text, 'i') > 0 THEN 'i' ELSE 'c' END
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.regexp_replace(source redshift_catalog."varchar",
    pattern redshift_catalog."varchar", by redshift_catalog."varchar" DEFAULT '', start integer DEFAULT 1,
    occurrence redshift_catalog."varchar" DEFAULT '', parameters redshift_catalog."varchar" DEFAULT '')
RETURNS redshift_catalog."varchar" LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_replace(source::text, pattern::text,
        pg_catalog.regexp_replace(by::text, '\$(\d)', '\\\1', 'g'), start,
        CASE WHEN occurrence::text ~ '^\d+$' THEN occurrence::text::integer ELSE 0 END,
        redshift_catalog.regexp_flags((occurrence::text || parameters::text)::redshift_catalog."varchar"))::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.regexp_substr(source redshift_catalog."varchar",
    pattern redshift_catalog."varchar", start integer DEFAULT 1, occurrence integer DEFAULT 1,
    parameters redshift_catalog."varchar" DEFAULT '')
RETURNS redshift_catalog."varchar" LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN source IS NULL OR pattern IS NULL THEN NULL ELSE
        coalesce(pg_catalog.regexp_substr(source::text, pattern::text, start, occurrence,
            redshift_catalog.regexp_flags(parameters),
            CASE WHEN strpos(parameters::text, 'e') > 0 THEN 1 ELSE 0 END), '') END::redshift_catalog."varchar"
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.regexp_count(source redshift_catalog."varchar",
    pattern redshift_catalog."varchar", start integer DEFAULT 1, parameters redshift_catalog."varchar" DEFAULT '')
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_count(source::text, pattern::text, start, redshift_catalog.regexp_flags(parameters))
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.regexp_instr(source redshift_catalog."varchar",
    pattern redshift_catalog."varchar", start integer DEFAULT 1, occurrence integer DEFAULT 1,
    after_match integer DEFAULT 0, parameters redshift_catalog."varchar" DEFAULT '')
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.regexp_instr(source::text, pattern::text, start, occurrence, after_match,
        redshift_catalog.regexp_flags(parameters), CASE WHEN strpos(parameters::text, 'e') > 0 THEN 1 ELSE 0 END)
$$;

-- SHA-1, which PostgreSQL does not have in its core.
CREATE OR REPLACE FUNCTION redshift_catalog.sha1(value redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    mask CONSTANT bigint := 4294967295;
    message bytea := convert_to(value::text, 'UTF8');
    bits bigint := octet_length(message) * 8;
    h bigint[] := ARRAY[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
    w bigint[];
    a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; k bigint; t bigint;
BEGIN
    message := message || '\x80'::bytea;
    message := message || decode(repeat('00', (120 - octet_length(message) % 64) % 64), 'hex') || int8send(bits);
    FOR block IN 0 .. octet_length(message) / 64 - 1 LOOP
        FOR i IN 0 .. 15 LOOP
            t := block * 64 + i * 4;
            w[i] := (get_byte(message, t::integer)::bigint << 24) | (get_byte(message, t::integer + 1) << 16)
                | (get_byte(message, t::integer + 2) << 8) | get_byte(message, t::integer + 3);
        END LOOP;
        FOR i IN 16 .. 79 LOOP
            t := w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16];
            w[i] := ((t << 1) | (t >> 31)) & mask;
        END LOOP;
        a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
        FOR i IN 0 .. 79 LOOP
            IF i < 20 THEN f := (b & c) | ((~b & mask) & d); k := 1518500249;
            ELSIF i < 40 THEN f := b # c # d; k := 1859775393;
            ELSIF i < 60 THEN f := (b & c) | (b & d) | (c & d); k := 2400959708;
            ELSE f := b # c # d; k := 3395469782;
            END IF;
            t := ((((a << 5) | (a >> 27)) & mask) + f + e + k + w[i]) & mask;
            e := d; d := c; c := ((b << 30) | (b >> 2)) & mask; b := a; a := t;
        END LOOP;
        h := ARRAY[(h[1] + a) & mask, (h[2] + b) & mask, (h[3] + c) & mask, (h[4] + d) & mask, (h[5] + e) & mask];
    END LOOP;
    RETURN lpad(to_hex(h[1]), 8, '0') || lpad(to_hex(h[2]), 8, '0') || lpad(to_hex(h[3]), 8, '0')
        || lpad(to_hex(h[4]), 8, '0') || lpad(to_hex(h[5]), 8, '0');
END $$;

CREATE OR REPLACE FUNCTION redshift_catalog.soundex(value redshift_catalog."varchar") RETURNS redshift_catalog."varchar"
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    letters text := pg_catalog.regexp_replace(pg_catalog.upper(value::text), '[^A-Z]', '', 'g');
    code text := left(letters, 1);
    previous text := translate(left(letters, 1), 'BFPVCGJKQSXZDTLMNRAEIOUYHW', '11112222222233455600000099');
    digit text;
BEGIN
    IF letters = '' THEN
        RETURN '';
    END IF;
    FOR i IN 2 .. length(letters) LOOP
        digit := translate(substr(letters, i, 1), 'BFPVCGJKQSXZDTLMNRAEIOUYHW', '11112222222233455600000099');
        IF digit NOT IN ('0', '9') AND digit <> previous THEN
            code := code || digit;
        END IF;
        IF digit <> '9' THEN
            previous := digit;
        END IF;
    END LOOP;
    RETURN rpad(left(code, 4), 4, '0');
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.difference(a redshift_catalog."varchar", b redshift_catalog."varchar")
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT count(*)::integer FROM generate_series(1, 4) AS i
    WHERE substr(redshift_catalog.soundex(a)::text, i, 1) = substr(redshift_catalog.soundex(b)::text, i, 1)
$$;
