-- What COPY and UNLOAD tell about themselves: STL_LOAD_*, STL_REPLACEMENTS, STL_UNLOAD_LOG, SYS_LOAD_*,
-- SYS_UNLOAD_*, pg_last_copy_id() and pg_last_copy_count().
--
-- Redshift's rows survive a rollback and are seen at once. So they are written twice: on a second
-- connection, to stay, and in the user's transaction, whose snapshot cannot see the former. The second
-- kind carries the transaction in `inside` and is shown to that transaction only.

CREATE SCHEMA IF NOT EXISTS redshift_catalog;

CREATE TABLE IF NOT EXISTS redshift_catalog.load_history (
    query_id bigint NOT NULL, user_id integer NOT NULL, transaction_id bigint, session_id integer,
    database_name text, table_name text, table_id integer, status text,
    start_time timestamp, end_time timestamp, data_source text, file_format text,
    loaded_rows bigint, source_file_count bigint, error_count bigint, inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.load_files (
    query_id bigint NOT NULL, file_name text, bytes_scanned bigint, lines_scanned bigint,
    errors bigint, inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.load_errors (
    query_id bigint NOT NULL, file_name text, line_number bigint, column_name text, column_type text,
    column_length text, position integer, raw_line text, raw_value text, code integer, reason text,
    inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.load_error_fields (
    query_id bigint NOT NULL, file_name text, line_number bigint, field integer, column_name text,
    value text, is_null integer, column_type text, column_length text, inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.load_replacements (
    query_id bigint NOT NULL, file_name text, line_number bigint, column_name text, raw_line text,
    inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.unload_history (
    query_id bigint NOT NULL, user_id integer NOT NULL, transaction_id bigint, session_id integer,
    database_name text, status text, start_time timestamp, end_time timestamp, file_format text,
    compression_type text, unloaded_location text, inside xid8
);
CREATE TABLE IF NOT EXISTS redshift_catalog.unload_files (
    query_id bigint NOT NULL, path text, line_count bigint, transfer_size bigint, inside xid8
);

CREATE INDEX IF NOT EXISTS load_history_query ON redshift_catalog.load_history (query_id);
CREATE INDEX IF NOT EXISTS load_files_query ON redshift_catalog.load_files (query_id);
CREATE INDEX IF NOT EXISTS load_errors_query ON redshift_catalog.load_errors (query_id);
CREATE INDEX IF NOT EXISTS load_error_fields_query ON redshift_catalog.load_error_fields (query_id);
CREATE INDEX IF NOT EXISTS load_replacements_query ON redshift_catalog.load_replacements (query_id);
CREATE INDEX IF NOT EXISTS unload_history_query ON redshift_catalog.unload_history (query_id);
CREATE INDEX IF NOT EXISTS unload_files_query ON redshift_catalog.unload_files (query_id);

-- Whether a row is to be seen: written to stay, or by this very transaction.
CREATE OR REPLACE FUNCTION redshift_catalog.is_seen(inside xid8) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT inside IS NULL OR inside = pg_current_xact_id_if_assigned() $$;

CREATE OR REPLACE VIEW redshift_catalog.stl_load_errors AS
SELECT
    h.user_id AS userid, 0 AS slice, h.table_id AS tbl, h.start_time AS starttime,
    h.session_id AS session, h.query_id::integer AS query, redshift_catalog.padded(e.file_name, 256) AS filename,
    e.line_number, redshift_catalog.padded(e.column_name, 127) AS colname, redshift_catalog.padded(e.column_type, 10) AS type,
    redshift_catalog.padded(e.column_length, 10) AS col_length, e.position, redshift_catalog.padded(e.raw_line, 1024) AS raw_line,
    redshift_catalog.padded(e.raw_value, 1024) AS raw_field_value, e.code AS err_code,
    redshift_catalog.padded(e.reason, 100) AS err_reason, 0 AS is_partial, 0::bigint AS start_offset,
    -1::bigint AS copy_job_id
FROM redshift_catalog.load_errors AS e
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(e.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.stl_loaderror_detail AS
SELECT
    h.user_id AS userid, 0 AS slice, h.session_id AS session, h.query_id::integer AS query,
    redshift_catalog.padded(f.file_name, 256) AS filename, f.line_number, f.field,
    redshift_catalog.padded(f.column_name, 1024) AS colname, redshift_catalog.padded(f.value, 1024) AS value, f.is_null,
    redshift_catalog.padded(f.column_type, 10) AS type, redshift_catalog.padded(f.column_length, 10) AS col_length
FROM redshift_catalog.load_error_fields AS f
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(f.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.stl_load_commits AS
SELECT
    h.user_id AS userid, h.query_id::integer AS query, 0 AS slice,
    redshift_catalog.padded(f.file_name, 256) AS name, redshift_catalog.padded(f.file_name, 256) AS filename,
    0 AS byte_offset, f.lines_scanned::integer AS lines_scanned, f.errors::integer AS errors,
    h.end_time AS curtime, 1 AS status,
    (CASE h.file_format WHEN 'json' THEN 'JSON' WHEN 'parquet' THEN 'Parquet' ELSE 'Text' END)
        ::character(16) AS file_format,
    0 AS is_partial, 0::bigint AS start_offset, -1::bigint AS copy_job_id
FROM redshift_catalog.load_files AS f
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE h.status = 'completed' AND redshift_catalog.is_seen(f.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.stl_replacements AS
SELECT
    h.user_id AS userid, h.query_id::integer AS query, 0 AS slice, h.table_id AS tbl,
    h.start_time AS starttime, h.session_id AS session, redshift_catalog.padded(r.file_name, 256) AS filename,
    r.line_number, redshift_catalog.padded(r.column_name, 127) AS colname, redshift_catalog.padded(r.raw_line, 1024) AS raw_line
FROM redshift_catalog.load_replacements AS r
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(r.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.sys_load_history AS
SELECT
    h.user_id, h.query_id, h.transaction_id, h.session_id, h.database_name, h.status, h.table_name,
    h.start_time, h.end_time,
    (EXTRACT(epoch FROM h.end_time - h.start_time) * 1000000)::bigint AS duration,
    h.data_source, h.file_format, h.loaded_rows, f.bytes AS loaded_bytes, h.source_file_count,
    f.bytes AS source_file_bytes, f.files AS file_count_scanned, f.bytes AS file_bytes_scanned,
    h.error_count, -1::bigint AS copy_job_id
FROM redshift_catalog.load_history AS h
CROSS JOIN LATERAL (
    SELECT count(*) AS files, coalesce(sum(bytes_scanned), 0)::bigint AS bytes
    FROM redshift_catalog.load_files AS f
    WHERE f.query_id = h.query_id AND redshift_catalog.is_seen(f.inside)
) AS f
WHERE redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.sys_load_detail AS
SELECT
    h.user_id, h.query_id, h.transaction_id, h.session_id, redshift_catalog.padded(h.database_name, 64) AS database_name,
    redshift_catalog.padded(f.file_name, 256) AS file_name, f.bytes_scanned, f.lines_scanned,
    1::bigint AS splits_scanned, h.end_time AS record_time, h.start_time, h.end_time,
    -1::bigint AS copy_job_id
FROM redshift_catalog.load_files AS f
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(f.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.sys_load_error_detail AS
SELECT
    h.user_id, h.query_id, h.transaction_id, h.session_id,
    redshift_catalog.padded(h.database_name, 64) AS database_name, h.table_id, h.start_time,
    redshift_catalog.padded(e.file_name, 256) AS file_name, e.line_number,
    redshift_catalog.padded(e.column_name, 127) AS column_name, redshift_catalog.padded(e.column_type, 10) AS column_type,
    redshift_catalog.padded(e.column_length, 10) AS column_length, e.position, e.code AS error_code,
    redshift_catalog.padded(e.reason, 512) AS error_message
FROM redshift_catalog.load_errors AS e
JOIN redshift_catalog.load_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(e.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.stl_unload_log AS
SELECT
    h.user_id AS userid, h.query_id::integer AS query, 0 AS slice, h.session_id AS pid,
    redshift_catalog.padded(f.path, 1280) AS path, h.start_time, h.end_time, f.line_count, f.transfer_size,
    redshift_catalog.padded(h.file_format, 10) AS file_format
FROM redshift_catalog.unload_files AS f
JOIN redshift_catalog.unload_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(f.inside) AND redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.sys_unload_history AS
SELECT
    h.user_id, h.query_id, h.transaction_id, h.session_id, h.database_name, h.status, h.start_time,
    h.end_time, (EXTRACT(epoch FROM h.end_time - h.start_time) * 1000000)::bigint AS duration,
    h.file_format, h.compression_type, h.unloaded_location, f.rows AS unloaded_rows,
    f.files AS unloaded_files_count, f.bytes AS unloaded_files_size, NULL::text AS error_message
FROM redshift_catalog.unload_history AS h
CROSS JOIN LATERAL (
    SELECT
        count(*) AS files, coalesce(sum(line_count), 0)::bigint AS rows,
        coalesce(sum(transfer_size), 0)::bigint AS bytes
    FROM redshift_catalog.unload_files AS f
    WHERE f.query_id = h.query_id AND redshift_catalog.is_seen(f.inside)
) AS f
WHERE redshift_catalog.is_seen(h.inside);

CREATE OR REPLACE VIEW redshift_catalog.sys_unload_detail AS
SELECT
    h.user_id, h.query_id, h.transaction_id, h.session_id, h.database_name, f.path AS file_name,
    h.file_format, h.start_time, h.end_time, f.line_count AS row_count, f.transfer_size
FROM redshift_catalog.unload_files AS f
JOIN redshift_catalog.unload_history AS h USING (query_id)
WHERE redshift_catalog.is_seen(f.inside) AND redshift_catalog.is_seen(h.inside);

-- The last COPY of this session; COPY writes the settings.
CREATE OR REPLACE FUNCTION redshift_catalog.pg_last_copy_id() RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('redshift.last_copy_id', true), '')::integer, -1)
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.pg_last_copy_count() RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('redshift.last_copy_count', true), '')::bigint, 0)
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.pg_last_unload_id() RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('redshift.last_unload_id', true), '')::integer, -1)
$$;
CREATE OR REPLACE FUNCTION redshift_catalog.pg_last_unload_count() RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('redshift.last_unload_count', true), '')::bigint, 0)
$$;

GRANT SELECT, INSERT, DELETE ON redshift_catalog.load_history, redshift_catalog.load_files,
    redshift_catalog.load_errors, redshift_catalog.load_error_fields, redshift_catalog.load_replacements,
    redshift_catalog.unload_history, redshift_catalog.unload_files TO PUBLIC;
GRANT SELECT ON redshift_catalog.stl_load_errors, redshift_catalog.stl_loaderror_detail,
    redshift_catalog.stl_load_commits, redshift_catalog.stl_replacements, redshift_catalog.sys_load_history,
    redshift_catalog.sys_load_detail, redshift_catalog.sys_load_error_detail, redshift_catalog.stl_unload_log,
    redshift_catalog.sys_unload_history, redshift_catalog.sys_unload_detail TO PUBLIC;
