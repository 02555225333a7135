def test_a_user_is_as_of_the_latest_play(warehouse):
    warehouse.load("""
        ts               | userId | level | firstName
        2018-11-01 10:00 | 8      | free  | Kaylee
        2018-11-01 11:00 | 8      | paid  | Kay
        2018-11-01 10:30 | 8      | free  | Lee
    """)
    assert warehouse.rows("SELECT user_id, first_name, level FROM sparkify.users") == [
        ("8", "Kay", "paid")
    ]


def test_a_late_hour_does_not_undo_a_newer_level(warehouse):
    warehouse.load("""
        ts               | userId | level
        2018-11-02 10:00 | 8      | paid
    """)
    warehouse.load("""
        ts               | userId | level
        2018-11-01 10:00 | 8      | free
    """)
    assert warehouse.rows("SELECT user_id, level FROM sparkify.users") == [("8", "paid")]


def test_plays_at_one_instant_are_ordered_by_session_and_item_as_numbers(warehouse):
    warehouse.load("""
        ts               | userId | level | sessionId | itemInSession
        2018-11-01 10:00 | 8      | free  | 9         | 10
        2018-11-01 10:00 | 8      | paid  | 10        | 9
        2018-11-01 10:00 | 8      | free  | 10        | 8
    """)
    assert warehouse.rows("SELECT level, last_session_id FROM sparkify.users") == [("paid", 10)]


def test_an_id_is_text(warehouse):
    warehouse.load("""
        ts               | userId
        2018-11-01 10:00 | '007'
        2018-11-01 10:01 | '7'
    """)
    assert warehouse.rows("SELECT user_id FROM sparkify.users ORDER BY 1") == [("007",), ("7",)]


def test_somebody_who_only_looks_around_is_no_user(warehouse):
    warehouse.load("""
        ts               | userId | page
        2018-11-01 10:00 | 8      | Home
        2018-11-01 10:01 | 9      | NextSong
        2018-11-01 10:02 | ''     | NextSong
    """)
    assert warehouse.rows("SELECT user_id FROM sparkify.users") == [("9",)]


def test_loading_twice_changes_nothing(warehouse):
    drawn = """
        ts               | userId | level
        2018-11-01 10:00 | 8      | free
        2018-11-01 11:00 | 9      | paid
    """
    warehouse.load(drawn)
    before = warehouse.tables()
    assert warehouse.load(drawn) is None
    assert warehouse.tables() == before
