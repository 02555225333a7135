-- Every row of users has its user_id.
-- Severity: block    Scope: run, warehouse
-- If it fails: a staged record lacks what COPY should have refused.
SELECT *
FROM users
WHERE user_id IS NULL
