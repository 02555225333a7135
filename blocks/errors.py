"""The errors that this project raises.

    SparkifyError        one line for the person at the keyboard; exit status 1
    ├── UsageError       wrong usage: arguments, settings, an empty lake; exit status 2
    ├── ChecksFailed     a blocking check found rows, or could not run; never retried
    │   └── BrokenWarehouse  what is published breaks a blocking check; `report` has the rest
    ├── Unreadable       objects that a replacement needs cannot be read; never retried
    ├── Unreconciled     the warehouse's own report of a load does not add up
    ├── Stopped          the run was cancelled or found dead; a process of it that lives on is told so
    └── Superseded       another run published an object of this batch; plan again without it

What another try can mend is told by `blocks.transient.is_transient`.
"""

from __future__ import annotations

from typing import Any


class SparkifyError(Exception):
    """What happened, with names and numbers, and then the next step."""

    exit_status = 1


class UsageError(SparkifyError):
    """The command cannot be carried out as it was given."""

    exit_status = 2


class ChecksFailed(SparkifyError):
    """At least one blocking check found rows, or could not run; `verdicts` has all of them."""

    def __init__(self, message: str, verdicts: tuple[Any, ...] = ()) -> None:
        super().__init__(message, verdicts)
        self.verdicts = verdicts

    def __str__(self) -> str:
        return str(self.args[0])


class BrokenWarehouse(ChecksFailed):
    """What is published breaks a blocking check; `report` tells what maintenance did besides."""

    def __init__(self, message: str, verdicts: tuple[Any, ...] = (), report: Any = None) -> None:
        super().__init__(message, verdicts)
        self.args = (message, verdicts, report)
        self.report = report


class Unreadable(SparkifyError):
    """A window cannot be replaced exactly, because objects of it cannot be read."""


class Unreconciled(SparkifyError):
    """Lines, loaded rows and rejects of a COPY do not add up."""


class Stopped(SparkifyError):
    """The run was ended from outside, and nothing of it may be published until it is begun again."""


class Superseded(SparkifyError):
    """Another run has published an object of this batch since it was planned."""
