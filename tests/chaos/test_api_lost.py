"""A run of the hourly flow whose Prefect API goes away ends, one way or the other, and loses nothing."""

import uuid

import pytest
from chaos.child import exit_status, run_flow
from chaos.conftest import EVERYWHERE
from chaos.points import spread
from chaos.proxy import Nth, proxy
from chaos.scene import warehouse_block

from embedded import postgres

POINTS = None if EVERYWHERE else 4
REQUEST = b" HTTP/1.1\r\n"
ENDED = (0, 1)  # well, or with an error that was told


def lose_api(scene, home, api, at):
    """The requests that reached the API, how the flow ended without it, and what is wrong after another run."""
    database = scene.database(scene.published)
    name = f"chaos-{uuid.uuid4().hex[:8]}"
    warehouse_block(database, scene.bucket.bucket).save(name)
    requests = Nth(REQUEST, at)
    port = int(api.rpartition(":")[2].partition("/")[0])
    try:
        with proxy(port, requests, refuses=None) as between:
            behind = f"http://127.0.0.1:{between.port}/api"
            status = exit_status(run_flow, str(home), behind, f"embedded-redshift/{name}")
            assert between.cut.is_set() or at is None
        ended = [] if status in ENDED else [f"ended with {status}"]
        return requests.seen, ended + scene.recovered(database, scene.expected)
    finally:
        postgres.drop_database(database)


@pytest.fixture(scope="module")
def requests(scene, embedded_home, prefect_api):
    """What a run of the flow asks the API."""
    seen, wrong = lose_api(scene, embedded_home, prefect_api, None)
    assert wrong == []
    return seen


def test_a_flow_whose_api_goes_away_is_finished_by_the_next(
    scene, embedded_home, prefect_api, requests
):
    wrong = {
        requests[at]: found
        for at in spread(len(requests) - 3, POINTS)
        if (found := lose_api(scene, embedded_home, prefect_api, at)[1])
    }
    assert wrong == {}
