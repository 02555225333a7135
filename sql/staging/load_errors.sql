-- The first error of each line that a COPY rejected.
WITH numbered AS (
    SELECT
        TRIM(e.file_name) AS file_name,
        e.line_number,
        TRIM(e.column_name) AS column_name,
        TRIM(e.error_message) AS error_message,
        ROW_NUMBER() OVER (
            PARTITION BY e.file_name, e.line_number
            ORDER BY e.position, e.error_code
        ) AS place
    FROM sys_load_error_detail AS e
    WHERE e.query_id = :query
)
SELECT file_name, line_number, column_name, error_message
FROM numbered
WHERE place = 1
ORDER BY file_name, line_number
