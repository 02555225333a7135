"""The report: what it says, that it says it from the data, and that data cannot speak for itself."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import text

from blocks.errors import SparkifyError, UsageError
from embedded import home, postgres
from embedded.block import EmbeddedRedshift
from sql import read_all
from tasks.report.make import make_report
from tasks.report.page import Report, render
from tasks.report.period import choose_period
from tasks.report.questions import FOLDERS, ask
from tasks.windows import Window

NOW = datetime(2018, 11, 5, 12)
NOVEMBER = Window(datetime(2018, 11, 1), datetime(2018, 12, 1))
LONG_AGO = datetime(2000, 1, 1)
FILES = [(folder, file) for folder in FOLDERS for file in read_all(folder)]
EVIL = "</title></svg><script>alert('x')</script><img src=//evil.example onerror=alert(1)>\"' &amp; {{ 7*7 }}"
DAYS = """
    ts               | userId | firstName | level | song         | artist  | location | sessionId
    2018-10-31 23:59 | 9      | Ryan      | free  | Long Ago     | Nobody  | Nowhere  | 1
    2018-11-01 10:00 | 8      | Kaylee    | free  | You Gotta Be | Des'ree | Phoenix  | 2
    2018-11-01 10:30 | 8      | Kaylee    | free  | You Gotta Be | Des'ree | Phoenix  | 2
    2018-11-02 10:00 | 9      | Ryan      | paid  | Undo         | Björk   | Denver   | 3
    2018-11-02 15:00 | 8      | Kaylee    | free  | Undo         | Björk   | Phoenix  | 4
