"""Put rows that Python holds into a table: a few by INSERT, many by COPY of an object of ours."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from blocks.redshift import Redshift

FEW = 100
OPTIONS = "FORMAT JSON 'auto' MANIFEST COMPUPDATE OFF STATUPDATE OFF"


def insert_rows(
    connection: Connection,
    warehouse: Redshift,
    table: str,
    rows: Sequence[dict[str, Any]],
    name: str,
) -> None:
    """Append `rows`, whose keys are the table's columns; `name` names the object that COPY reads."""
    if not rows:
        return
    if len(rows) > FEW:
        copy_rows(connection, warehouse, table, rows, name)
        return
    columns = list(rows[0])
    values = [f"({', '.join(f':{c}_{n}' for c in columns)})" for n in range(len(rows))]
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(values)}"
    bound = {f"{c}_{n}": row[c] for n, row in enumerate(rows) for c in columns}
    connection.execute(text(statement), bound)


def copy_rows(
    connection: Connection,
    warehouse: Redshift,
    table: str,
    rows: Sequence[dict[str, Any]],
    name: str,
) -> None:
    """Append `rows` by COPY; times are written with seconds, NULLs by leaving the key out."""
    lines = [
        json.dumps(
            {k: v if isinstance(v, int) else str(v) for k, v in row.items() if v is not None}
        )
        for row in rows
    ]
    unique = f"{name}-{uuid.uuid4().hex[:8]}.json"
    url = warehouse.lake.put_work(unique, "\n".join(lines).encode())
    copy(connection, warehouse, table, write_manifest(warehouse, name, [url]), OPTIONS)


def write_manifest(warehouse: Redshift, name: str, urls: Sequence[str]) -> str:
    """A manifest of exactly these objects, all of them mandatory; returns its address."""
    name = f"{name}-{uuid.uuid4().hex[:8]}"  # attempts of one run do not share what they read
    entries = [{"url": url, "mandatory": True} for url in urls]
    return warehouse.lake.put_work(f"{name}.manifest", json.dumps({"entries": entries}).encode())


def copy(
    connection: Connection, warehouse: Redshift, target: str, manifest: str, options: str
) -> None:
    """COPY what a manifest lists; the role is named by the warehouse, the options hold no data."""
    role = warehouse.copy_authority()
    authority = "IAM_ROLE default" if role == "default" else "IAM_ROLE :role"
    region = warehouse.lake.region
    statement = f"COPY {target} FROM :manifest {authority} REGION :region {options}"
    bound = {"manifest": manifest, "role": role, "region": region}
    connection.execute(text(statement), {k: v for k, v in bound.items() if f":{k}" in statement})
