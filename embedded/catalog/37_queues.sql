-- Queues and connections. There is one queue here, in which nobody waits.

CREATE OR REPLACE VIEW redshift_catalog.stl_wlm_query AS
SELECT
    userid,
    xid::integer AS xid,
    query AS task,
    query,
    100 AS service_class,
    1 AS slot_count,
    starttime AS service_class_start_time,
    starttime AS queue_start_time,
    starttime AS queue_end_time,
    0::bigint AS total_queue_time,
    starttime AS exec_start_time,
    endtime AS exec_end_time,
    (extract(epoch FROM endtime - starttime) * 1000000)::bigint AS total_exec_time,
    endtime AS service_class_end_time,
    'Completed'::character(16) AS final_state,
    NULL::bigint AS est_peak_mem,
    'Normal'::character(20) AS query_priority,
    'Default queue'::character(64) AS service_class_name
FROM redshift_catalog.stl_query;

CREATE OR REPLACE VIEW redshift_catalog.stv_wlm_query_state AS
SELECT
    xid::integer AS xid,
    query AS task,
    query,
    100 AS service_class,
    1 AS slot_count,
    starttime AS wlm_start_time,
    'Running'::character(16) AS state,
    0::bigint AS queue_time,
    (extract(epoch FROM clock_timestamp()::timestamp - starttime) * 1000000)::bigint AS exec_time,
    'Normal'::character(20) AS query_priority
FROM redshift_catalog.stv_inflight;

CREATE OR REPLACE VIEW redshift_catalog.svv_query_inflight AS
SELECT userid, slice, query, pid, starttime, suspended, text, 0 AS sequence
FROM redshift_catalog.stv_inflight;

-- Of sessions that ran a statement, at the time of the first; all come from this machine.
CREATE OR REPLACE VIEW redshift_catalog.sys_connection_log AS
SELECT
    'initiating session'::character(50) AS event,
    min(s.start_time) AS record_time,
    '127.0.0.1'::character(45) AS remote_host,
    NULL::character(32) AS remote_port,
    s.session_id,
    s.database_name::character(50) AS database_name,
    u.usename::character(50) AS user_name,
    'password'::character(32) AS auth_method,
    0 AS duration,
    NULL::character(50) AS ssl_version,
    NULL::character(128) AS ssl_cipher,
    NULL::integer AS mtu,
    NULL::character(64) AS ssl_compression,
    NULL::character(64) AS ssl_expansion,
    NULL::character(36) AS iam_auth_guid,
    NULL::character(250) AS application_name,
    NULL::character(64) AS driver_version,
    NULL::character(64) AS os_version,
    NULL::character(32) AS plugin_name,
    3 AS protocol_version,
    NULL::character(36) AS global_session_id
FROM redshift_catalog.statements AS s
LEFT JOIN pg_catalog.pg_user AS u ON u.usesysid = s.user_id
GROUP BY s.session_id, s.database_name, u.usename;

CREATE OR REPLACE VIEW redshift_catalog.stl_connection_log AS
SELECT
    event,
    record_time AS recordtime,
    remote_host AS remotehost,
    remote_port AS remoteport,
    session_id AS pid,
    database_name AS dbname,
    user_name AS username,
    auth_method AS authmethod,
    duration,
    ssl_version AS sslversion,
    ssl_cipher AS sslcipher,
    mtu,
    ssl_compression AS sslcompression,
    ssl_expansion AS sslexpansion,
    iam_auth_guid AS iamauthguid,
    application_name,
    driver_version,
    os_version,
    plugin_name,
    protocol_version,
    global_session_id AS sessionid
FROM redshift_catalog.sys_connection_log;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;
