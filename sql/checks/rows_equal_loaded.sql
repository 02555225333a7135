-- The staged rows are those that COPY reported as loaded: of songs object by object, of events in all.
-- Severity: block    Scope: run    About: staging
-- If it fails: a staging table was changed after its COPY; drop the run's schema and run it again.
WITH staged AS (
    SELECT 'events' AS source, '' AS key, COUNT(*) AS rows_staged
    FROM staging_events_parts
    UNION ALL
    SELECT 'songs' AS source, s.object_key AS key, COUNT(*) AS rows_staged
    FROM staging_songs_parts AS s
    GROUP BY s.object_key
),
reported AS (
    SELECT
        l.source,
        CASE WHEN l.source = 'songs' THEN l.key ELSE '' END AS key,
        SUM(l.loaded) AS rows_loaded
    FROM loads AS l
    WHERE l.status = 'published'
    GROUP BY l.source, CASE WHEN l.source = 'songs' THEN l.key ELSE '' END
)
SELECT
    NVL(s.source, r.source) AS source,
    NVL(s.key, r.key) AS key,
    NVL(s.rows_staged, 0) AS rows_staged,
    NVL(r.rows_loaded, 0) AS rows_loaded
FROM staged AS s
FULL OUTER JOIN reported AS r ON r.source = s.source AND r.key = s.key
WHERE NVL(s.rows_staged, 0) <> NVL(r.rows_loaded, 0)
