-- The published tables have the columns that are declared, each of its type and size.
-- Severity: block    Scope: run, warehouse    About: schema
-- If it fails: somebody altered a table; alter it back to what sql/schema/sparkify says of it.
-- The catalog cannot be joined with our tables, hence the declaration in words; a test keeps it true.
WITH declared AS (
    SELECT 'artists' AS table_name, 'artist_id' AS column_name, 'character varying' AS type,
        64 AS size, 0 AS scale
    UNION ALL SELECT 'artists', 'name', 'character varying', 1024, 0
    UNION ALL SELECT 'artists', 'location', 'character varying', 1024, 0
    UNION ALL SELECT 'artists', 'latitude', 'numeric', 12, 5
    UNION ALL SELECT 'artists', 'longitude', 'numeric', 12, 5
    UNION ALL SELECT 'songplays', 'songplay_id', 'character varying', 32, 0
    UNION ALL SELECT 'songplays', 'start_time', 'timestamp without time zone', 0, 0
    UNION ALL SELECT 'songplays', 'user_id', 'character varying', 64, 0
    UNION ALL SELECT 'songplays', 'level', 'character varying', 16, 0
    UNION ALL SELECT 'songplays', 'song_id', 'character varying', 64, 0
    UNION ALL SELECT 'songplays', 'artist_id', 'character varying', 64, 0
    UNION ALL SELECT 'songplays', 'session_id', 'bigint', 0, 0
    UNION ALL SELECT 'songplays', 'item_in_session', 'integer', 0, 0
    UNION ALL SELECT 'songplays', 'location', 'character varying', 512, 0
    UNION ALL SELECT 'songplays', 'user_agent', 'character varying', 1024, 0
    UNION ALL SELECT 'songplays', 'song_title', 'character varying', 1024, 0
    UNION ALL SELECT 'songplays', 'artist_name', 'character varying', 1024, 0
    UNION ALL SELECT 'songplays', 'song_length', 'numeric', 12, 5
    UNION ALL SELECT 'songs', 'song_id', 'character varying', 64, 0
    UNION ALL SELECT 'songs', 'title', 'character varying', 1024, 0
    UNION ALL SELECT 'songs', 'artist_id', 'character varying', 64, 0
    UNION ALL SELECT 'songs', 'year', 'integer', 0, 0
    UNION ALL SELECT 'songs', 'duration', 'numeric', 12, 5
    UNION ALL SELECT 'songs', 'artist_name', 'character varying', 1024, 0
    UNION ALL SELECT 'songs', 'artist_location', 'character varying', 1024, 0
    UNION ALL SELECT 'songs', 'artist_latitude', 'numeric', 12, 5
    UNION ALL SELECT 'songs', 'artist_longitude', 'numeric', 12, 5
    UNION ALL SELECT 'songs', 'object_key', 'character varying', 1024, 0
    UNION ALL SELECT 'time', 'start_time', 'timestamp without time zone', 0, 0
    UNION ALL SELECT 'time', 'hour', 'integer', 0, 0
    UNION ALL SELECT 'time', 'day', 'integer', 0, 0
    UNION ALL SELECT 'time', 'week', 'integer', 0, 0
    UNION ALL SELECT 'time', 'month', 'integer', 0, 0
    UNION ALL SELECT 'time', 'year', 'integer', 0, 0
    UNION ALL SELECT 'time', 'weekday', 'integer', 0, 0
    UNION ALL SELECT 'users', 'user_id', 'character varying', 64, 0
    UNION ALL SELECT 'users', 'first_name', 'character varying', 256, 0
    UNION ALL SELECT 'users', 'last_name', 'character varying', 256, 0
    UNION ALL SELECT 'users', 'gender', 'character varying', 16, 0
    UNION ALL SELECT 'users', 'level', 'character varying', 16, 0
    UNION ALL SELECT 'users', 'last_seen_at', 'timestamp without time zone', 0, 0
    UNION ALL SELECT 'users', 'last_session_id', 'bigint', 0, 0
    UNION ALL SELECT 'users', 'last_item_in_session', 'integer', 0, 0
),
found AS (
    SELECT
        CAST(table_name AS VARCHAR(128)) AS table_name,
        CAST(column_name AS VARCHAR(128)) AS column_name,
        CAST(data_type AS VARCHAR(128)) AS type,
        CASE
            WHEN data_type = 'numeric' THEN CAST(numeric_precision AS INTEGER)
            ELSE NVL(CAST(character_maximum_length AS INTEGER), 0)
        END AS size,
        CASE WHEN data_type = 'numeric' THEN CAST(numeric_scale AS INTEGER) ELSE 0 END AS scale
    FROM information_schema.columns
    WHERE table_schema = 'sparkify' AND table_name IN ('artists', 'songplays', 'songs', 'time', 'users')
)
SELECT
    NVL(d.table_name, f.table_name) AS table_name,
    NVL(d.column_name, f.column_name) AS column_name,
    d.type AS declared_type,
    f.type AS found_type,
    d.size AS declared_size,
    f.size AS found_size
FROM declared AS d
FULL OUTER JOIN found AS f ON f.table_name = d.table_name AND f.column_name = d.column_name
WHERE
    d.column_name IS NULL
    OR f.column_name IS NULL
    OR f.type <> d.type
    OR f.size <> d.size
    OR f.scale <> d.scale
