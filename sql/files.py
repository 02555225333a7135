"""Read the SQL files. A header of `--` lines says what a file is; the rest is sent as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

ROOT = Path(__file__).parent
FIELD = re.compile(r"(Severity|Scope|About|If it fails|Question):\s*(.*?)(?=\s{2,}\w+:|$)")


@dataclass(frozen=True)
class Statement:
    """One file: its name, the first line of its header, the header's fields, and its text."""

    name: str
    title: str
    fields: dict[str, str]
    text: str

    @property
    def severity(self) -> str:
        """`block` or `warn`."""
        return self.fields["Severity"]

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where a check is run: `run`, `merged`, `warehouse`."""
        return tuple(scope.strip() for scope in self.fields["Scope"].split(","))

    @property
    def about(self) -> str:
        """What a check of a run is about; the checks about one thing are made one after the other."""
        return self.fields["About"]


@cache
def read(name: str) -> Statement:
    """The file `sql/<name>.sql`."""
    content = (ROOT / f"{name}.sql").read_text(encoding="utf-8")
    lines = content.splitlines()
    header = [line[2:].strip() for line in lines if line.startswith("--")]
    text = "\n".join(line for line in lines if not line.startswith("--")).strip()
    fields = {key: value for line in header for key, value in FIELD.findall(line)}
    return Statement(name.rpartition("/")[2], header[0] if header else "", fields, text)


def read_all(folder: str) -> list[Statement]:
    """Every file of a folder, by name."""
    return [read(f"{folder}/{path.stem}") for path in sorted((ROOT / folder).glob("*.sql"))]


def columns(name: str) -> tuple[str, ...]:
    """The columns of a CREATE TABLE file, a line each."""
    return tuple(re.findall(r"^    (\w+) ", read(name).text, re.MULTILINE))


def execute(connection: Connection, name: str, values: dict[str, Any] | None = None) -> Any:
    """Send the file `sql/<name>.sql`; of `values` it takes those that it names; returns the cursor result."""
    return connection.execute(*bound(read(name).text, values or {}))


def bound(statement: str, values: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """A statement and those of the values that it names."""
    clause = text(statement)
    return clause, {name: value for name, value in values.items() if name in clause._bindparams}
