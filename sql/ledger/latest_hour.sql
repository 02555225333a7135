-- How far the hourly flow has come.
SELECT MAX(window_end) AS window_end
FROM etl.runs
WHERE flow = 'sparkify-hourly' AND status IN ('published', 'nothing new')
