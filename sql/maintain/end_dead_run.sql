-- A run that died without a word, or failed and was left alone for a day, unless it was just taken up.
UPDATE etl.runs
SET
    status = 'failed',
    reason = NVL(reason, 'no sign of life for a day; its schema was dropped by maintenance'),
    ended_at = GETDATE()
WHERE
    run_id = :run_id
    AND status IN ('running', 'failed')
    AND GREATEST(started_at, NVL(ended_at, started_at)) < DATEADD(day, -1, GETDATE())
