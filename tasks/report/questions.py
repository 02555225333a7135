"""Ask every question of `sql/analytics`, in one transaction, so that the numbers fit together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from sql import Statement, execute, read_all
from tasks.windows import Window

FOLDERS = ("analytics", "analytics/pipeline")
Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A question, the file that asks it, and the rows that answer it."""

    name: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def ask(engine: Engine, period: Window, since: datetime) -> dict[str, Answer]:
    """The answers by name: of the plays in `period`, and of the runs and checks from `since` on."""
    values = {"start": period.start, "end": period.end, "since": since}
    with engine.begin() as connection:
        answers = {}
        for folder in FOLDERS:
            for file in read_all(folder):
                result = execute(connection, f"{folder}/{file.name}", values)
                rows = tuple(dict(row) for row in result.mappings())
                answers[file.name] = Answer(file.name, question(file), tuple(result.keys()), rows)
    return answers


def question(file: Statement) -> str:
    """The question that a file of `sql/analytics` answers."""
    return file.fields["Question"]
