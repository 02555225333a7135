-- Who is connected, what runs, what ran, and who locks what.

CREATE OR REPLACE FUNCTION redshift_catalog.version() RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017'
        ' (Red Hat 3.4.2-6.fc3), Redshift 1.0.99999'
$$;

CREATE OR REPLACE FUNCTION redshift_catalog.current_setting(name text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    own text;
BEGIN
    SELECT value INTO own FROM redshift_catalog.parameters AS p WHERE p.name = lower(current_setting.name);
    IF own IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = '42704', MESSAGE = format('unrecognized configuration parameter "%s"', name);
    END IF;
    RETURN own;
END $$;

-- Statements that ran: written by their sessions, in batches, and kept for the last few thousand.
CREATE UNLOGGED TABLE IF NOT EXISTS redshift_catalog.statements (
    query_id integer NOT NULL,
    session_id integer NOT NULL,
    user_id integer NOT NULL,
    transaction_id bigint NOT NULL,
    label text NOT NULL,
    database_name text NOT NULL,
    query_type text NOT NULL,
    start_time timestamp NOT NULL,
    end_time timestamp NOT NULL,
    aborted boolean NOT NULL,
    error_message text,
    returned_rows bigint NOT NULL,
    query_text text NOT NULL
);
CREATE INDEX IF NOT EXISTS statements_start_time ON redshift_catalog.statements (start_time);
CREATE INDEX IF NOT EXISTS statements_query_id ON redshift_catalog.statements (query_id);

-- A user's sessions: not our own second connections, and not the server's processes.
CREATE OR REPLACE VIEW redshift_catalog.sessions AS
SELECT
    backend_start,
    pid,
    usename,
    usesysid,
    datname,
    state,
    query_start,
    state_change,
    backend_xid,
    xact_start,
    regexp_replace(query, '(password)\s+E?''.*', '\1 ''''', 'i') AS query,
    application_name
FROM pg_catalog.pg_stat_activity
WHERE backend_type = 'client backend' AND application_name <> 'embedded redshift'
    AND datname <> 'postgres';

CREATE OR REPLACE VIEW redshift_catalog.stv_sessions AS
SELECT
    backend_start::timestamp AS starttime,
    pid AS process,
    redshift_catalog.padded(usename, 50) AS user_name,
    redshift_catalog.padded(datname, 50) AS db_name,
    0 AS timeout_sec
FROM redshift_catalog.sessions;

CREATE OR REPLACE VIEW redshift_catalog.stv_recents AS
SELECT
    usesysid::integer AS userid,
    (CASE state WHEN 'active' THEN 'Running' ELSE 'Done' END)::character(20) AS status,
    query_start::timestamp AS starttime,
    (extract(epoch FROM CASE state WHEN 'active' THEN clock_timestamp() ELSE state_change END - query_start)
        * 1000000)::integer AS duration,
    redshift_catalog.padded(usename, 50) AS user_name,
    redshift_catalog.padded(datname, 50) AS db_name,
    redshift_catalog.padded(substr(query, 1, 600), 600) AS query,
    CASE state WHEN 'active' THEN pid ELSE -1 END AS pid
FROM redshift_catalog.sessions
WHERE query_start IS NOT NULL;

CREATE OR REPLACE VIEW redshift_catalog.stv_inflight AS
SELECT
    usesysid::integer AS userid,
    0 AS slice,
    pid AS query,
    coalesce(l.label, nullif(left(application_name, 30), ''), 'default')::character(320) AS label,
    coalesce(backend_xid::text::bigint, 0) AS xid,
    pid,
    query_start::timestamp AS starttime,
    redshift_catalog.padded(substr(query, 1, 100), 100) AS text,
    0 AS suspended,
    0 AS insert_pristine,
    0 AS concurrency_scaling_status
FROM redshift_catalog.sessions AS s
LEFT JOIN LATERAL (
    SELECT label FROM redshift_catalog.statements
    WHERE session_id = s.pid AND start_time >= (s.backend_start AT TIME ZONE 'UTC')
    ORDER BY query_id DESC LIMIT 1
) AS l ON true
WHERE state = 'active';

CREATE OR REPLACE VIEW redshift_catalog.table_locks AS
SELECT l.relation, l.pid, l.mode, l.granted, s.usename, s.datname, s.backend_xid, s.xact_start
FROM pg_catalog.pg_locks AS l
JOIN redshift_catalog.sessions AS s ON s.pid = l.pid
JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE l.locktype = 'relation' AND c.relkind = 'r'
    AND n.nspname NOT IN ('pg_catalog', 'redshift_catalog', 'pg_toast', 'information_schema')
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database());

CREATE OR REPLACE VIEW redshift_catalog.svv_transactions AS
SELECT
    usename::text AS txn_owner,
    datname::text AS txn_db,
    coalesce(backend_xid::text::bigint, pid) AS xid,
    pid,
    xact_start::timestamp AS txn_start,
    CASE mode WHEN 'ExclusiveLock' THEN 'ShareRowExclusiveLock' ELSE mode END AS lock_mode,
    'relation'::text AS lockable_object_type,
    relation::integer AS relation,
    granted
FROM redshift_catalog.table_locks;

CREATE OR REPLACE VIEW redshift_catalog.stv_locks AS
SELECT
    relation::integer AS table_id,
    NULL::timestamp AS last_commit,
    NULL::timestamp AS last_update,
    coalesce(backend_xid::text::bigint, pid) AS lock_owner,
    pid::bigint AS lock_owner_pid,
    xact_start::timestamp AS lock_owner_start_ts,
    NULL::timestamp AS lock_owner_end_ts,
    (CASE WHEN granted THEN 'Holding write lock' ELSE 'Waiting for write lock' END)::character(22) AS lock_status
FROM redshift_catalog.table_locks
WHERE mode NOT IN ('AccessShareLock', 'RowShareLock');

CREATE OR REPLACE VIEW redshift_catalog.stv_slices AS
SELECT 0 AS node, slice, 0 AS localslice, 'D'::character(1) AS type FROM generate_series(0, 1) AS slice;

-- Every user records what ran, whatever else they may do.
CREATE OR REPLACE FUNCTION redshift_catalog.record(records text, kept integer) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO redshift_catalog.statements
    SELECT (r ->> 0)::integer, (r ->> 1)::integer,
        coalesce((SELECT usesysid::integer FROM pg_catalog.pg_user WHERE usename = r ->> 2), 0),
        (r ->> 3)::bigint, r ->> 4, r ->> 5, r ->> 6, (r ->> 7)::timestamp, (r ->> 8)::timestamp, (r ->> 9)::boolean,
        r ->> 10, (r ->> 11)::bigint, r ->> 12
    FROM json_array_elements(records::json) AS r;
    DELETE FROM redshift_catalog.statements WHERE start_time < (
        SELECT start_time FROM redshift_catalog.statements ORDER BY start_time DESC OFFSET kept LIMIT 1
    )
$$;

-- What a new session must know: ids for its statements, the isolation level, and the settings of tests.
CREATE OR REPLACE FUNCTION redshift_catalog.introduce() RETURNS json
LANGUAGE sql SECURITY DEFINER AS $$
    SELECT json_build_object(
        'first_query_id', nextval('redshift_catalog.query_ids'),
        'isolation', pg_catalog.current_setting('redshift.isolation'),
        'opened_with', (SELECT json_object_agg(name, pg_catalog.current_setting('redshift.' || name)) FROM unnest(ARRAY[
            'enable_case_sensitive_identifier', 'error_on_nondeterministic_update', 'query_group', 'shuffle_unordered'
        ]) AS name),
        'settings', (SELECT coalesce(json_object_agg(name, value), '{}') FROM redshift_catalog.settings
            WHERE name NOT LIKE 's3\_%')
    )
$$;

CREATE OR REPLACE VIEW redshift_catalog.sys_query_history AS
SELECT
    user_id,
    query_id::bigint AS query_id,
    label AS query_label,
    transaction_id,
    session_id,
    database_name,
    query_type,
    CASE WHEN aborted THEN 'failed' ELSE 'success' END AS status,
    false AS result_cache_hit,
    start_time,
    end_time,
    (extract(epoch FROM end_time - start_time) * 1000000)::bigint AS elapsed_time,
    0::bigint AS queue_time,
    (extract(epoch FROM end_time - start_time) * 1000000)::bigint AS execution_time,
    error_message,
    returned_rows,
    0::bigint AS returned_bytes,
    substr(query_text, 1, 4000) AS query_text,
    'version'::text AS redshift_version,
    NULL::text AS usage_limit,
    'primary'::text AS compute_type,
    0::bigint AS compile_time,
    0::bigint AS planning_time,
    0::bigint AS lock_wait_time,
    'main'::text AS service_class_name
FROM redshift_catalog.statements
UNION ALL
SELECT
    userid,
    query::bigint,
    rtrim(label),
    xid,
    pid,
    current_database()::text,
    'UNKNOWN',
    'running',
    false,
    starttime,
    NULL,
    NULL,
    0,
    (extract(epoch FROM clock_timestamp() AT TIME ZONE 'UTC' - starttime) * 1000000)::bigint,
    NULL,
    0,
    0,
    rtrim(text),
    'version',
    NULL,
    'primary',
    0,
    0,
    0,
    'main'
FROM redshift_catalog.stv_inflight
WHERE pid <> pg_catalog.pg_backend_pid();

CREATE OR REPLACE VIEW redshift_catalog.sys_query_text AS
SELECT user_id, query_id::bigint AS query_id, transaction_id, session_id, start_time, piece AS sequence,
    redshift_catalog.padded(substr(query_text, piece * 200 + 1, 200), 200) AS text
FROM redshift_catalog.statements
CROSS JOIN LATERAL generate_series(0, (length(query_text) - 1) / 200) AS piece;

CREATE OR REPLACE VIEW redshift_catalog.stl_query AS
SELECT
    user_id AS userid,
    query_id AS query,
    redshift_catalog.padded(label, 320) AS label,
    transaction_id AS xid,
    session_id AS pid,
    redshift_catalog.padded(database_name, 32) AS database,
    redshift_catalog.padded(substr(query_text, 1, 4000), 4000) AS querytxt,
    start_time AS starttime,
    end_time AS endtime,
    aborted::integer AS aborted,
    0 AS insert_pristine,
    0 AS concurrency_scaling_status
FROM redshift_catalog.statements
WHERE query_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'COPY', 'UNLOAD', 'MERGE', 'CTAS');

CREATE OR REPLACE VIEW redshift_catalog.stl_querytext AS
SELECT user_id AS userid, transaction_id AS xid, session_id AS pid, query_id::integer AS query, sequence, text
FROM redshift_catalog.sys_query_text;

CREATE OR REPLACE VIEW redshift_catalog.svl_qlog AS
SELECT
    user_id AS userid,
    query_id AS query,
    transaction_id AS xid,
    session_id AS pid,
    start_time AS starttime,
    end_time AS endtime,
    (extract(epoch FROM end_time - start_time) * 1000000)::bigint AS elapsed,
    aborted::integer AS aborted,
    redshift_catalog.padded(label, 320) AS label,
    redshift_catalog.padded(substr(query_text, 1, 60), 60) AS substring,
    NULL::integer AS source_query,
    NULL::text AS concurrency_scaling_status_txt,
    0 AS from_sp_call
FROM redshift_catalog.statements;

CREATE OR REPLACE VIEW redshift_catalog.svl_statementtext AS
SELECT
    s.user_id AS userid,
    s.transaction_id AS xid,
    s.session_id AS pid,
    redshift_catalog.padded(s.label, 320) AS label,
    s.start_time AS starttime,
    s.end_time AS endtime,
    t.sequence,
    redshift_catalog.padded(s.query_type, 10) AS type,
    t.text
FROM redshift_catalog.statements AS s
JOIN redshift_catalog.sys_query_text AS t ON t.query_id = s.query_id;

CREATE OR REPLACE VIEW redshift_catalog.stl_ddltext AS
SELECT userid, xid, pid, label, starttime, endtime, sequence, text
FROM redshift_catalog.svl_statementtext WHERE type = 'DDL';

CREATE OR REPLACE VIEW redshift_catalog.stl_utilitytext AS
SELECT userid, xid, pid, label, starttime, endtime, sequence, text
FROM redshift_catalog.svl_statementtext WHERE type = 'UTILITY';

-- Accounts: groups and roles are roles without a login, told apart by their comment.
CREATE OR REPLACE VIEW redshift_catalog.pg_user AS
SELECT
    rolname::text AS usename,
    oid::integer AS usesysid,
    rolcreatedb AS usecreatedb,
    rolsuper AS usesuper,
    rolsuper AS usecatupd,
    '********'::text AS passwd,
    CASE WHEN isfinite(rolvaliduntil) THEN rolvaliduntil::text END AS valuntil,
    NULL::text [] AS useconfig
FROM pg_catalog.pg_roles
WHERE rolcanlogin;

CREATE OR REPLACE VIEW redshift_catalog.pg_user_info AS
SELECT
    usename,
    usesysid,
    usecreatedb,
    usesuper,
    usecatupd,
    passwd,
    valuntil,
    useconfig,
    'UNLIMITED'::text AS useconnlimit,
    'RESTRICTED'::text AS syslogaccess,
    0 AS sessiontimeout
FROM redshift_catalog.pg_user;

CREATE OR REPLACE VIEW redshift_catalog.svl_user_info AS
SELECT usename, usesysid, usecreatedb, usesuper, usecatupd, useconnlimit, syslogaccess, now()::timestamp AS last_ddl_ts,
    sessiontimeout, NULL::text AS external_user_id
FROM redshift_catalog.pg_user_info;

CREATE OR REPLACE VIEW redshift_catalog.svv_user_info AS
SELECT usename AS user_name, usesysid AS user_id, usecreatedb AS createdb, usesuper AS superuser, usecatupd AS catalog_update,
    useconnlimit AS connection_limit, syslogaccess AS syslog_access, last_ddl_ts AS last_ddl_timestamp,
    sessiontimeout AS session_timeout, external_user_id
FROM redshift_catalog.svl_user_info;

CREATE OR REPLACE VIEW redshift_catalog.pg_group AS
SELECT
    r.rolname::text AS groname,
    r.oid::integer AS grosysid,
    (SELECT array_agg(m.member::integer) FROM pg_catalog.pg_auth_members AS m WHERE m.roleid = r.oid) AS grolist
FROM pg_catalog.pg_roles AS r
WHERE pg_catalog.shobj_description(r.oid, 'pg_authid') = 'group';

CREATE OR REPLACE VIEW redshift_catalog.svv_roles AS
SELECT oid::integer AS role_id, rolname::text AS role_name, current_user::text AS role_owner, NULL::text AS external_id
FROM pg_catalog.pg_roles
WHERE pg_catalog.shobj_description(oid, 'pg_authid') = 'role';
