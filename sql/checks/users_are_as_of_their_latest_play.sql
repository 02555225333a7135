-- No play is later than its user was last seen, and the last one has the user's level.
-- Severity: block    Scope: run, warehouse    About: users
-- If it fails: users was built from other events than songplays, or changed since; compare the two.
SELECT p.songplay_id, p.user_id, p.start_time, p.level, u.last_seen_at, u.level AS user_level
FROM songplays AS p
INNER JOIN users AS u ON u.user_id = p.user_id
WHERE
    p.start_time >= :lo AND p.start_time < :hi
    AND (
        p.start_time > u.last_seen_at
        OR (
            p.start_time = u.last_seen_at
            AND p.session_id = u.last_session_id
            AND p.item_in_session = u.last_item_in_session
            AND NVL(p.level, '') <> NVL(u.level, '')
        )
    )
