"""Where the embedded stack keeps its state, and the only reader of the environment in embedded/.

$SPARKIFY_HOME/            default: .sparkify next to the project, else in the current folder
    settings.json          passwords, keys and ports, readable by its owner only
    lake/<bucket>/<key>    the lake, unless SPARKIFY_LAKE names another folder
    postgres/  s3/         the servers' data and logs
    compiled/              the machine code of what Numba has compiled
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BUCKET = "sparkify"
WORK_BUCKET = "sparkify-work"
REGION = "us-east-1"
MISSING = "the embedded Redshift is not installed: pip install 'sparkify[embedded]' (no {name})"

_PROJECT = Path(__file__).resolve().parent.parent
_thread_lock = threading.RLock()
_held: dict[Path, int] = {}


class StackError(RuntimeError):
    """The embedded stack cannot do what was asked; the message is one line for a person."""


class MisusedError(StackError):
    """The request itself is wrong: exit status 2."""


def folder() -> Path:
    """SPARKIFY_HOME, always spelled the same way: servers are found by it. Nothing is created."""
    given = os.environ.get("SPARKIFY_HOME")
    root = _PROJECT if (_PROJECT / "pyproject.toml").is_file() else Path.cwd()
    return Path(given).expanduser().resolve() if given else (root / ".sparkify").resolve()


def lake() -> Path:
    """The folder whose sub-folders are the buckets (SPARKIFY_LAKE)."""
    given = os.environ.get("SPARKIFY_LAKE")
    return Path(given).expanduser().resolve() if given else folder() / "lake"


def lake_is_given() -> bool:
    """Whether SPARKIFY_LAKE names the lake: such a folder is served as it is, never created."""
    return bool(os.environ.get("SPARKIFY_LAKE"))


def is_throwaway() -> bool:
    """Whether this home serves tests only, so that its server need not survive a power cut."""
    return (folder() / "throwaway").exists()


def make() -> Path:
    """Create the home with a token that tells it from a later home at the same path."""
    path = folder()
    try:
        path.mkdir(parents=True, exist_ok=True)
        token = path / "token"
        if not token.exists():
            write_private(token, secrets.token_hex(16))
    except OSError as error:
        raise StackError(f"SPARKIFY_HOME {path} cannot be used: {error.strerror}") from error
    return path


def token() -> str:
    """The mark of this home, '' when there is no home yet."""
    path = folder() / "token"
    return path.read_text() if path.exists() else ""


@contextmanager
def lock() -> Iterator[None]:
    """Hold this home's lock: one process at a time starts, stops or changes its servers."""
    with _thread_lock:
        path = make() / "lock"
        if _held.get(path):
            yield
            return
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _held[path] = 1
            try:
                yield
            finally:
                del _held[path]


def settings() -> dict[str, Any]:
    """Passwords, keys and ports of this home; made up at the first call."""
    path = folder() / "settings.json"
    if not path.exists():
        with lock():
            if not path.exists():
                write_private(path, json.dumps(_new_settings(), indent=2))
    try:
        known: dict[str, Any] = json.loads(path.read_text())
    except ValueError:
        raise StackError(f"{path} is damaged: restore it, or delete {folder()}") from None
    return known


def remember(**values: Any) -> None:
    """Keep these settings; the caller holds the lock."""
    write_private(folder() / "settings.json", json.dumps(settings() | values, indent=2))


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner may read."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def _new_settings() -> dict[str, Any]:
    return {
        "postgres_password": secrets.token_urlsafe(24),
        "s3_access_key_id": "SPARKIFY" + secrets.token_hex(6).upper(),
        "s3_secret_access_key": secrets.token_urlsafe(30),
    }
