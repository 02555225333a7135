"""The peers' own virtual environments, in $SPARKIFY_HOME/peers: made once, with fixed versions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peer:
    """A peer: its packages, and those whose versions are told."""

    name: str
    packages: tuple[str, ...]
    told: tuple[str, ...]


DLT = Peer("dlt", ("dlt[filesystem,postgres]==1.31.0", "s3fs==2026.9.0"), ("dlt", "s3fs"))
AIRFLOW = Peer(
    "airflow",
    # The stand-in's COPY runs in the client: it needs what the stand-in needs.
    ("apache-airflow==3.3.2", "psycopg2-binary", "asyncpg", "obstore", "polars", "zstandard", "psutil"),
    ("apache-airflow", "apache-airflow-task-sdk"),
)  # fmt: skip
COURSE = Peer("course", ("pandas", "psycopg2-binary", "boto3"), ("pandas", "psycopg2-binary"))


def python_of(peer: Peer, folder: Path) -> Path:
    """The Python of a peer's environment, which is made when it is missing or holds other packages."""
    home = folder / peer.name
    python, made = home / "bin" / "python", home / "made"
    if not made.exists() or made.read_text() != repr(peer):
        print(f"making the environment of {peer.name} in {home}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip: list[str | os.PathLike[str]] = [
            python,
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, *peer.packages], check=True)
        made.write_text(repr(peer))
    return python


def versions(peer: Peer, folder: Path) -> dict[str, str]:
    """The versions of a peer's packages."""
    ask = "import json,sys,importlib.metadata as m;print(json.dumps({n:m.version(n) for n in sys.argv[1:]}))"
    command: list[str | os.PathLike[str]] = [python_of(peer, folder), "-c", ask, *peer.told]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, str] = json.loads(found.stdout)
    return told
