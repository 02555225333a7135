-- Results of checks from before :before, but for those of the hourly run that came the farthest.
DELETE FROM etl.check_results
WHERE
    checked_at < :before
    AND run_id NOT IN (
        SELECT run_id
        FROM etl.runs
        WHERE flow = 'sparkify-hourly'
            AND status = 'published'
            AND window_end = (
                SELECT MAX(window_end)
                FROM etl.runs
                WHERE flow = 'sparkify-hourly' AND status = 'published'
            )
    )
