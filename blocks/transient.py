"""What another try can mend: conflicts, deadlocks, lost connections, an S3 that does not answer."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from botocore.exceptions import ClientError, HTTPClientError, SSLError
from botocore.exceptions import ConnectionError as UnreachableError
from obstore.exceptions import GenericError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

Result = TypeVar("Result")

# Redshift reports conflicts as XX000 with the code as its message: 1023 is a serializable isolation
# violation, 1018 a table that came into being after the snapshot. 40P01 is a deadlock.
CONFLICT_MESSAGES = ("1023", "1018")
DEADLOCK = "40P01"
LOGIN_REFUSED = re.compile(
    r"authentication failed|(database|role|user) \"[^\"]*\" does not exist"
    r"|certificate|does not support SSL"
)
CONNECTION_CLASSES = ("08", "57P")
# COPY tells what S3 said, or that it said nothing. What is said of an object or of a permission stays.
STORAGE = re.compile(r"S3(Service|Curl)Exception")
STORAGE_REFUSES = re.compile(
    r"Status 4(?!08|29)\d\d|NoSuch|AccessDenied|Access Denied|InvalidAccessKey|SignatureDoesNotMatch"
    r"|must be addressed using the specified endpoint|UserError 1"
)
BUSY = ("Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded")


def is_conflict(error: BaseException) -> bool:
    """Whether two transactions met: the whole transaction may be run again at once."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "pgcode", None)
    text = str(error.orig).strip()
    return code == DEADLOCK or (code == "XX000" and text.startswith(CONFLICT_MESSAGES))


def is_lost_connection(error: BaseException) -> bool:
    """Whether the connection went away, so that nobody knows how far the transaction came."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "pgcode", None) or ""
    refused = isinstance(error, OperationalError) and not code
    if LOGIN_REFUSED.search(str(error.orig)):
        return False
    return error.connection_invalidated or code.startswith(CONNECTION_CLASSES) or refused


def is_storage_away(error: BaseException) -> bool:
    """Whether S3 did not answer, us or the warehouse's COPY; no object is to blame for it."""
    if isinstance(error, DBAPIError):
        told = str(error.orig)
        return bool(STORAGE.search(told)) and not STORAGE_REFUSES.search(told)
    return isinstance(error, GenericError) and "status code: 4" not in str(error)


def is_aws_away(error: BaseException) -> bool:
    """Whether AWS did not answer, was too busy to, or failed by its own account."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        return status >= 500 or error.response.get("Error", {}).get("Code") in BUSY
    unanswered = isinstance(error, HTTPClientError | UnreachableError)
    return unanswered and not isinstance(error, SSLError)


def is_transient(error: BaseException) -> bool:
    """Whether the same work may succeed when it is tried again."""
    network = isinstance(error, ConnectionError | TimeoutError)
    away = is_storage_away(error) or is_aws_away(error)
    return is_conflict(error) or is_lost_connection(error) or away or network


def pauses(attempts: int, first: float = 0.2, longest: float = 20.0) -> Iterator[float]:
    """Seconds to wait before each further attempt: doubling, with full jitter."""
    for attempt in range(attempts):
        yield random.uniform(0, min(longest, first * 2**attempt)) + first / 4


def in_transaction(
    engine: Engine, work: Callable[[Connection], Result], attempts: int = 8
) -> Result:
    """Run `work` in one transaction, and the whole of it again after a conflict or a lost connection.

    `work` must be safe to repeat when the reply to COMMIT was lost: it begins by asking what is done.
    """
    for pause in pauses(attempts - 1):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if not (is_conflict(error) or is_lost_connection(error)):
                raise
        time.sleep(pause)
    with engine.begin() as connection:
        return work(connection)
