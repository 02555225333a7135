"""One stack for all processes of a test session, and none left of sessions that were killed.

Each process holds a shared lock on `users` in the folder of the home; whoever leaves last stops
the stack and deletes it. Coming and going is serialised by the lock on `gate`.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from embedded import home, processes, stack

FOLDER = "embedded-home"


@contextmanager
def shared_stack(root: Path) -> Iterator[None]:
    """Run the stack of SPARKIFY_HOME while any process of the session is in here."""
    with _locked(root / "gate"):
        _sweep(root.parent)
        users = (root / "users").open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        home.make()
        (home.folder() / "throwaway").touch()
        stack.start()
    try:
        yield
    finally:
        with _locked(root / "gate"):
            users.close()
            if _is_unused(root):
                stack.destroy()


def _sweep(parent: Path) -> None:
    """Destroy the stacks of earlier sessions of this user that nobody is in any more."""
    for left in _homes_with_processes(parent):
        if left != home.folder() and _is_unused(left.parent):
            with _home(left):
                left.mkdir(parents=True, exist_ok=True)
                (left / "throwaway").touch()
                stack.destroy()


def _homes_with_processes(parent: Path) -> set[Path]:
    """Homes of test sessions below this folder that a server's command line names."""
    found: set[Path] = set()
    prefix = f"{parent}/"
    for process in processes.find(lambda command: any(prefix in word for word in command)):
        for word in process.cmdline():
            path, inside, _ = word.partition(f"/{FOLDER}/")
            if inside and path.startswith(prefix):
                found.add(Path(path) / FOLDER)
    return found


def _is_unused(root: Path) -> bool:
    try:
        with (root / "users").open("w") as users, suppress(OSError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except FileNotFoundError:
        return True
    return False


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


@contextmanager
def _home(path: Path) -> Iterator[None]:
    """Let home.py speak of another home."""
    before = os.environ["SPARKIFY_HOME"]
    os.environ["SPARKIFY_HOME"] = str(path)
    try:
        yield
    finally:
        os.environ["SPARKIFY_HOME"] = before
