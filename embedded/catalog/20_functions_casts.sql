-- What may fail: TRY_CAST, and windows that pass over NULL.

CREATE OR REPLACE FUNCTION redshift_catalog.if_possible(value redshift_catalog."varchar", type text) RETURNS redshift_catalog."varchar"
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT CASE WHEN pg_input_is_valid(value::text, type) THEN value END $$;

CREATE OR REPLACE FUNCTION redshift_catalog.from_end(anyarray, integer) RETURNS anyelement
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT $1[cardinality($1) - $2 + 1] $$;

-- FNV-1a of 64 bits and Murmur3 of 32, over the bytes that a value has in Redshift: the lowest first.
CREATE OR REPLACE FUNCTION redshift_catalog.fnv_hash(bytes bytea, seed bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    modulus CONSTANT numeric := 18446744073709551616;
    hash numeric := seed::numeric + CASE WHEN seed < 0 THEN modulus ELSE 0 END;
    low bigint;
BEGIN
    FOR i IN 0 .. octet_length(bytes) - 1 LOOP
        low := mod(hash, 256)::bigint;
        hash := mod((hash - low + (low # get_byte(bytes, i))) * 1099511628211, modulus);
    END LOOP;
    RETURN hash - CASE WHEN hash >= modulus / 2 THEN modulus ELSE 0 END;
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.murmur3_32(bytes bytea) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    mask CONSTANT bigint := 4294967295;
    size CONSTANT integer := octet_length(bytes);
    hash bigint := 0;
    k bigint;
BEGIN
    FOR block IN 0 .. (size + 3) / 4 - 1 LOOP
        k := 0;
        FOR i IN 0 .. least(3, size - block * 4 - 1) LOOP
            k := k | (get_byte(bytes, block * 4 + i)::bigint << (8 * i));
        END LOOP;
        k := mod(k::numeric * 3432918353, 4294967296)::bigint;
        k := mod((((k << 15) | (k >> 17)) & mask)::numeric * 461845907, 4294967296)::bigint;
        hash := hash # k;
        IF block * 4 + 3 < size THEN
            hash := ((((hash << 13) | (hash >> 19)) & mask) * 5 + 3864292196) & mask;
        END IF;
    END LOOP;
    hash := hash # size;
    hash := mod((hash # (hash >> 16))::numeric * 2246822507, 4294967296)::bigint;
    hash := mod((hash # (hash >> 13))::numeric * 3266489909, 4294967296)::bigint;
    hash := hash # (hash >> 16);
    RETURN hash - CASE WHEN hash > 2147483647 THEN 4294967296 ELSE 0 END;
END $$;
CREATE OR REPLACE FUNCTION redshift_catalog.lowest_first(bytes bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT reverse(bytes) $$;
