"""One local stack for all tests that need a server with a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A stack with a lake of one hour, which is loaded; stopped at the end."""
    from local_stack import Stack

    made = Stack(tmp_path_factory.mktemp("stack") / "home")
    made.drop_hour()
    try:
        made.up()
        made.await_state(made.start(), "Completed")
        yield made
    finally:
        made.down()


@pytest.fixture
def stack(running_stack) -> object:  # type: ignore[no-untyped-def]
    """The stack, with everything that a test before has stopped."""
    running_stack.up()
    return running_stack
