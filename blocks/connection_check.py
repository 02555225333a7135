"""Look at everything that a run needs, from the sign-in to the role of COPY, each in plain words."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from obstore.exceptions import BaseError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from blocks import tls
from blocks.copy_check import copying
from blocks.door import Door
from blocks.errors import SparkifyError
from blocks.finding import Finding
from blocks.grants_check import grants
from blocks.lake_check import reading, writing
from blocks.login_check import logging_in, words_of_login

if TYPE_CHECKING:
    from blocks.redshift import Redshift

EXPECTED = (SparkifyError, OSError, DBAPIError, BotoCoreError, ClientError, BaseError)
Look = tuple[str, Callable[[], str]]


def look_at(block: Redshift) -> list[Finding]:
    """A finding for each thing; what needs a thing that is wrong is skipped."""
    engine = block.engine(label="sparkify-check", connections=1)
    try:
        found = list(_in_turn(_warehouse(block, block.door(), engine)))
        found += [_find(*look) for look in _lake(block)]
        role, able = "COPY role", all(finding.verdict == "ok" for finding in found)
        found.append(_find(role, lambda: copying(block, engine)) if able else _skipped(role))
        return found
    finally:
        engine.dispose()


def _warehouse(block: Redshift, door: Door, engine: Engine) -> list[Look]:
    return [
        ("sign-in", lambda: _signing_in(block, door)),
        ("address", lambda: _resolving(door)),
        ("port", lambda: _knocking(block, door)),
        ("encryption", lambda: _encrypting(block, door)),
        ("login", lambda: logging_in(engine)),
        ("grants", lambda: grants(engine, block.database)),
    ]


def _lake(block: Redshift) -> list[Look]:
    return [("lake", lambda: reading(block.lake)), ("work bucket", lambda: writing(block.lake))]


def _in_turn(looks: list[Look]) -> Iterator[Finding]:
    wrong = False
    for what, look in looks:
        finding = _skipped(what) if wrong else _find(what, look)
        wrong = wrong or finding.verdict == "wrong"
        yield finding


def _find(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "ok", look())
    except EXPECTED as error:
        return Finding(what, "wrong", _words(error))


def _skipped(what: str) -> Finding:
    return Finding(what, "skipped", "what it needs is wrong")


def _words(error: BaseException) -> str:
    if isinstance(error, DBAPIError):
        return words_of_login(error)
    return " ".join(str(error).split()) or type(error).__name__


def _signing_in(block: Redshift, door: Door) -> str:
    login = door.logins.current()
    until = f", good until {login.expires:%Y-%m-%d %H:%M %Z}" if login.expires else ""
    return f"by {block.sign_in} as {login.user}{until}"


def _resolving(door: Door) -> str:
    host, port = door.address()
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise SparkifyError(
            f"the name {host} is not known to DNS ({error.strerror}): check the host, the region"
            " and whether this machine uses the VPC's resolver"
        ) from None
    return f"{host} is {', '.join(sorted({str(entry[4][0]) for entry in found}))}"


def _knocking(block: Redshift, door: Door) -> str:
    host, port = door.address()
    try:
        socket.create_connection((host, port), block.connect_timeout).close()
    except TimeoutError:
        raise SparkifyError(
            f"{host}:{port} does not answer within {block.connect_timeout} s: a security group,"
            " a route or a network ACL keeps this machine out, or the warehouse is paused"
        ) from None
    except OSError as error:
        raise SparkifyError(
            f"{host}:{port} refuses the connection ({error.strerror}): check the port"
        ) from None
    return f"{host}:{port} is open"


def _encrypting(block: Redshift, door: Door) -> str:
    if block.sslmode == "disable":
        return "none, as sslmode says"
    host, port = door.address()
    verified = "certificate verified" if block.sslmode in tls.VERIFYING else "nothing verified"
    version = tls.shake_hands(host, port, block.sslmode, block.ca_bundle, block.connect_timeout)
    return f"{version}, {verified}"
