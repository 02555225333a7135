ARTISTS = "SELECT artist_id, name, location FROM sparkify.artists ORDER BY artist_id"


def test_an_artist_is_as_the_song_of_the_greatest_year_says(warehouse):
    warehouse.put_songs("""
        song_id | artist_id | artist_name | artist_location | year
        SO1     | AR1       | Old         | Leeds           | 1980
        SO2     | AR1       | New         | York            | 2001
        SO3     | AR1       | Unknown     | Nowhere         | 0
        SO4     | AR2       | Only        | -               | 0
    """)
    warehouse.hourly()
    assert warehouse.rows(ARTISTS) == [("AR1", "New", "York"), ("AR2", "Only", None)]


def test_of_songs_of_one_year_the_smallest_id_counts(warehouse):
    warehouse.put_songs("""
        song_id | artist_id | artist_name | year
        SO2     | AR1       | Second      | 2001
        SO1     | AR1       | First       | 2001
    """)
    warehouse.hourly()
    assert warehouse.rows(ARTISTS) == [("AR1", "First", "London")]


def test_a_song_that_comes_later_is_weighed_against_all_songs_of_its_artist(warehouse):
    warehouse.put_songs("""
        song_id | artist_id | artist_name | year
        SO1     | AR1       | New         | 2001
    """)
    warehouse.hourly()
    warehouse.put_songs("""
        song_id | artist_id | artist_name | year
        SO2     | AR1       | Older       | 1980
    """)
    warehouse.hourly()
    assert warehouse.rows(ARTISTS) == [("AR1", "New", "London")]


def test_an_artist_without_songs_is_gone(warehouse):
    warehouse.put_songs("""
        song_id | artist_id
        SO1     | AR1
    """)
    warehouse.hourly()
    warehouse.put_songs("""
        song_id | artist_id
        SO1     | AR2
    """)
    outcome = warehouse.hourly()
    assert warehouse.rows(ARTISTS) == [("AR2", "Des'ree", "London")]
    assert outcome.tables["artists"] == {"inserted": 1, "updated": 0, "deleted": 1}
