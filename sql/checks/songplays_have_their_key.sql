-- Every play has its id, time, user, session and place in the session.
-- Severity: block    Scope: run, warehouse    About: songplays
-- If it fails: a staged event lacks what COPY should have refused; look at staging_events.
SELECT songplay_id, start_time, user_id, session_id, item_in_session
FROM songplays
WHERE
    songplay_id IS NULL
    OR start_time IS NULL
    OR user_id IS NULL
    OR session_id IS NULL
    OR item_in_session IS NULL
