-- The errors of the lines that a COPY rejected; `place` is 1 for the first of each line.
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
ORDER BY file_name, line_number, place
