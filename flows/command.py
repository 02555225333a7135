"""What the commands share: exit statuses, one line for an error, one document for --json."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from prefect.exceptions import TerminationSignal

from blocks.errors import SparkifyError
from flows.ephemeral import end_orphans
from flows.leaving import leave

INTERRUPTED, TERMINATED = 130, 143


def run_command(work: Callable[[], int | None]) -> NoReturn:
    """Run a command and leave with its exit status: 0 done, 1 failed, 2 wrong usage, 130 and 143."""
    end_orphans()
    logging.getLogger("prefect").addFilter(_is_no_server_news)
    try:
        status = work() or 0
    except SparkifyError as error:
        status = fail(str(error), error.exit_status)
    except KeyboardInterrupt:
        status = fail("interrupted", INTERRUPTED)
    except TerminationSignal:
        status = fail("terminated", TERMINATED)
    except Exception as error:  # noqa: BLE001 - the last line says why, whatever it was
        status = fail(f"{type(error).__name__}: {' '.join(str(error).split())}", 1)
    leave(status)


def _is_no_server_news(record: logging.LogRecord) -> bool:
    """Whether a record is not about Prefect's temporary server: our last line is to be the last."""
    return "temporary server on" not in record.getMessage()


def fail(message: str, status: int) -> int:
    """Say why in one line on standard error."""
    print(f"error: {message}", file=sys.stderr, flush=True)
    return status


def print_json(document: Any) -> None:
    """One document on standard output."""
    print(json.dumps(document, default=str, ensure_ascii=False))


def parser(module: str, description: str) -> argparse.ArgumentParser:
    """A parser with the options that every command has."""
    made = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    made.add_argument(
        "--json", action="store_true", help="print one JSON document instead of tables"
    )
    return made


def positive(text: str) -> int:
    """A whole number of at least 1, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number
