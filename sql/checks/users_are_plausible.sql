-- A user has a name and is F or M, if either is known.
-- Severity: warn    Scope: run, warehouse    About: users
-- If it fails: the producer has changed what it logs; show it these rows.
SELECT user_id, gender
FROM users
WHERE first_name IS NULL OR last_name IS NULL OR gender NOT IN ('F', 'M')
