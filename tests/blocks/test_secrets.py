"""No secret is in any log line, artifact, event, error, parameter, SQL text or file, whatever happens."""

import json
import logging
import sys
import time
import uuid
from datetime import datetime
from pathlib import Path

import obstore
import pytest
from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogHandler
from prefect.settings import get_current_settings
from pydantic import SecretStr

from blocks.aws import client
from blocks.errors import SparkifyError
from embedded import home, postgres, s3
from flows import check, gaps
from flows.backfill import backfill
from flows.hourly import hourly
from flows.maintain import maintain

PASSWORD = "MarkedPassw0rd-7f3a"
PAYLOAD = "MarkedPayload-91bc"
KEY = "MarkedKey/+5d2e"
TOKEN = "MarkedToken-c08d"
WRONG = "MarkedWrong-44e1"
MARKS = (PASSWORD, PAYLOAD, KEY, TOKEN, WRONG)
END = datetime(2018, 11, 3)
EVENT = {"page": "NextSong", "userId": "8", "sessionId": 1, "level": "free"}


class Scene:
    """A warehouse whose every secret is marked, saved as a block; and all that was told of it."""

    def __init__(self, block, aws, secret, lake, database):
        self.block, self.aws, self.secret, self.lake, self.database = (
            block,
            aws,
            secret,
            lake,
            database,
        )
        self.errors = []
        self.slug = self.save(block)

    def save(self, block):
        name = f"marked-{uuid.uuid4().hex[:8]}"
        block.save(name)
        return f"fronted-redshift/{name}"

    def keep(self, content):
        """Change what the secret holds."""
        manager = client(self.aws, "secretsmanager", "us-east-1")
        manager.put_secret_value(SecretId=self.secret, SecretString=content)

    def events(self, hour, **more):
        event = EVENT | {"ts": 1541116800000 + hour * 3600000, "itemInSession": hour} | more
        key = f"log_data/2018/11/02/2018-11-02-{hour:02}-events.json"
        self.lake.put(key, json.dumps(event))

    def as_owner(self, statement):
        with postgres.connect(self.database) as made, made.cursor() as cursor:
            cursor.execute(statement)
        made.close()

    def fails(self, work, *arguments):
        """Do what cannot succeed, and keep its error with all that led to it."""
        with pytest.raises((Exception, SystemExit)) as failed:
            work(*arguments)
        error = failed.value
        while error is not None:
            self.errors.append(f"{error!s} {error!r}")
            error = error.__cause__ or error.__context__
        return failed.value

    def sql(self):
        """Every statement that the warehouse remembers, and every row of the pipeline's own tables."""
        with postgres.connect(self.database) as made, made.cursor() as cursor:
            cursor.execute(
                "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('etl', 'sparkify')"
                " OR schemaname LIKE 'run%' OR schemaname = 'redshift_catalog'"
                " AND tablename <> 'settings'"  # how the stand-in itself reaches S3
            )
            found = []
            for schema, table in cursor.fetchall():
                cursor.execute(f'SELECT * FROM "{schema}"."{table}"')
                found += map(repr, cursor.fetchall())
        made.close()
        return found


@pytest.fixture
def scene(fronted, account, aws, redshift_database, lake, prefect_api):
    access = s3.access()
    user = account(PASSWORD)
    marked = aws.model_copy(
        update={"aws_secret_access_key": SecretStr(KEY), "aws_session_token": TOKEN}
    )
    payload = {"username": user, "password": PASSWORD, "note": PAYLOAD}
    manager = client(marked, "secretsmanager", "us-east-1")
    secret = manager.create_secret(Name=uuid.uuid4().hex, SecretString=json.dumps(payload))["ARN"]
    block = fronted(sign_in="secret", secret=secret, aws=marked)
    made = Scene(block, marked, secret, lake, redshift_database)
    made.payload, made.user = payload, user
    made.marks = (*MARKS, access.secret_access_key, home.settings()["postgres_password"])
    made.as_owner(f"GRANT CREATE, TEMP ON DATABASE {redshift_database} TO {user}")
    yield made
    made.as_owner(f"DROP OWNED BY {user} CASCADE")


def what_prefect_keeps():
    """Logs, runs with their parameters and states, artifacts and events, as the API tells them."""
    APILogHandler().flush()
    last = emit_event("looked", {"prefect.resource.id": f"sparkify.{uuid.uuid4()}"})
    EventsWorker.instance().wait_until_empty()
    with get_client(sync_client=True) as api:
        told = {"events": _events(api, str(last.id))}
        for kind in ("logs", "flow_runs", "task_runs", "artifacts"):
            told[kind] = _pages(api, kind)
    return told


def _events(api, last):
    """All events, once the one that was emitted last has come to the server's database."""
    for _ in range(300):
        answer = api.request("POST", "/events/filter", json={"limit": 50})
        if last in answer.text:
            break
        time.sleep(0.2)
    else:
        pytest.fail("the server has not stored what was emitted a minute ago")
    pages = [answer.text]
    while next_page := answer.json()["next_page"]:
        answer = api._client.get(next_page)
        pages.append(answer.text)
    return "".join(pages)


def _pages(api, kind):
    pages, size = [], 200
    while True:
        body = {"limit": size, "offset": size * len(pages)}
        page = api.request("POST", f"/{kind}/filter", json=body).json()
        pages.append(json.dumps(page))
        if len(page) < size:
            return "".join(pages)


