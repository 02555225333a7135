-- top_users: one row per user, the one with the most plays first.
-- Question: Who listens most?
-- Names and level are those of the user's latest play of all.
SELECT
    p.user_id,
    u.first_name,
    u.last_name,
    u.level,
    COUNT(*) AS plays,
    COUNT(DISTINCT p.session_id) AS sessions
FROM sparkify.songplays AS p
INNER JOIN sparkify.users AS u ON u.user_id = p.user_id
WHERE p.start_time >= :start AND p.start_time < :end
GROUP BY p.user_id, u.first_name, u.last_name, u.level
ORDER BY plays DESC, p.user_id
LIMIT 10
