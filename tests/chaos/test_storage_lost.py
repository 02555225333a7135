"""A run whose S3 goes away in the middle of a COPY, or of any other request, loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from chaos.conftest import EVERYWHERE
from chaos.points import spread
from chaos.proxy import Nth, proxy
from chaos.scene import run_hourly, warehouse_block
from loading import Warehouse

from blocks.transient import is_transient
from embedded import home, postgres, s3

POINTS = None if EVERYWHERE else 10
GONE = None if EVERYWHERE else 4
SLICES = 2
PASSES = (
    40,
    600,
)  # bytes of the reply that still arrive: not even its headers, or half of its body
REQUEST = b" HTTP/1.1\r\n"


def cut_storage(scene, at, refuses):
    """What is wrong after S3 was cut off at a request, and the load was run again; and the requests."""
    database = scene.database(scene.published)
    requests = Nth(REQUEST, at)
    port = int(s3.access().endpoint.rpartition(":")[2])
    wrong: list[str] = []
    try:
        with proxy(port, requests, PASSES[(at or 0) % 2], refuses) as between:
            endpoint = f"http://127.0.0.1:{between.port}"
            postgres.set_option(database, "s3_endpoint", endpoint)
            block = warehouse_block(database, scene.bucket.bucket, endpoint)
            try:
                with closing(Warehouse(block, scene.bucket)) as warehouse:
                    run_hourly(warehouse)
            except Exception as error:  # noqa: BLE001 - whatever it is: it must be one that passes
                wrong += [] if is_transient(error) else [f"{type(error).__name__}: {error}"]
            assert between.cut.is_set() or at is None
        postgres.set_option(database, "s3_endpoint", s3.access().endpoint)
        return requests.seen, wrong + scene.recovered(database, scene.expected)
    finally:
        postgres.drop_database(database)


@pytest.fixture(scope="session")
def requests(scene):
    """What a run and its COPYs ask S3 for."""
    seen, wrong = cut_storage(scene, None, 0)
    assert wrong == []
    return seen


@pytest.mark.parametrize("part", range(SLICES))
def test_a_run_survives_a_storage_that_goes_away_for_a_moment(scene, requests, part):
    wrong = {
        requests[at]: found
        for at in spread(len(requests) - 5, POINTS)[part::SLICES]
        if (found := cut_storage(scene, at, refuses=3)[1])
    }
    assert wrong == {}


def test_a_run_that_loses_its_storage_for_good_is_finished_by_the_next(scene, requests):
    """In the middle of a COPY: only COPY reads what we write."""
    copies = [n for n, line in enumerate(requests) if line.startswith(f"GET /{home.WORK_BUCKET}/")]
    chosen = [copies[n] for n in spread(len(copies), GONE)]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda at: cut_storage(scene, at, refuses=None)[1], chosen)
        wrong = {requests[at]: one for at, one in zip(chosen, found, strict=True) if one}
    assert wrong == {}
