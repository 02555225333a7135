-- A play is free or paid.
-- Severity: block    Scope: run, warehouse    About: songplays
-- If it fails: staging let an unknown level pass; see the rules in sql/rules.py.
SELECT songplay_id, level
FROM songplays
WHERE start_time >= :lo AND start_time < :hi AND level NOT IN ('free', 'paid')
