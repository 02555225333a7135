"""Fixtures of the block's tests: certificates, TLS fronts, accounts of the database, an AWS."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from certificates import DAY, Authority, Signed
from fronted import FrontedRedshift
from moto.server import ThreadedMotoServer
from prefect_aws import AwsCredentials
from prefect_aws.client_parameters import AwsClientParameters
from pydantic import SecretStr
from tls_front import TlsFront

from blocks import Lake
from embedded import postgres

Front = Callable[[Signed], TlsFront]
Block = Callable[..., FrontedRedshift]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The certificate authority that the blocks under test trust."""
    return Authority(tmp_path_factory.mktemp("certificates"), "trusted")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority that nobody trusts."""
    return Authority(tmp_path_factory.mktemp("certificates"), "stranger")


@pytest.fixture(scope="session")
def good(authority: Authority) -> Signed:
    """A certificate for localhost."""
    return authority.sign("localhost")


@pytest.fixture(scope="session")
def expired(authority: Authority) -> Signed:
    """A certificate for localhost that was good until yesterday."""
    return authority.sign("localhost", datetime.now(UTC) - DAY)


@pytest.fixture
def front(redshift_database: str) -> Iterator[Front]:
    """Make a TLS front of the test's warehouse with a certificate."""
    fronts: list[TlsFront] = []
    to = postgres.connect_arguments(redshift_database)

    def make(signed: Signed) -> TlsFront:
        fronts.append(TlsFront(signed, (to["host"], to["port"])))
        return fronts[-1]

    yield make
    for each in fronts:
        each.close()


@pytest.fixture
def account() -> Iterator[Callable[..., str]]:
    """Make a login of the database, or give one another password; returns its name."""
    made: set[str] = set()
    upkeep = postgres.connect()

    def make(password: str, name: str | None = None) -> str:
        name = name or f"user_{uuid.uuid4().hex[:10]}"
        verb = "ALTER" if name in made else "CREATE"
        made.add(name)
        with upkeep.cursor() as cursor:
            cursor.execute(f"{verb} ROLE {postgres.quoted(name)} LOGIN PASSWORD %s", [password])
        return name

    yield make
    with upkeep.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP ROLE {postgres.quoted(name)}")
    upkeep.close()


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of an AWS of the session's own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def aws(moto: str) -> AwsCredentials:
    """Credentials of the test's own, so its clients are no other test's."""
    return AwsCredentials(
        aws_access_key_id=f"AKIA{uuid.uuid4().hex[:16].upper()}",
        aws_secret_access_key=SecretStr(uuid.uuid4().hex),
        region_name="us-east-1",
        aws_client_parameters=AwsClientParameters(endpoint_url=moto),
    )


@pytest.fixture
def fronted(
    redshift_database: str, front: Front, good: Signed, authority: Authority, block: Any
) -> Block:
    """The production block, to be signed in somehow, behind a good certificate."""
    lake: Lake = block.lake

    def make(signed: Signed = good, **settings: Any) -> FrontedRedshift:
        given = {
            "host": "localhost",
            "port": front(signed).port,
            "database": redshift_database,
            "ca_bundle": str(authority.bundle),
            "copy_role": block.copy_role,
            "connect_timeout": 5,
            "lake": lake,
        }
        return FrontedRedshift(**{**given, **settings})

    return make
