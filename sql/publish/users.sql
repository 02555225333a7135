-- users: the run's users that are new, or differ from the published row and were not seen earlier.
-- From:  users (the run's), sparkify.users
SELECT
    r.user_id,
    r.first_name,
    r.last_name,
    r.gender,
    r.level,
    r.last_seen_at,
    r.last_session_id,
    r.last_item_in_session
FROM users AS r
LEFT JOIN sparkify.users AS p ON p.user_id = r.user_id
WHERE
    p.user_id IS NULL
    OR r.last_seen_at > p.last_seen_at
    OR (r.last_seen_at = p.last_seen_at AND r.last_session_id > p.last_session_id)
    OR (
        r.last_seen_at = p.last_seen_at
        AND r.last_session_id = p.last_session_id
        AND r.last_item_in_session > p.last_item_in_session
    )
    OR (
        r.last_seen_at = p.last_seen_at
        AND r.last_session_id = p.last_session_id
        AND r.last_item_in_session = p.last_item_in_session
        AND (
            (NVL(r.first_name, '') || '.') <> (NVL(p.first_name, '') || '.')
            OR (NVL(r.last_name, '') || '.') <> (NVL(p.last_name, '') || '.')
            OR (NVL(r.gender, '') || '.') <> (NVL(p.gender, '') || '.')
            OR NVL(r.level, '') <> NVL(p.level, '')
        )
    )
