-- time: one row per distinct start_time of a play. ISO week; weekday 0 is Sunday.
-- Columns:
--   start_time  The instant, UTC, to the millisecond; joins songplays.
--   hour        Hour of day, 0 to 23, UTC.
--   day         Day of the month.
--   week        ISO week of the year.
--   month       Month, 1 to 12.
--   year        Calendar year (not the year of the ISO week).
--   weekday     Day of the week: 0 is Sunday, 6 is Saturday.
CREATE TABLE IF NOT EXISTS sparkify.time (
    start_time TIMESTAMP NOT NULL ENCODE raw,
    hour       INTEGER   NOT NULL ENCODE az64,
    day        INTEGER   NOT NULL ENCODE az64,
    week       INTEGER   NOT NULL ENCODE az64,
    month      INTEGER   NOT NULL ENCODE az64,
    year       INTEGER   NOT NULL ENCODE az64,
    weekday    INTEGER   NOT NULL ENCODE az64
)
DISTKEY(start_time)
SORTKEY(start_time)
