"""prefect.yaml says only what Prefect reads, and everything that it names is there."""

import inspect
from pathlib import Path

import pytest
import yaml
from prefect.cli.deploy._models import (
    ConcurrencyLimitSpec,
    DeploymentConfig,
    PrefectYamlModel,
    RawScheduleConfig,
    WorkPoolConfig,
)
from prefect.flows import load_flow_from_entrypoint
from prefect.utilities.callables import parameter_schema

from deployments.pool import QUEUES

ROOT = Path(__file__).parents[2]
FILE = yaml.safe_load((ROOT / "prefect.yaml").read_text())
DEPLOYMENTS = FILE["deployments"]
NAMES = [deployment["name"] for deployment in DEPLOYMENTS]


def unknown(given, model):
    known = {field.alias or name for name, field in model.model_fields.items()}
    return sorted(given.keys() - known - set(model.model_fields))


def flow_of(deployment, monkeypatch):
    monkeypatch.chdir(ROOT)
    return load_flow_from_entrypoint(deployment["entrypoint"])


def test_the_file_has_no_unknown_key():
    assert unknown(FILE, PrefectYamlModel) == [
        "definitions"
    ]  # the anchors, which Prefect leaves alone


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_a_deployment_has_no_unknown_key(deployment):
    assert unknown(deployment, DeploymentConfig) == []
    assert unknown(deployment["work_pool"], WorkPoolConfig) == []
    assert unknown(deployment["concurrency_limit"], ConcurrencyLimitSpec) == []
    for schedule in deployment["schedules"]:
        RawScheduleConfig.model_validate(schedule)  # refuses unknown keys by itself


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_an_entrypoint_is_the_flow_of_its_name_and_takes_the_parameters(deployment, monkeypatch):
    flow = flow_of(deployment, monkeypatch)
    assert flow.name == f"sparkify-{deployment['name']}"
    assert deployment["parameters"].keys() <= inspect.signature(flow.fn).parameters.keys()


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_every_parameter_is_described_in_the_form(deployment, monkeypatch):
    for name, field in parameter_schema(flow_of(deployment, monkeypatch)).properties.items():
        assert field.get("description"), name


def test_the_form_of_a_backfill_offers_the_choices(monkeypatch):
    fields = parameter_schema(flow_of(DEPLOYMENTS[NAMES.index("backfill")], monkeypatch)).properties
    assert fields["only"]["enum"] == ["missing", "changed", "failed", "all"]
    assert fields["chunk"]["enum"] == ["hour", "day", "all"]
    assert fields["start"]["format"] == fields["end"]["format"] == "date-time"
    assert fields["jobs"]["exclusiveMinimum"] == 0


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_a_schedule_keeps_its_name_its_state_and_its_zone(deployment):
    for schedule in deployment["schedules"]:
        assert schedule["slug"]
        assert isinstance(
            schedule["active"], bool
        )  # without it, deploying again would switch it on
        assert schedule["timezone"] == "UTC"


def test_the_hours_are_loaded_five_past_and_a_backfill_has_no_schedule():
    crons = {each["name"]: [s["cron"] for s in each["schedules"]] for each in DEPLOYMENTS}
    assert crons["hourly"] == ["5 * * * *"]
    assert crons["backfill"] == []


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_one_run_at_a_time_and_the_next_one_waits(deployment):
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_a_run_goes_to_a_queue_that_is_there_and_backfills_come_last(deployment):
    assert deployment["work_pool"]["name"] == "sparkify"
    queue = deployment["work_pool"]["work_queue_name"]
    assert QUEUES[queue] == (max if deployment["name"] == "backfill" else min)(QUEUES.values())


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=NAMES)
def test_a_worker_that_stops_gives_its_run_back(deployment):
    given = deployment["work_pool"]["job_variables"]["env"]
    assert given["PREFECT_FLOW_RUN_EXECUTE_SIGTERM_BEHAVIOR"] == "reschedule"
