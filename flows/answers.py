"""Print what the star schema answers: `python -m flows.answers`."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from blocks.redshift import Redshift
from blocks.warehouse import LOCAL, load_warehouse
from flows.command import parser, print_json, run_command
from flows.summary import WIDTH
from sql import Statement, execute, read_all


def answers(warehouse: Redshift) -> dict[str, list[dict[str, object]]]:
    """The rows of each question in `sql/analytics`, by the question."""
    engine = warehouse.engine(connections=1)
    try:
        with engine.begin() as connection:
            return {
                question(file): [
                    dict(row) for row in execute(connection, f"analytics/{file.name}").mappings()
                ]
                for file in read_all("analytics")
            }
    finally:
        engine.dispose()


def question(file: Statement) -> str:
    """The question that a file of `sql/analytics` answers."""
    return file.fields["Question"]


def main() -> int:
    """The command line."""
    made = parser("flows.answers", "Answer the questions of sql/analytics.")
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
