-- An artist's place is on the globe.
-- Severity: block    Scope: run, warehouse    About: artists
-- If it fails: staging let an impossible value pass; see the rules in sql/rules.py.
SELECT artist_id, latitude, longitude
FROM artists
WHERE NOT latitude BETWEEN -90 AND 90 OR NOT longitude BETWEEN -180 AND 180
