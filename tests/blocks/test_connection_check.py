"""Whatever is wrong, check_connection says what, and what to do about it."""

import json
import socket
import uuid

import pytest
from prefect_aws import AwsCredentials
from pydantic import SecretStr

from embedded import postgres

GOOD = {
    "sign-in": "ok",
    "address": "ok",
    "port": "ok",
    "encryption": "ok",
    "login": "ok",
    "grants": "ok",
    "lake": "ok",
    "work bucket": "ok",
    "COPY role": "ok",
}


def look(block):
    return {found.what: found for found in block.check_connection()}


def only_wrong(block):
    """What is wrong, which must be one thing, in one line."""
    (wrong,) = [found for found in block.check_connection() if found.verdict == "wrong"]
    assert "\n" not in wrong.words
    return wrong


@pytest.fixture
def pipeline(fronted, account, redshift_database):
    """A block whose user may do all that a run does."""
    user = account("right")
    upkeep = postgres.connect(redshift_database)
    with upkeep.cursor() as cursor:
        cursor.execute(f"GRANT CREATE, TEMP ON DATABASE {redshift_database} TO {user}")

    def make(**settings):
        return fronted(**{"user": user, "password": "right", **settings})

    yield make
    with upkeep.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {user} CASCADE")
    upkeep.close()


def test_where_nothing_is_wrong_each_thing_says_what_it_is(pipeline, lake):
    lake.put("log_data/2018/11/01/2018-11-01-05-events.json", '{"page": "NextSong"}')
    lake.put("song_data/A/B/C/TRABC.json", '{"song_id": "SO1"}')
    block = pipeline()
    found = look(block)
    assert {what: one.verdict for what, one in found.items()} == GOOD
    assert block.user in found["login"].words
    assert found["lake"].words == (f"{lake.bucket}: log_data/ can be read, song_data/ can be read")
    assert lake.url("song_data/A/B/C/TRABC.json") in found["COPY role"].words
    assert list(block.lake.walk_work("checks")) == []


def test_a_line_that_copy_cannot_parse_was_still_read(pipeline, lake):
    lake.put("log_data/2018/11/01/2018-11-01-05-events.json", "no json\n" * 3)
    assert look(pipeline())["COPY role"].verdict == "ok"


def test_a_name_that_dns_does_not_know(pipeline):
    wrong = only_wrong(pipeline(host="redshift.invalid"))
    assert wrong.what == "address"
    assert "the name redshift.invalid is not known to DNS" in wrong.words


def test_what_comes_after_a_wrong_thing_is_not_looked_at_but_the_lake_is(pipeline):
    found = look(pipeline(host="redshift.invalid"))
    verdicts = [one.verdict for one in found.values()]
    assert verdicts == ["ok", "wrong", *["skipped"] * 4, "ok", "ok", "skipped"]


def test_a_closed_port(pipeline):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        wrong = only_wrong(pipeline(port=port))
    assert wrong.what == "port"
    assert f"localhost:{port} refuses the connection" in wrong.words


def test_a_port_that_does_not_answer(pipeline):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [
            _knock(port) for _ in range(4)
        ]  # nobody accepts them: further ones get no answer
        wrong = only_wrong(pipeline(host="127.0.0.1", port=port, connect_timeout=2))
        for each in waiting:
            each.close()
    assert wrong.what == "port"
    assert "does not answer within 2 s: a security group" in wrong.words


def _knock(port):
    made = socket.socket()
    made.setblocking(False)
    made.connect_ex(("127.0.0.1", port))
    return made


def test_a_wrong_password(pipeline):
    wrong = only_wrong(pipeline(password="wrong"))
    assert wrong.what == "login"
    assert wrong.words.startswith("user or password are refused: check both")


def test_a_database_that_is_not_there(pipeline):
    wrong = only_wrong(pipeline(database="nowhere"))
    assert wrong.what == "login"
    assert wrong.words.startswith("there is no database nowhere: check the block's database")


