"""The account that PostgreSQL runs as, and the folders that it can reach.

PostgreSQL refuses to run as root. Root therefore runs it as `nobody`, who cannot enter a home or
a clone below a 0700 folder. Nobody else's folder gets another mode for that: what this user must
reach then lies in a folder of ours under /var/tmp, named by the home and marked with its token.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded import home
from embedded.home import StackError


@dataclass(frozen=True)
class Account:
    """A user to run a server as; None is the user that we are."""

    user: pwd.struct_passwd | None = None

    def arguments(self) -> dict[str, Any]:
        """What subprocess needs to become this user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give this user a folder of ours."""
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def can(self, how: str, path: Path) -> bool:
        """Whether this user may use the path: how is 'x' or 'w'."""
        if self.user is None:
            return os.access(path, os.X_OK if how == "x" else os.W_OK)
        test = ["/bin/sh", "-c", f'test -{how} "$1"', "sh", str(path)]
        return subprocess.run(test, cwd="/", check=False, **self.arguments()).returncode == 0


def ours() -> Account:
    """The user that we are."""
    return Account()


def unprivileged() -> Account:
    """The user that PostgreSQL runs as."""
    return Account(pwd.getpwnam("nobody")) if os.geteuid() == 0 else Account()


def shelter_path() -> Path:
    """Where the shelter of this home is or would be."""
    name = hashlib.sha256(str(home.folder()).encode()).hexdigest()[:12]
    root = next((path for path in ("/var/tmp", "/tmp") if os.access(path, os.W_OK)), "/tmp")
    return Path(root) / f"sparkify-{name}"


def has_shelter() -> bool:
    """Whether there is a shelter, made for this home and not for an earlier one at its path."""
    mark = shelter_path() / "token"
    return mark.exists() and mark.read_text() == home.token()


def shelter() -> Path:
    """The folder of this home that every user can enter, made when there is none."""
    path = shelter_path()
    if not has_shelter():
        remove_shelter()
        path.mkdir(mode=0o700)
        path.chmod(0o711)
        home.write_private(path / "token", home.token())
        if home.is_throwaway():
            home.write_private(path / "throwaway", str(home.folder()))
    return path


def abandoned_shelters() -> list[Path]:
    """Shelters of test homes that are gone. Others stay: a home may only have been moved."""
    found = []
    for path in shelter_path().parent.glob("sparkify-*"):
        mark = path / "throwaway"
        if mark.exists() and mark.stat().st_uid == os.geteuid():
            token = Path(mark.read_text()) / "token"
            if not token.exists() or token.read_text() != (path / "token").read_text():
                found.append(path)
    return found


def remove_shelter() -> None:
    """Remove the shelter of this home or of an earlier one at its path, if there is one."""
    path = shelter_path()
    if path.is_symlink() or (path.exists() and path.stat().st_uid != os.geteuid()):
        raise StackError(f"{path} belongs to somebody else; remove it or move SPARKIFY_HOME")
    if path.exists():
        shutil.rmtree(path)
