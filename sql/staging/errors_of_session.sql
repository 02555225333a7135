-- The first lines of a file that the COPYs of a session have rejected.
SELECT
    line_number,
    MIN(TRIM(column_name)) AS column_name,
    MIN(TRIM(error_message)) AS error_message
FROM sys_load_error_detail
WHERE session_id = :pid AND TRIM(file_name) = :url
GROUP BY line_number
ORDER BY line_number
LIMIT 100
