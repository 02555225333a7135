"""Services that stand still while the other side is measured."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psutil

from benchmarks.scene import process_with


@contextmanager
def standing_still(services: Iterable[psutil.Process]) -> Iterator[None]:
    """Stop services with all their processes, and let them go on afterwards."""
    family = [one for service in services for one in (service, *service.children(recursive=True))]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    try:
        yield
    finally:
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.resume()


def prefect_server() -> psutil.Process:
    """The Prefect server of this scene."""
    server: psutil.Process = process_with(str(urlsplit(os.environ["PREFECT_API_URL"]).port))
    return server
