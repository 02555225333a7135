"""The bootstrap brings a server to the same state however often it runs."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from local_stack import wait
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.variables import Variable

from blocks import Redshift
from blocks.errors import UsageError
from deployments.automations import FILE
from deployments.bootstrap import bootstrap
from deployments.pool import POOL, QUEUES, job_template
from deployments.settings import read_settings

pytestmark = pytest.mark.usefixtures("prefect_api")
SERVER = {
    "SPARKIFY_REDSHIFT_HOST": "sparkify.123456789012.eu-west-1.redshift-serverless.amazonaws.com",
    "SPARKIFY_REDSHIFT_USER": "loader",
    "SPARKIFY_REDSHIFT_PASSWORD": "secret",
    "SPARKIFY_LAKE_BUCKET": "lake",
    "SPARKIFY_LAKE_WORK_BUCKET": "work",
    "SPARKIFY_BLOCK": "bootstrapped",
}


def state():
    """What the bootstrap has made, as the server tells it."""
    with get_client(sync_client=True) as client:
        pool = client.read_work_pool(POOL)
        queues = {
            q: client.read_work_queue_by_name(q, work_pool_name=POOL).priority for q in QUEUES
        }
        automations = sorted(client.read_automations(), key=lambda each: each.name)
        limits = client.read_global_concurrency_limits(limit=100, offset=0)
    ours = [each for each in automations if each.name.startswith("sparkify-")]
    return {
        "pool": (pool.id, pool.type, pool.base_job_template),
        "queues": queues,
        "automations": [(a.id, a.name, a.enabled, a.actions) for a in ours],
        "limits": {limit.name: limit.limit for limit in limits},
        "variables": [Variable.get(f"sparkify_{name}") for name in ("warehouse", "code")],
    }


def test_twice_is_as_once():
    bootstrap(read_settings({}))
    once = state()
    bootstrap(read_settings({}))
    assert state() == once
    assert once["queues"] == {"default": 1, "backfill": 10}
    assert once["limits"]["tag:sparkify-chunk"] == 4
    assert once["variables"][0] == "embedded-redshift/local"
    assert len(once["automations"]) == FILE.read_text().count("- name: ")


def test_an_automation_that_was_switched_off_stays_off():
    bootstrap(read_settings({}))
    with get_client(sync_client=True) as client:
        (late,) = client.read_automations_by_name("sparkify-hourly-is-late")
        client.pause_automation(late.id)
    bootstrap(read_settings({}))
    with get_client(sync_client=True) as client:
        (late,) = client.read_automations_by_name("sparkify-hourly-is-late")
        assert not late.enabled
        client.resume_automation(late.id)


def test_the_blocks_are_those_of_the_settings():
    bootstrap(read_settings(SERVER))
    saved = Redshift.load("bootstrapped")
    assert saved.host == SERVER["SPARKIFY_REDSHIFT_HOST"]
    assert saved.lake.work_bucket == "work"
    assert Variable.get("sparkify_warehouse") == "redshift/bootstrapped"


def test_a_setting_that_nothing_takes_is_wrong_usage():
    with pytest.raises(UsageError, match="redshift has no field 'hots'"):
        bootstrap(read_settings(SERVER | {"SPARKIFY_REDSHIFT_HOTS": "x"}))
    with pytest.raises(UsageError, match="process pool has no 'imgae'"):
        bootstrap(read_settings({"SPARKIFY_POOL_IMGAE": "x"}))


def test_an_ecs_pool_takes_the_settings_as_its_defaults():
    network = '{"subnets": ["subnet-a"], "assignPublicIp": "DISABLED"}'
    given = {"SPARKIFY_POOL_TYPE": "ecs", "SPARKIFY_POOL_IMAGE": "sparkify:1"}
    settings = read_settings(given | {"SPARKIFY_POOL_NETWORK_CONFIGURATION": network})
    variables = job_template(settings)["variables"]["properties"]
    assert variables["image"]["default"] == "sparkify:1"
    assert variables["network_configuration"]["default"] == json.loads(network)
    assert settings.code == "/opt/sparkify"


@pytest.fixture
def webhook():
    """A server that keeps what is posted to it."""
    posted = []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", posted
    server.shutdown()
    server.server_close()


def test_a_quarantine_that_is_not_empty_is_told(webhook):
    url, posted = webhook
    bootstrap(read_settings({"SPARKIFY_WEBHOOK": url}))
    objects = [{"key": "log_data/a.json", "reason": 'says "no"'}]
    resource = {"prefect.resource.id": "sparkify.warehouse.x/y", "sparkify.objects": "1"}
    emit_event("sparkify.quarantine.not-empty", resource=resource, payload={"objects": objects})
    (told,) = wait(lambda: posted[:1], "the automation has fired")
    assert told["subject"] == "Sparkify: 1 objects are quarantined"
    assert 'log_data/a.json: says "no"' in told["body"]