"""


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, words):
        self.words += words


def answers(warehouse, period=NOVEMBER):
    return ask(warehouse.engine, period, LONG_AGO)


def first(warehouse, name, period=NOVEMBER):
    """The first row of an answer."""
    return tuple(answers(warehouse, period)[name].rows[0].values())


def page_of(warehouse, start=None, end=None):
    return make_report(warehouse.block, start, end, NOW)


@pytest.mark.parametrize(("folder", "file"), FILES, ids=lambda part: getattr(part, "name", part))
def test_a_question_is_bounded_and_its_file_says_what_a_row_is(folder, file):
    assert file.fields["Question"].endswith("?")
    assert file.title.startswith(f"{file.name}: one row")
    if folder == "analytics":
        assert "start_time < :end" in file.text
        assert "start_time >= :start" in file.text or file.name == "new_and_returning"


def test_every_answer_is_on_the_page_with_its_file(warehouse):
    warehouse.load(DAYS)
    words = Page(page_of(warehouse)).words
    elsewhere = {"overview", "last_play"}  # the figures above the cards, and the period
    for folder, file in FILES:
        assert file.name in elsewhere or f"sql/{folder}/{file.name}.sql" in words
        assert file.name in elsewhere or file.fields["Question"] in words


def test_only_the_period_counts(warehouse):
    warehouse.load(DAYS)
    assert first(warehouse, "overview")[:3] == (4, 2, 3)
    second = Window(datetime(2018, 11, 2), datetime(2018, 11, 3))
    assert first(warehouse, "overview", second)[:3] == (2, 2, 2)
    assert first(warehouse, "most_played_songs") == ("Undo", "Björk", 2)
    assert first(warehouse, "busiest_hours") == (10, 3, 2)
    assert first(warehouse, "free_and_paid") == ("free", 3, 1, 0)
    assert first(warehouse, "top_users")[:2] == ("8", "Kaylee")
    assert first(warehouse, "top_places") == ("Phoenix", 3, 1)
    nothing = answers(warehouse, Window(datetime(2017, 1, 1), datetime(2017, 2, 1)))
    assert nothing["overview"].rows[0]["plays"] == 0
    assert not any(
        nothing[file.name].rows for file in read_all("analytics") if file.name != "overview"
    )


def test_who_played_before_the_period_returns(warehouse):
    warehouse.load(DAYS)
    assert [tuple(row.values()) for row in answers(warehouse)["new_and_returning"].rows] == [
        (date(2018, 11, 1), 1, 0),
        (date(2018, 11, 2), 0, 2),
    ]


def test_weeks_that_are_not_whole_are_compared_by_the_day(warehouse):
    days = ["2018-11-03", "2018-11-04", "2018-11-05", "2018-11-05", "2018-11-05", "2018-11-06"]
    warehouse.load("ts\n" + "\n".join(f"{day} 10:00" for day in days))
    assert [tuple(row.values())[1:] for row in answers(warehouse)["growth"].rows] == [
        (2, 2, 1, 1, None),
        (2, 4, 1, 2, 100),
    ]


def test_answers_are_computed_not_stored(warehouse):
    warehouse.load(DAYS)
    assert "“Undo” by Björk: 2 plays." in page_of(warehouse)
    warehouse.load("""
        ts               | userId | song     | artist
        2018-11-03 20:00 | 8      | Brand <3 | New
        2018-11-03 20:01 | 8      | Brand <3 | New
        2018-11-03 20:02 | 8      | Brand <3 | New
        2018-11-03 20:03 | 8      | Brand <3 | New
    """)
    after = Page(page_of(warehouse)).words
    assert "“Brand <3” by New: 4 plays." in after
    assert "20:00 to 21:00 UTC: 4 plays by 1 listeners." in after


def test_the_period_ends_with_the_last_play_unless_one_is_given(warehouse):
    def chosen(start=None, end=None):
        window = choose_period(warehouse.engine, start, end, NOW)
        return window.start, window.end

    assert chosen() == (datetime(2018, 10, 7), datetime(2018, 11, 6))
    warehouse.load(DAYS)
    assert chosen() == (datetime(2018, 10, 4), datetime(2018, 11, 3))
    assert chosen(end=datetime(2018, 5, 1)) == (datetime(2018, 4, 1), datetime(2018, 5, 1))
    assert chosen(datetime(2018, 10, 31)) == (datetime(2018, 10, 31), datetime(2018, 11, 3))
    with pytest.raises(UsageError, match="the window is empty"):
        chosen(datetime(2019, 1, 1))
    with pytest.raises(UsageError, match="366 days at most"):
        page_of(warehouse, datetime(2016, 1, 1))


@pytest.mark.parametrize(
    ("agent", "browser", "device"),
    [
        (
            '"Mozilla/5.0 (X11; Linux x86_64) Ubuntu Chromium/36.0 Chrome/36.0 Safari/537.36"',
            "Chrome",
            "Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0",
            "Firefox",
            "Windows",
        ),
        (
            '"Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) Version/7.0 Safari/9537.53"',
            "Safari",
            "iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
            "Internet Explorer",
            "Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge", "Mac"),
        (
            "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Safari/537.36 OPR/106.0",
            "Opera",
            "Android",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 7_1 like Mac OS X) CriOS/36.0 Safari/9537.53",
            "Chrome",
            "iPad",
        ),
        ("curl/8.0", "other", "other"),
        ("-", "unknown", "unknown"),
    ],
)
def test_user_agents_have_families(warehouse, agent, browser, device):
    warehouse.load(f"ts | userAgent\n2018-11-01 10:00 | {agent}")
    assert first(warehouse, "browsers")[0] == browser
    assert first(warehouse, "devices")[0] == device


def test_the_hours_say_what_became_of_their_objects(warehouse):
    warehouse.load("ts\n2018-11-01 10:00")
    warehouse.bucket.put("log_data/2018/11/2018-11-02-events.json", b'{"no": "event"}')
    warehouse.put_events(
        "ts | page\n2018-11-03 04:00 | Home", "log_data/2018/11/03/2018-11-03-04-events-0001.json"
    )
    warehouse.put_events(
        "ts | page\n2018-11-03 04:00 | -", "log_data/2018/11/03/2018-11-03-04-events-0002.json"
    )
    warehouse.hourly()
    with warehouse.engine.begin() as connection:
        connection.execute(
            text("UPDATE etl.objects SET status = 'pending' WHERE key LIKE '%-0002.json'")
        )
    page = page_of(warehouse, datetime(2018, 11, 1), datetime(2018, 11, 4))
    assert "Hours of the period: 1 published, 1 pending, 24 quarantined, 46 no object." in page
    words = Page(page).words
    assert "log_data/2018/11/2018-11-02-events.json" in words
    assert "1 records were rejected." in words


def test_nothing_from_the_data_becomes_part_of_the_page(warehouse):
    warehouse.put_songs(f"song_id | title | artist_name\nSO1 | '{EVIL}' | '{EVIL}'")
    warehouse.load(
        "ts | userId | firstName | lastName | song | artist | location | userAgent | level\n"
        + " | ".join(["2018-11-01 10:00", "<i>8", *[f"'{EVIL}'"] * 6, "free"])
    )
    with warehouse.engine.begin() as connection:
        for statement in (
            "UPDATE etl.objects SET status = 'quarantined', reason = :evil, key = key || :evil",
            "UPDATE etl.runs SET status = SUBSTRING(:evil, 1, 16), flow = SUBSTRING(:evil, 1, 64)",
            "UPDATE sparkify.songplays SET level = '<b>paid</b>'",
            "INSERT INTO etl.rejected_records VALUES ('events', :evil, 'e', 1, :evil, :evil, :evil, 'r')",
            "INSERT INTO etl.check_results VALUES ('r', :evil, 'run', 'block', 'fail', 1, :evil, 0, '2018-11-05')",
        ):
            connection.execute(text(statement), {"evil": EVIL})
    source = page_of(warehouse)
    page = Page(source)
    assert not {"script", "img", "link", "iframe", "object", "i8", "b8"} & {
        tag for tag, _ in page.tags
    }
    assert page.words.count(EVIL) > 10
    own = [attributes for tag, attributes in page.tags if tag not in ("html", "meta")]
    assert not any(
        name.startswith("on") or name in ("src", "href") for each in own for name in each
    )


def test_the_page_needs_no_network_and_holds_no_secret(warehouse):
    warehouse.load(DAYS)
    page = page_of(warehouse)
    assert not re.search(r"https?:|//\w|url\(|@import", page)
    assert "default-src 'none'" in page
    secrets = [
        value for value in home.settings().values() if isinstance(value, str) and len(value) > 7
    ]
    arguments = postgres.connect_arguments(warehouse.block.database)
    assert secrets
    assert not [secret for secret in (*secrets, arguments["password"]) if secret in page]


def test_charts_and_grids_say_in_words_what_they_show(warehouse):
    warehouse.load(DAYS)
    page = Page(page_of(warehouse))
    charts = [attributes for tag, attributes in page.tags if tag == "svg"]
    names = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert len(charts) >= 6
    assert all(chart["role"] == "img" and chart["aria-labelledby"] in names for chart in charts)
    assert [tag for tag, _ in page.tags].count("details") >= len(charts)
    assert "Nov 2: 1 paid plays" in page.words


def test_a_warehouse_without_plays_has_a_report_and_one_without_tables_has_none(
    warehouse, redshift_database
):
    assert "Nobody listened in this period." in page_of(warehouse)
    name = f"{redshift_database}_bare"
    postgres.create_database(name)
    bare = EmbeddedRedshift(database=name, lake=warehouse.block.lake)
    with pytest.raises(SparkifyError, match="nothing to report"):
        make_report(bare, None, None, NOW)
    postgres.drop_database(name)


def test_a_year_of_everything_stays_under_two_megabytes(warehouse):
    warehouse.load(DAYS)
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range(365)]
    found = answers(warehouse)
    for name in ("plays_by_day", "new_and_returning", "checks_by_day"):
        row = dict.fromkeys(found[name].columns, 123_456)
        found[name] = replace(found[name], rows=tuple(row | {"day": day} for day in days))
    hours = found["hours_loaded"]
    states = ("published", "pending", "quarantined")
    every = [(f"{day}", hour) for day in days for hour in range(24)]
    row = dict.fromkeys(hours.columns, 1)
    found["hours_loaded"] = replace(
        hours,
        rows=tuple(row | {"day": d, "hour": h, "status": states[h % 3]} for d, h in every),
    )
    year = Window(datetime(2018, 1, 1), datetime(2019, 1, 1))
    assert 500_000 < len(render(Report(year, NOW, found)).encode()) < 2_000_000
