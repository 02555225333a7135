"""A session whose label is longer than PostgreSQL keeps does not litter standard error."""

from sqlalchemy import text


def test_a_long_label_is_cut_without_a_word(block, capfd):
    engine = block.engine(label="sparkify-" + "ä" * 100, connections=1)
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_setting('application_name')")).scalar_one()
    engine.dispose()
    assert name.startswith("sparkify-")
    assert capfd.readouterr().err == ""