def files():
    """The content of every file: Prefect's database and storage, our home but for its own settings."""
    database = str(get_current_settings().server.database.connection_url.get_secret_value())
    prefect = Path(database.partition("///")[2]).parent
    roots = [prefect, get_current_settings().home, home.folder()]
    for root in roots:
        for path in sorted(root.rglob("*")):
            kept_on_purpose = path.name == "settings.json" or path.is_relative_to(
                home.folder() / "postgres" / "data"  # `sql` reads what is in there
            )
            if path.is_file() and not path.is_symlink() and not kept_on_purpose:
                yield str(path), path.read_bytes()


def work_objects(block):
    store = block.lake.store(block.lake.work_bucket)
    for entry in block.lake.walk_work(""):
        yield entry.key, bytes(obstore.get(store, entry.key).bytes())


def leaks(marks, places):
    """Where a mark is found; `places` are names and texts."""
    return [
        (name, mark)
        for name, content in places
        for mark in marks
        if (mark.encode() in content if isinstance(content, bytes) else mark in content)
    ]


def command(main, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["command", *arguments])
    return main()


def test_no_secret_is_told_whatever_happens(scene, monkeypatch, capfd, caplog):
    caplog.set_level(logging.INFO)
    scene.events(1)
    scene.lake.put(
        "song_data/A/B/C/TRA.json", '{"song_id": "SO1", "title": "A", "artist_id": "AR1"}'
    )
    scene.lake.put("log_data/2018/11/02/2018-11-02-02-events.json", b"\x00\xff no json")
    assert hourly(scene.slug, END, 72).status == "published"
    assert hourly(scene.slug, END, 72).status == "nothing new"
    scene.events(3)
    assert backfill("2018-11-02", "2018-11-03", warehouse=scene.slug).status == "published"
    maintain(scene.slug)
    assert command(check.main, monkeypatch, "--warehouse", scene.slug) == 0
    command(gaps.main, monkeypatch, "2018-11-02", "2018-11-03", "--warehouse", scene.slug)

    scene.events(4)
    scene.as_owner("UPDATE sparkify.songplays SET song_id = 'SO0'")
    scene.fails(maintain, scene.slug)  # a broken rule
    scene.as_owner(f"REVOKE CREATE ON DATABASE {scene.database} FROM {scene.user}")
    assert "permission denied" in str(scene.fails(hourly, scene.slug, END, 72))
    scene.fails(lambda: backfill("2018-11-02", "2018-11-03", warehouse=scene.slug))
    command(check.main, monkeypatch, "--warehouse", scene.slug)
    scene.as_owner(f"GRANT CREATE ON DATABASE {scene.database} TO {scene.user}")

    nowhere = scene.block.lake.model_copy(update={"work_bucket": "nothing-here"})
    scene.fails(hourly, scene.save(scene.block.model_copy(update={"lake": nowhere})), END, 72)
    keys = scene.block.lake.credentials.model_copy(
        update={"aws_secret_access_key": SecretStr(WRONG), "aws_session_token": TOKEN}
    )
    foreign = scene.block.lake.model_copy(update={"credentials": keys})
    slug = scene.save(scene.block.model_copy(update={"lake": foreign}))
    assert isinstance(scene.fails(hourly, slug, END, 72), SparkifyError)
    command(check.main, monkeypatch, "--warehouse", slug)

    for content in (
        json.dumps(scene.payload | {"password": WRONG}),
        json.dumps({"user": scene.user, "pass": PASSWORD}),
        f"password={PASSWORD}",
    ):
        scene.keep(content)
        scene.fails(hourly, scene.slug, END, 72)
        scene.fails(maintain, scene.slug)
        scene.fails(
            command, gaps.main, monkeypatch, "2018-11-02", "2018-11-03", "--warehouse", scene.slug
        )
        assert command(check.main, monkeypatch, "--warehouse", scene.slug) == 1

    kept = what_prefect_keeps()
    assert (
        min(map(len, (kept["logs"], kept["flow_runs"], kept["task_runs"], kept["events"]))) > 1000
    )
    printed = capfd.readouterr()
    places = [
        *kept.items(),
        ("stdout", printed.out),
        ("stderr", printed.err),
        ("logged", caplog.text),
        *(("error", each) for each in scene.errors),
        *(("warehouse", each) for each in scene.sql()),
        *work_objects(scene.block),
        *files(),
    ]
    assert leaks(scene.marks, places) == []


@flow
def tells_everything():
    get_run_logger().warning("logged %s", PASSWORD)
    create_markdown_artifact(f"artifact {PAYLOAD}", key="tells")
    emit_event("told", {"prefect.resource.id": "sparkify.test"}, payload={"token": TOKEN})
    raise ValueError(f"raised {KEY}")


def test_the_search_would_find_what_is_told(scene):
    with pytest.raises(ValueError, match="raised"):
        tells_everything()
    found = leaks(scene.marks, what_prefect_keeps().items())
    assert {
        ("logs", PASSWORD),
        ("artifacts", PAYLOAD),
        ("events", TOKEN),
        ("flow_runs", KEY),
    } <= set(found)
    assert PASSWORD in {mark for _, mark in leaks(scene.marks, files())}
