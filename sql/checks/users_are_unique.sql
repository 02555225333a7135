-- Each row of users is there once.
-- Severity: block    Scope: run, warehouse    About: users
-- If it fails: two rows of one user_id reached the run; compare them in the staged tables.
SELECT user_id, COUNT(*) AS times
FROM users
GROUP BY user_id
HAVING COUNT(*) > 1
