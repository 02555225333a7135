"""Leave a command: Prefect's last events and logs may be sent until then, and for no longer than this.

Prefect sends them from threads of its own, and at exit waits until all are sent; to an API that is gone
it tries for minutes, one by one. The run itself is over by then.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from typing import NoReturn

PATIENCE = 20.0  # seconds


def leave(status: int) -> NoReturn:
    """End the process with a status, soon, also when Prefect's API takes nothing any more."""
    sys.stdout.flush()
    sent = threading.Event()
    atexit.register(_say_no_more, sent)  # called when Prefect's threads have sent everything
    arguments = (sent, status)
    threading.Thread(target=_watch, args=arguments, name="leaving", daemon=True).start()
    sys.exit(status)


def _say_no_more(sent: threading.Event) -> None:
    """The last line is said: what Prefect tells while it takes its loops down is nobody's concern."""
    sent.set()
    logging.disable()


def _watch(sent: threading.Event, status: int) -> None:
    if not sent.wait(PATIENCE):
        told = "Prefect's API does not answer: its UI lacks the last events and logs of this run"
        print(told, file=sys.stderr, flush=True)
        os._exit(status)
