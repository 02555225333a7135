-- Views of what cannot be here: no rows is the truth. Each is a name and its columns with their types.

DO $install$
DECLARE
    part text [];
    columns text;
BEGIN
    FOR part IN SELECT regexp_match(line, '^\s*(\w+):\s*(.*)$') FROM regexp_split_to_table($views$
        stl_error: userid integer, process character(12), recordtime timestamp, pid integer, errcode integer, file character(90), linenum integer, context character(100), error character(512)
        stl_alert_event_log: userid integer, query integer, slice integer, segment integer, step integer, pid integer, xid bigint, event character(1024), solution character(1024), event_time timestamp
        stl_wlm_rule_action: userid integer, query integer, service_class integer, rule character(256), action character(256), recordtime timestamp, action_value character(256), service_class_name character(64)
        svl_query_queue_info: database text, query integer, xid bigint, userid integer, querytxt text, queue_start_time timestamp, exec_start_time timestamp, service_class integer, slots integer, queue_elapsed bigint, exec_elapsed bigint, wlm_total_elapsed bigint, commit_queue_elapsed bigint, commit_exec_time bigint, service_class_name character(64)
        svv_alter_table_recommendations: type character(30), database character(128), table_id integer, group_id integer, ddl character(1024), auto_apply character(1)
        svv_mv_info: database_name character(128), schema_name character(128), user_name character(128), name character(128), is_stale character(1), owner_user_id integer, state integer, autorewrite character(1), autorefresh character(1)
        stv_mv_info: db_name character(128), schema character(128), name character(128), updated_upto_xid bigint, is_stale character(1), owner_user_name character(128), state integer, autorewrite character(1), autorefresh character(1)
        svl_mv_refresh_status: db_name character(128), userid bigint, schema_name character(128), mv_name character(128), xid bigint, starttime timestamp, endtime timestamp, status text, refresh_type character(32)
        svv_datashares: share_name character varying(255), share_id integer, share_owner integer, source_database character varying(255), consumer_database character varying(255), share_type character varying(8), createdate timestamp, is_publicaccessible boolean, share_acl character varying(256), producer_account character varying(16), producer_namespace character varying(64), managed_by character varying(64)
        svv_datashare_objects: share_type character varying(8), share_name character varying(128), object_type character varying(64), object_name character varying(512), producer_account character varying(16), producer_namespace character varying(64), include_new boolean
        svv_external_databases: eskind integer, esoptions character varying(65535), databasename character varying(128), location character varying(65535), parameters character varying(65535)
        svv_external_partitions: schemaname text, tablename text, "values" text, location text, input_format character varying(128), output_format character varying(128), serialization_lib character varying(128), serde_parameters character varying(128), compressed integer, parameters character varying(128)
        svl_s3list: query integer, segment integer, node integer, slice integer, eventtime timestamp, bucket text, prefix text, recursive character(1), retrieved_files integer, max_file_size bigint, avg_file_size double precision, generated_splits integer, avg_split_length double precision, duration bigint
        svl_s3query: userid integer, query integer, segment integer, step integer, node integer, slice integer, starttime timestamp, endtime timestamp, elapsed integer, external_table_name character(136), is_partitioned character(1), is_rrscan character(1), s3_scanned_rows bigint, s3_scanned_bytes bigint, s3query_returned_rows bigint, s3query_returned_bytes bigint, files integer, splits integer, total_split_size bigint, max_split_size bigint, total_retries integer, max_retries integer, max_request_duration integer, avg_request_duration double precision, max_request_parallelism integer, avg_request_parallelism double precision
        sys_copy_job: job_id bigint, job_name character(128), data_source character(1024), copy_query text, iam_role text, is_auto boolean, status text, error_message text
        svl_stored_proc_call: userid integer, session_userid integer, query integer, label character(320), xid bigint, pid integer, database character(32), querytxt character(4000), starttime timestamp, endtime timestamp, aborted integer, from_sp_call integer
        sys_procedure_call: session_user_id integer, user_id integer, query_id bigint, query_label character(320), transaction_id bigint, session_id integer, database_name character(128), query_text character(4000), start_time timestamp, end_time timestamp, caller_procedure_query_id bigint
        svv_ml_model_info: schema_name character(128), user_name character(128), model_name character(128), life_cycle character(20), is_refreshable integer, model_state character(128)
    $views$, '\n') AS line
    WHERE line ~ '\S' LOOP
        SELECT string_agg(format('NULL::%s AS %s', regexp_replace(c, '^\S+\s+', ''), split_part(c, ' ', 1)), ', ') INTO columns
        FROM regexp_split_to_table(part[2], ',\s+') AS c;
        EXECUTE format('CREATE OR REPLACE VIEW redshift_catalog.%I AS SELECT %s WHERE false', part[1], columns);
    END LOOP;
END $install$;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;
