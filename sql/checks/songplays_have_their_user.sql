-- Every play has its user.
-- Severity: block    Scope: run, warehouse    About: references
-- If it fails: users was built from other events than songplays was.
SELECT p.songplay_id, p.user_id
FROM songplays AS p
LEFT JOIN users AS u ON u.user_id = p.user_id
WHERE p.start_time >= :lo AND p.start_time < :hi AND u.user_id IS NULL
