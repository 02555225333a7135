"""Results of the prompt as aligned tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg2.extensions import cursor

_AT_MOST = 10_000  # rows that are drawn; more would only scroll by


def show(answer: cursor) -> None:
    """Print the rows, or what the statement did."""
    if answer.description is None:
        print(answer.statusmessage or "")
        return
    rows = answer.fetchmany(_AT_MOST)
    _draw([column.name for column in answer.description], rows)
    more = f", the first {_AT_MOST} shown" if answer.rowcount > _AT_MOST else ""
    count = max(answer.rowcount, len(rows))
    print(f"({count} row{'' if count == 1 else 's'}{more})")


def _draw(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ASCII2, show_edge=False, pad_edge=False)
    for number, name in enumerate(names):
        right = bool(rows) and all(_is_number(row[number]) for row in rows)
        table.add_column(Text(name), justify="right" if right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(_text(value)) for value in row))
    console = Console(file=sys.stdout, highlight=False, markup=False)
    width = Measurement.get(console, console.options.update(max_width=1_000_000), table).maximum
    console.width = max(width, 1)
    console.print(table, crop=False, soft_wrap=False)


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return value is None or (
        isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    return str(value)
