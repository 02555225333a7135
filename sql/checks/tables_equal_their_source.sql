-- A table has a row for each key of what it is built from, and no other.
-- Severity: block    Scope: run    About: staging
-- If it fails: building the table lost, doubled or invented rows; compare it with its source.
WITH counted AS (
    SELECT
        'users' AS built_table,
        (SELECT COUNT(DISTINCT user_id) FROM songplays) AS expected_rows,
        (SELECT COUNT(*) FROM users) AS built_rows
    UNION ALL
    SELECT
        'time' AS built_table,
        (SELECT COUNT(DISTINCT start_time) FROM songplays) AS expected_rows,
        (SELECT COUNT(*) FROM time) AS built_rows
    UNION ALL
    SELECT
        'songs' AS built_table,
        (SELECT COUNT(*) FROM staging_songs) AS expected_rows,
        (SELECT COUNT(*) FROM songs) AS built_rows
    UNION ALL
    SELECT
        'artists' AS built_table,
        (SELECT COUNT(DISTINCT artist_id) FROM staging_songs) AS expected_rows,
        (SELECT COUNT(*) FROM artists) AS built_rows
)
SELECT built_table, expected_rows, built_rows
FROM counted
WHERE expected_rows <> built_rows
