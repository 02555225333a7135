"""A run of the hourly flow whose Prefect API goes away ends, one way or the other, and loses nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from chaos.conftest import EVERYWHERE
from chaos.points import spread
from chaos.proxy import Nth, proxy

from embedded import postgres

POINTS = None if EVERYWHERE else 10
REQUEST = b" HTTP/1.1\r\n"
ENDED = (0, 1)  # well, or with an error that was told


def lose_api(scene, flow, api, at, name):
    """The requests that reached the API, how the flow ended without it, and what is wrong after another run."""
    database = scene.database(scene.published, name)
    requests = Nth(REQUEST, at)
    port = int(api.rpartition(":")[2].partition("/")[0])
    try:
        with proxy(port, requests, refuses=None) as between:
            status = flow.run(database, api=f"http://127.0.0.1:{between.port}/api")
            assert between.cut.is_set() or at is None
        ended = [] if status in ENDED else [f"ended with {status}"]
        return requests.seen, ended + scene.recovered(database, scene.expected)
    finally:
        postgres.drop_database(database)


@pytest.fixture(scope="module")
def requests(scene, flow, prefect_api):
    """What a run of the flow asks the API."""
    seen, wrong = lose_api(scene, flow, prefect_api, None, flow.databases[0])
    assert wrong == []
    return seen


def test_a_flow_whose_api_goes_away_is_finished_by_the_next(scene, flow, prefect_api, requests):
    lanes = len(flow.databases)  # side by side: a flow waits most of its time for the API

    def lose(lane):
        chosen = spread(len(requests) - 3, POINTS)[lane::lanes]
        name = flow.databases[lane]
        return {at: lose_api(scene, flow, prefect_api, at, name)[1] for at in chosen}

    with ThreadPoolExecutor(lanes) as pool:
        found = [lost for lane in pool.map(lose, range(lanes)) for lost in lane.items()]
    assert len(found) >= 10
    assert {requests[at]: wrong for at, wrong in found if wrong} == {}
