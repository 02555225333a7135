-- Every user has an id and the moment, session and place of the latest play.
-- Severity: block    Scope: run, warehouse    About: users
-- If it fails: a staged record lacks what COPY should have refused.
SELECT user_id, last_seen_at, last_session_id, last_item_in_session
FROM users
WHERE
    user_id IS NULL
    OR last_seen_at IS NULL
    OR last_session_id IS NULL
    OR last_item_in_session IS NULL
