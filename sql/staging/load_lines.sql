-- Lines of each file that a COPY read; a file that was split has several rows.
SELECT TRIM(file_name) AS file_name, SUM(lines_scanned) AS lines
FROM sys_load_detail
WHERE query_id = :query
GROUP BY TRIM(file_name)
