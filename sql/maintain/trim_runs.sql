-- Runs from before :before, but for those that the ledger or the rejects name, those that go on, and
-- the hourly runs that tell how far the hourly flow has come, with plays or without.
DELETE FROM etl.runs
WHERE
    started_at < :before
    AND status <> 'running'
    AND run_id NOT IN (SELECT run_id FROM etl.objects)
    AND run_id NOT IN (SELECT run_id FROM etl.rejected_records)
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
    AND run_id NOT IN (
        SELECT run_id
        FROM etl.runs
        WHERE flow = 'sparkify-hourly'
            AND status = 'nothing new'
            AND window_end = (
                SELECT MAX(window_end)
                FROM etl.runs
                WHERE flow = 'sparkify-hourly' AND status IN ('published', 'nothing new')
            )
    )
