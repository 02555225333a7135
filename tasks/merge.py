"""Merge a run's rows into the published tables: find what differs, delete it, insert it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from sql import DIMENSIONS, FACT, Table, bound, columns, execute, read
from tasks.days import ranges
from tasks.run import Run
from tasks.windows import Window

BY_NAME = {table.name: table for table in (FACT, *DIMENSIONS)}
OF_SONGS = ("songs", "artists")  # merged before the plays, which match them
EVERYTHING = Window(datetime.min, datetime.max)


@dataclass(frozen=True)
class Merged:
    """Rows that a table gained, that changed, and that it lost."""

    inserted: int
    updated: int
    deleted: int = 0


def merge_all(connection: Connection, run: Run) -> tuple[dict[str, Merged], list[Window]]:
    """Merge the five tables, songs first: they decide what plays match. Returns the days touched."""
    merged: dict[str, Merged] = {}
    days = set(execute(connection, "publish/days").scalars())
    if any(entry.source == "songs" for entry in run.plan.objects):
        merged |= _merge_songs(connection, run)
        days |= set(execute(connection, "publish/touched_days").scalars())
    else:
        _no_songs(connection, run)
    touched = ranges(days)
    for table in (FACT, *DIMENSIONS):
        if table.name not in OF_SONGS:
            merged[table.name] = merge(connection, run, table, touched)
    if run.plan.replace:
        merged["songplays"] = _remove_gone(connection, run.plan.replace, merged["songplays"])
    return merged, touched


def merge(connection: Connection, run: Run, table: Table, touched: list[Window]) -> Merged:
    """Write the rows of one table that differ from what is published."""
    delta = f"{run.schema}.delta_{table.name}"
    windows = touched if table.by_day else [EVERYTHING]
    if not windows:
        connection.exec_driver_sql(f"CREATE TABLE {delta} (LIKE sparkify.{table.name})")
        return Merged(0, 0)
    query = read(f"publish/{table.name}").text
    for number, window in enumerate(windows):
        verb = f"INSERT INTO {delta}" if number else f"CREATE TABLE {delta} AS"
        connection.execute(*bound(f"{verb}\n{query}", {"lo": window.start, "hi": window.end}))
    return _write(connection, run, table, windows)


def _write(connection: Connection, run: Run, table: Table, windows: list[Window]) -> Merged:
    target, delta = f"sparkify.{table.name}", f"{run.schema}.delta_{table.name}"
    same = f"{target}.{table.key} = d.{table.key}"
    within = f" AND {target}.start_time >= :lo AND {target}.start_time < :hi"
    delete = f"DELETE FROM {target} USING {delta} AS d WHERE {same}{within if table.by_day else ''}"
    updated = 0
    if not table.append_only:
        values = ({"lo": window.start, "hi": window.end} for window in windows)
        updated = sum(connection.execute(*bound(delete, value)).rowcount for value in values)
    names = ", ".join(columns(f"schema/sparkify/{table.name}"))
    insert = f"INSERT INTO {target} ({names}) SELECT {names} FROM {delta}"
    return Merged(connection.exec_driver_sql(insert).rowcount - updated, updated)


def _merge_songs(connection: Connection, run: Run) -> dict[str, Merged]:
    table = BY_NAME["songs"]
    delta = f"CREATE TABLE {run.schema}.delta_songs AS\n{read('publish/songs').text}"
    connection.exec_driver_sql(delta)
    for name in ("touched_titles", "touched_artists"):
        query = read(f"publish/{name}").text
        connection.exec_driver_sql(f"CREATE TABLE {run.schema}.{name} AS\n{query}")
    songs = _write(connection, run, table, [EVERYTHING])
    artists = merge(connection, run, BY_NAME["artists"], [])
    gone = execute(connection, "publish/artists_gone").rowcount
    return {"songs": songs, "artists": Merged(artists.inserted, artists.updated, gone)}


def _no_songs(connection: Connection, run: Run) -> None:
    connection.exec_driver_sql(f"CREATE TABLE {run.schema}.touched_titles (title VARCHAR(1024))")
    for name in ("songs", "artists"):
        delta = f"{run.schema}.delta_{name}"
        connection.exec_driver_sql(f"CREATE TABLE {delta} (LIKE sparkify.{name})")


def _remove_gone(connection: Connection, window: Window, merged: Merged) -> Merged:
    values = {"replace_from": window.start, "replace_to": window.end}
    gone = execute(connection, "publish/songplays_gone", values).rowcount
    return Merged(merged.inserted, merged.updated, gone)
