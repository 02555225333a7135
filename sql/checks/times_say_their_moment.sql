-- Hour, day, week, month, year and weekday are those of the start_time.
-- Severity: block    Scope: run, warehouse    About: time
-- If it fails: time was changed since it was built; see sql/dimensions/time.sql for what it must hold.
SELECT start_time, hour, day, week, month, year, weekday
FROM time
WHERE
    start_time >= :lo AND start_time < :hi
    AND (
        NVL(hour, -1) <> EXTRACT(hour FROM start_time)
        OR NVL(day, -1) <> EXTRACT(day FROM start_time)
        OR NVL(week, -1) <> EXTRACT(week FROM start_time)
        OR NVL(month, -1) <> EXTRACT(month FROM start_time)
        OR NVL(year, -1) <> EXTRACT(year FROM start_time)
        OR NVL(weekday, -1) <> EXTRACT(dow FROM start_time)
    )
