from datetime import datetime


def test_a_start_time_is_taken_apart(warehouse):
    warehouse.load("""
        ts
        2018-11-04 23:59
        2018-12-31 00:00
        2018-12-31 00:00
    """)
    warehouse.hourly(datetime(2019, 1, 1))
    assert warehouse.rows(
        "SELECT start_time, hour, day, week, month, year, weekday FROM sparkify.time ORDER BY 1"
    ) == [
        (datetime(2018, 11, 4, 23, 59), 23, 4, 44, 11, 2018, 0),
        (datetime(2018, 12, 31), 0, 31, 1, 12, 2018, 1),
    ]


def test_a_start_time_of_two_plays_is_one_row(warehouse):
    warehouse.load("""
        ts               | userId
        2018-11-01 10:00 | 8
        2018-11-01 10:00 | 9
    """)
    warehouse.load("""
        ts               | userId
        2018-11-01 10:00 | 8
        2018-11-01 10:00 | 10
    """)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.time") == 1