def test_grants_that_are_missing_are_listed(fronted, account, redshift_database):
    with postgres.connect(redshift_database) as upkeep, upkeep.cursor() as cursor:
        cursor.execute(f"REVOKE TEMP ON DATABASE {redshift_database} FROM PUBLIC")
        cursor.execute("CREATE SCHEMA etl CREATE TABLE runs (n integer)")
    upkeep.close()
    wrong = only_wrong(fronted(user=account("p"), password="p"))
    assert wrong.what == "grants"
    assert wrong.words == (
        f"missing CREATE ON DATABASE {redshift_database}, TEMP ON DATABASE {redshift_database},"
        " USAGE ON SCHEMA etl, CREATE ON SCHEMA etl: an owner runs sql/grants.sql"
    )


def test_tables_that_may_not_be_written_are_named(pipeline, redshift_database):
    block = pipeline()
    with postgres.connect(redshift_database) as upkeep, upkeep.cursor() as cursor:
        cursor.execute("CREATE SCHEMA etl CREATE TABLE runs (n integer)")
        cursor.execute(f"GRANT ALL ON SCHEMA etl TO {block.user}")
        cursor.execute(f"GRANT SELECT, INSERT ON etl.runs TO {block.user}")
    upkeep.close()
    assert only_wrong(block).words == (
        "missing UPDATE, DELETE ON etl.runs: an owner runs sql/grants.sql"
    )


def test_a_lake_that_is_not_there(pipeline, block):
    lake = block.lake.model_copy(update={"bucket": "nothing-here"})
    wrong = only_wrong(pipeline(lake=lake))
    assert (wrong.what, wrong.words) == ("lake", "the lake's bucket 'nothing-here' does not exist")


def test_a_work_bucket_that_is_not_there_or_not_ours(pipeline, block):
    nowhere = block.lake.model_copy(update={"work_bucket": "nothing-here"})
    assert "work bucket 'nothing-here' does not exist" in only_wrong(pipeline(lake=nowhere)).words
    keys = AwsCredentials(aws_access_key_id="AKIANOBODY", aws_secret_access_key=SecretStr("wrong"))
    foreign = block.lake.model_copy(update={"credentials": keys})
    found = look(pipeline(lake=foreign))
    assert "may not be listed with these credentials" in found["lake"].words
    assert found["COPY role"].verdict == "skipped"
    assert "may not be written with these credentials" in found["work bucket"].words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "User arn:aws:redshift:us-east-1:1:dbuser:c/u is not authorized to assume IAM Role R",
            "R may not be taken on by the warehouse: associate it",
        ),
        (
            "Not authorized to get credentials of role R",
            "R may not be taken on by the warehouse: associate it",
        ),
        (
            "S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid X",
            "R may not read s3://b/k: give it s3:GetObject there",
        ),
        (
            "S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket",
            "R finds no bucket for s3://b/k",
        ),
        (
            "S3ServiceException:The bucket you are attempting to access must be addressed using"
            " the specified endpoint.,Status 301,Error PermanentRedirect",
            "R finds s3://b/k in another region",
        ),
        ("something else", "R cannot COPY s3://b/k: something else"),
    ],
)
def test_what_redshift_says_of_the_role_is_put_in_plain_words(said, words):
    from blocks.copy_check import refusal

    assert refusal("R", said, "s3://b/k").startswith(words)


def test_the_command_prints_a_line_for_each_thing_and_its_status_tells(command):
    command("embedded", "sample", "--hours", "3", "--end", "2018-11-02", "--songs", "5")
    good = command("flows.check")
    assert good.returncode == 0, good.stderr
    assert [line.split(":")[0].split(maxsplit=1) for line in good.stdout.splitlines()] == [
        ["ok", what] for what in GOOD
    ]
    found = json.loads(command("flows.check", "--json").stdout)
    assert [one["verdict"] for one in found] == ["ok"] * len(GOOD)


def test_the_command_fails_when_one_thing_is_wrong(command, prefect_api, pipeline):
    from blocks import Redshift

    given = pipeline(host="redshift.invalid")
    settings = {field: getattr(given, field) for field in Redshift.model_fields}
    name = f"wrong-{uuid.uuid4().hex[:8]}"
    Redshift(**settings).save(name)
    failed = command("flows.check", "--warehouse", f"redshift/{name}")
    assert failed.returncode == 1
    assert "wrong   address: the name redshift.invalid is not known to DNS" in failed.stdout
