-- A user is free or paid.
-- Severity: block    Scope: run, warehouse    About: users
-- If it fails: staging let an unknown level pass; see the rules in sql/rules.py.
SELECT user_id, level
FROM users
WHERE level NOT IN ('free', 'paid')
