-- Every row of time has its start_time.
-- Severity: block    Scope: run, warehouse    About: time
-- If it fails: a staged record lacks what COPY should have refused.
SELECT *
FROM time
WHERE start_time IS NULL
