-- A run begins.
INSERT INTO etl.runs (
    run_id, flow, flow_run_id, window_start, window_end, replace_from, replace_to, status, objects,
    session_pid, started_at, ended_at
)
VALUES (
    :run_id, :flow, :flow_run_id, :window_start, :window_end, :replace_from, :replace_to, :status,
    :objects, pg_backend_pid(), :started_at, :ended_at
)
