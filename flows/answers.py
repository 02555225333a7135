"""Print what the star schema answers: `python -m flows.answers`."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from blocks.redshift import Redshift
from blocks.warehouse import LOCAL, load_warehouse
from flows.command import parser, print_json, run_command
from flows.summary import WIDTH
from sql import execute, read
from tasks.report.period import EVER
from tasks.report.questions import question

ASKED = ("analytics/busiest_hours", "analytics/free_and_paid", "analytics/most_played_songs")
ROWS = 5


def answers(warehouse: Redshift) -> dict[str, list[dict[str, object]]]:
    """The first rows of each of the answers, by the question."""
    engine = warehouse.engine(connections=1)
    values = {"start": EVER.start, "end": EVER.end}
    try:
        with engine.begin() as connection:
            return {
                question(read(name)): [
                    dict(row)
                    for row in execute(connection, name, values).mappings().fetchmany(ROWS)
                ]
                for name in ASKED
            }
    finally:
        engine.dispose()


def main() -> int:
    """The command line."""
    made = parser("flows.answers", "Answer three questions of sql/analytics.")
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    options = made.parse_args()
    found = answers(load_warehouse(options.warehouse))
    if options.json:
        print_json(found)
    else:
        _print(found)
    return 0


def _print(found: dict[str, list[dict[str, object]]]) -> None:
    console = Console(width=WIDTH, highlight=False)
    for title, rows in found.items():
        console.print(title if rows else f"{title} Nothing is loaded yet.", style="bold")
        if rows:
            table = Table(*rows[0], box=SIMPLE_HEAD)
            for row in rows:
                table.add_row(*(str(value) for value in row.values()))
            console.print(table)


if __name__ == "__main__":
    run_command(main)
