"""The folders of a PostgreSQL server, and how they are made.

    <place>/data        the database cluster, owned by the server's user
    <place>/run         the unix socket, when its path is short enough

<place> is $SPARKIFY_HOME/postgres; as root it is the shelter (see account.py) when the server's
user cannot reach that folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from embedded import account, binaries, home, processes
from embedded.home import StackError

SUPERUSER = "sparkify"
_ITERATIONS = (
    1  # a random password needs no stretching, which costs more than all else of a sign-in
)
_SOCKET_PATH_LIMIT = 107


def places() -> list[Path]:
    """Where data/ may be."""
    return [home.folder() / "postgres", account.shelter_path()]


def data_folder() -> Path:
    """The data folder in use; the one in the home when there is none yet."""
    inside, outside = (place / "data" for place in places())
    return outside if not inside.exists() and account.has_shelter() else inside


def make_place(user: account.Account) -> Path:
    """The folder for data/: in the home when the server's user reaches it, else the shelter."""
    inside = home.make() / "postgres"
    inside.mkdir(exist_ok=True)
    if (inside / "data").exists():
        return inside
    user.own(inside)
    if user.can("w", inside):
        return inside
    _check_not_moved()
    home.remember(shelter=str(account.shelter_path()))
    return account.shelter()


def _check_not_moved() -> None:
    """A shelter is found by the path of the home: after a move it would look like a new one."""
    before = home.settings().get("shelter", "")
    if before and before != str(account.shelter_path()) and Path(before, "data").exists():
        raise StackError(
            f"{home.folder()} was moved, but its data is in {before}: move it back, "
            "or delete both to start from scratch"
        )


def programs(user: account.Account) -> Path:
    """PostgreSQL's folder, copied when the server's user cannot reach the installed one."""
    installed = binaries.postgres_install()
    if user.can("x", installed / "bin" / "postgres"):
        return installed
    return binaries.copy_postgres(installed, account.shelter() / "programs")


def make(program: Path, place: Path, user: account.Account) -> None:
    """Make the cluster aside and move it in place, so that a killed initdb leaves nothing."""
    workshop = place / "making"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(mode=0o700)
    password = workshop / "password"
    home.write_private(password, home.settings()["postgres_password"])
    user.own(password)
    user.own(workshop)
    made = subprocess.run(
        [
            str(program), "--locale=C", "--encoding=UTF8", "--locale-provider=libc",
            f"--username={SUPERUSER}", f"--pwfile={password}", "--auth=scram-sha-256",
            f"--set=scram_iterations={_ITERATIONS}", "--no-instructions",
            # with them whoever first reads a new table writes it once more, to the log
            "--no-data-checksums",
            *(["--no-sync"] if home.is_throwaway() else []),
            str(workshop / "data"),
        ],
        capture_output=True, text=True, check=False, cwd="/", env=environment(),
        **user.arguments(),
    )  # fmt: skip
    if made.returncode:
        raise StackError(f"initdb failed: {(made.stderr or made.stdout).strip().splitlines()[-1]}")
    (workshop / "data").replace(place / "data")
    shutil.rmtree(workshop)


def socket_folder(place: Path, user: account.Account) -> Path:
    """Where the socket goes: paths of sockets are limited to 107 bytes."""
    folder = place / "run"
    if len(os.fsencode(folder / ".s.PGSQL.65535.lock")) > _SOCKET_PATH_LIMIT:
        folder = account.shelter() / "run"
    folder.mkdir(exist_ok=True)
    user.own(folder)
    for left in folder.glob(".s.PGSQL.*"):  # of a server that was killed
        left.unlink()
    return folder


def forget_foreign_pid(pid_file: Path) -> None:
    """Remove a pid file that names a process: PostgreSQL would take that for a server.

    No server of ours is alive when this is called, so it is somebody else's or a zombie.
    """
    if pid_file.exists() and processes.exists(int(pid_file.read_text().split()[0])):
        pid_file.unlink()


def remove() -> None:
    """Forget the data: the next start makes an empty server. Caller locks and has stopped it."""
    shutil.rmtree(home.folder() / "postgres" / "data", ignore_errors=True)
    account.remove_shelter()


def environment() -> dict[str, str]:
    """What the programs see of ours."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
