-- Every play of the days that the run touches has its user after the merge.
-- Severity: block    Scope: merged
-- If it fails: somebody removed users by hand; load the days again with --only all.
SELECT p.songplay_id, p.user_id
FROM sparkify.songplays AS p
LEFT JOIN sparkify.users AS u ON u.user_id = p.user_id
WHERE p.start_time >= :lo AND p.start_time < :hi AND u.user_id IS NULL
