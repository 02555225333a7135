-- Each row of users is there once after the run's rows are merged.
-- Severity: block    Scope: merged
-- If it fails: publish met a user_id that it did not recognise; compare the rows in sparkify.users.
SELECT p.user_id, COUNT(*) AS times
FROM sparkify.users AS p
INNER JOIN delta_users AS d ON d.user_id = p.user_id
GROUP BY p.user_id
HAVING COUNT(*) > 1
