"""Every case of cases/ on the embedded Redshift and, when there is one, on a real cluster."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from spec_case import Case, all_cases
from spec_run import Run, Target
from spec_targets import SETTINGS, embedded_target, real_target


@pytest.fixture(scope="module")
def embedded_redshift(embedded_home: Any) -> Iterator[Target]:
    from embedded import postgres
    from embedded.lake_fixture import Lake

    name = f"spec_{uuid.uuid4().hex[:12]}"
    postgres.create_database(name)
    lake = Lake.make(name.replace("_", "-"))
    yield embedded_target(lake, postgres.connect_arguments(name))
    lake.remove()
    postgres.drop_database(name)


@pytest.fixture(scope="module")
def real_redshift() -> Target:
    return real_target()


def _parameters(target: str) -> list[Any]:
    return [pytest.param(case, id=f"{target}-{case}", marks=_marks(case)) for case in all_cases()]


def _marks(case: Case) -> list[Any]:
    broken = [tag.partition(":")[2].strip() for tag in case.tags if tag.startswith("fails:")]
    return [pytest.mark.xfail(reason=broken[0], strict=True)] if broken else []


@pytest.mark.parametrize("case", _parameters("embedded"))
def test_embedded(case: Case, embedded_redshift: Target) -> None:
    if case.tagged("real only"):
        pytest.skip("a case for a real cluster only")
    _run(case, embedded_redshift)


@pytest.mark.skipif(not SETTINGS, reason="SPARKIFY_TEST_REDSHIFT names no cluster")
@pytest.mark.parametrize("case", _parameters("real") if SETTINGS else [])
def test_real(case: Case, real_redshift: Target) -> None:
    if case.tagged("embedded only"):
        pytest.skip("a case for the embedded Redshift only")
    if case.needs_lake() and real_redshift.put is None:
        pytest.skip("SPARKIFY_TEST_REDSHIFT has no bucket")
    _run(case, real_redshift)


def _run(case: Case, target: Target) -> None:
    Run(case, target, schema=f"spec_{uuid.uuid4().hex[:12]}").run()
