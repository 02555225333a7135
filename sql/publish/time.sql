-- time: the start times of some days that are not published yet.
-- From:  time (the run's), sparkify.time
SELECT
    r.start_time,
    r.hour,
    r.day,
    r.week,
    r.month,
    r.year,
    r.weekday
FROM time AS r
LEFT JOIN sparkify.time AS p
    ON p.start_time = r.start_time AND p.start_time >= :lo AND p.start_time < :hi
WHERE r.start_time >= :lo AND r.start_time < :hi AND p.start_time IS NULL
