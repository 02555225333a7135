"""Which hours are not loaded, and what loads them: `python -m flows.gaps START END`."""

from __future__ import annotations

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from blocks.warehouse import LOCAL, load_warehouse
from flows.command import parser, print_json, run_command
from flows.summary import SHOWN, WIDTH
from tasks.gaps import Gaps, by_day, find_gaps
from tasks.windows import parse_moment, window_between

SIGNS = {
    "published": ("#", "green"),
    "empty": (".", "dim"),
    "missing": ("m", "bold yellow"),
    "changed": ("c", "bold cyan"),
    "quarantined": ("Q", "bold red"),
}
LEGEND = {
    "published": "published",
    "empty": "empty in the lake",
    "missing": "missing",
    "changed": "changed since",
    "quarantined": "quarantined",
}


def main() -> int:
    """The command line."""
    made = parser("flows.gaps", "Show which hours of START to before END are not loaded.")
    made.add_argument("start", metavar="START", help="ISO date or datetime, UTC")
    made.add_argument("end", metavar="END", help="ISO date or datetime, UTC, exclusive")
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    options = made.parse_args()
    window = window_between(parse_moment(options.start), parse_moment(options.end))
    warehouse = load_warehouse(options.warehouse)
    engine = warehouse.engine(connections=1)
    try:
        gaps = find_gaps(engine, warehouse.lake, window)
    finally:
        engine.dispose()
    suffix = "" if options.warehouse == LOCAL else f" --warehouse {options.warehouse}"
    if options.json:
        document = gaps.as_json()
        print_json(document | {"commands": [f"{each}{suffix}" for each in gaps.commands]})
    else:
        _print(gaps, suffix)
    return 0


def _print(gaps: Gaps, suffix: str) -> None:
    """The grid with what its signs mean, the objects to look at, and last the commands."""
    console = Console(width=WIDTH, highlight=False)
    console.print(_grid(gaps))
    console.print("  ".join(f"{SIGNS[state][0]} {words}" for state, words in LEGEND.items()))
    for line in _closing_lines(gaps, suffix):
        console.print(line, soft_wrap=True, markup=False)


def _grid(gaps: Gaps) -> Table:
    table = Table(box=SIMPLE, padding=0)
    table.add_column("day", no_wrap=True, min_width=len("2018-11-01"))
    for hour in range(24):
        table.add_column(f"{hour:02}", justify="right", no_wrap=True)
    for day, states in by_day(gaps.hours):
        signs = (Text(*SIGNS[state]) if state else Text() for state in states)
        table.add_row(f"{day:%Y-%m-%d}", *signs)
    return table


def _closing_lines(gaps: Gaps, suffix: str) -> list[str]:
    quarantined = [entry for entry in gaps.objects if entry.state == "quarantined"]
    lines = [f"quarantined: {entry.key}: {entry.reason}" for entry in quarantined[:SHOWN]]
    if len(quarantined) > SHOWN:
        lines.append(f"quarantined: {len(quarantined) - SHOWN} more, see etl.objects")
    lines += [f"no longer in the lake: {entry.key}: {entry.reason}" for entry in gaps.lost[:SHOWN]]
    counted = ", ".join(f"{n} {LEGEND[state]}" for state, n in gaps.counts.items() if n)
    return [*lines, f"hours of {gaps.window}: {counted}", *(f"{c}{suffix}" for c in gaps.commands)]


if __name__ == "__main__":
    run_command(main)
