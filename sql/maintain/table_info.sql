-- What Redshift says of our tables: size in MB, rows, shares in percent. Empty tables are not shown.
SELECT
    "schema" AS schema_name,
    "table" AS table_name,
    CAST(estimated_visible_rows AS BIGINT) AS visible_rows,
    size AS megabytes,
    CAST(unsorted AS DOUBLE PRECISION) AS unsorted,
    CAST(stats_off AS DOUBLE PRECISION) AS stats_off,
    CAST(tbl_rows - estimated_visible_rows AS BIGINT) AS deleted_rows
FROM svv_table_info
WHERE "schema" IN ('sparkify', 'etl')
ORDER BY "schema", "table"
