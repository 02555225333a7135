-- time: one row per distinct start_time of a play. ISO week; weekday 0 is Sunday.
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
