"""The S3 of the embedded stack: `rclone serve s3` over the folder of buckets."""

from __future__ import annotations

import shutil
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import account, binaries, buckets, home, processes
from embedded.home import MISSING, StackError

if TYPE_CHECKING:
    from obstore.store import S3Store

_START_SECONDS = 30.0


@dataclass(frozen=True)
class Access:
    """What a client needs to reach the S3."""

    endpoint: str
    access_key_id: str
    secret_access_key: str
    region: str = home.REGION


def access() -> Access:
    """Endpoint and credentials of this home's S3, running or not."""
    known = home.settings()
    if "s3_port" not in known:
        with home.lock():
            home.remember(s3_port=processes.free_port())
        known = home.settings()
    return Access(
        f"http://127.0.0.1:{known['s3_port']}",
        known["s3_access_key_id"],
        known["s3_secret_access_key"],
    )


def store(bucket: str = home.BUCKET) -> S3Store:
    """An obstore store on one bucket."""
    try:
        from obstore.store import S3Store
    except ImportError:
        raise StackError(MISSING.format(name="obstore")) from None
    to = access()
    return S3Store(
        bucket,
        endpoint=to.endpoint,
        access_key_id=to.access_key_id,
        secret_access_key=to.secret_access_key,
        region=to.region,
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )


def is_running() -> bool:
    """Whether the S3 of this home runs and serves the buckets that it should."""
    port = home.settings().get("s3_port")
    if port is None or not home.lake().is_dir() or buckets.served() != buckets.wanted():
        return False
    wanted = _command(port)
    return bool(processes.find(lambda command: command == wanted))


def start() -> None:
    """Start the S3 unless it runs, and again when it serves another lake or lacks a bucket."""
    if not is_running():
        with home.lock():
            buckets.make_folders()
            if not is_running():
                stop()
                buckets.link(buckets.wanted())
                _launch()


def add_bucket(name: str) -> Path:
    """Make a bucket in the lake of a running S3 and wait until it is served; return its folder."""
    folder = home.lake() / name
    with home.lock():  # `start` must not find a folder that is not linked yet
        folder.mkdir(parents=True)
        (buckets.root() / name).symlink_to(folder)
    if not processes.wait(lambda: _lists(name), 10.0):
        raise StackError(f"the S3 server does not serve the new bucket {name}")
    return folder


def remove_bucket(name: str) -> None:
    """Serve a bucket no more, and delete its folder with all that is in it."""
    with home.lock():
        (buckets.root() / name).unlink()
        shutil.rmtree(home.lake() / name)


def stop() -> int:
    """Stop every S3 server of this home; return how many."""
    with home.lock():
        ours = processes.find(_is_ours)
        for process in ours:
            processes.stop(process, (signal.SIGTERM, 10.0))
        return len(ours)


def log() -> Path:
    """The file that the server writes to."""
    return home.folder() / "s3" / "log"


def _launch() -> None:
    known = home.settings()
    port = known.get("s3_port")
    keys = f'"{known["s3_access_key_id"]},{known["s3_secret_access_key"]}"'
    environment = {"PATH": "/usr/bin:/bin", "RCLONE_AUTH_KEY": keys, "HOME": str(home.folder())}
    for _ in range(5):
        port = processes.free_port(port)
        pid = processes.spawn(_command(port), log(), account.ours(), environment)
        if _answers(port, pid):
            home.remember(s3_port=port)
            return
        port = None
    raise StackError(f"the S3 server does not start: {processes.last_line(log())} (see {log()})")


def _answers(port: int, pid: int) -> bool:
    """Whether the server took the port; False when it died of it."""

    def connects() -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    processes.wait(lambda: not processes.is_alive(pid) or connects(), _START_SECONDS)
    return processes.is_alive(pid) and connects()


def _lists(bucket: str) -> bool:
    from obstore.exceptions import BaseError

    try:
        store(bucket).list_with_delimiter()
    except FileNotFoundError:
        return False
    except BaseError as error:
        if "NoSuchBucket" not in str(error):
            raise
        return False
    return True


def _command(port: int) -> list[str]:
    """The server's command line; the keys are not in it, everybody can read it."""
    return [
        str(binaries.rclone()), "serve", "s3", str(buckets.root()),
        "--config", "",
        "--cache-dir", str(_cache()),
        "--addr", f"127.0.0.1:{port}",
        # A new file is listed at once; no cache at all would make long listings slow.
        "--dir-cache-time", "1ms" if home.is_throwaway() else "1s",
        "--copy-links",
        # MD5 costs six times as much as reading; S3's ETags are no MD5 of large objects either.
        "--etag-hash", "XXH128",
        "--no-checksum",
        "--log-level", "NOTICE",
    ]  # fmt: skip


def _cache() -> Path:
    return home.folder() / "s3" / "cache"


def _is_ours(command: list[str]) -> bool:
    return command[1:3] == ["serve", "s3"] and str(_cache()) in command
