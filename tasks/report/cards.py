"""What the report shows of an answer: a sentence, perhaps a chart, and always the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from tasks.report.charts import stacked_bars
from tasks.report.grids import Line
from tasks.report.questions import Answer, Row

HIDDEN = {"run_id"}


@dataclass(frozen=True)
class Card:
    """One question with what answers it.

    `bar` names the column whose numbers are drawn as bars in the table; `legend` pairs each series
    of the chart with the class that colours it.
    """

    name: str
    question: str
    says: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    bar: str = ""
    chart: Markup | None = None
    legend: tuple[tuple[str, str], ...] = ()
    grid: tuple[Line, ...] = ()
    most: float = 0


def card(answer: Answer, says: str, bar: str = "") -> Card:
    """The card of an answer, with its table."""
    columns = tuple(column for column in answer.columns if column not in HIDDEN)
    most = max((row[bar] or 0 for row in answer.rows), default=0) if bar else 0
    return Card(answer.name, answer.question, says, columns, answer.rows, bar, most=float(most))


def with_chart(
    made: Card,
    labels: Sequence[str],
    series: Mapping[str, Sequence[int]],
    unit: str,
    colours: Sequence[str] = ("first", "second", "third", "fourth"),
) -> Card:
    """The card with a chart of bars before its table; without rows there is none."""
    if not made.rows:
        return made
    chart = stacked_bars(made.name, made.says, labels, series, unit, colours)
    return replace(made, chart=chart, legend=tuple(zip(series, colours, strict=False)))


def by_key(rows: Sequence[Row], key: str, value: str) -> Callable[[Any], int]:
    """The value of the row with a key, 0 where there is none."""
    found = {row[key]: int(row[value] or 0) for row in rows}
    return lambda wanted: found.get(wanted, 0)


def shown(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)


def number(value: Any) -> str:
    """A count as people read it."""
    return f"{value or 0:,}"


def is_count(column: str, value: Any) -> bool:
    """Whether a value is a number to be lined up; years and ids are not."""
    return isinstance(value, int) and column not in ("year", "hour", "weekday")


def percent(part: Any, whole: Any) -> str:
    """A share as people read it."""
    return f"{100 * int(part or 0) / int(whole):.0f} %" if whole else "0 %"
