"""Print what maintenance did and found."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from flows.story import clean, verdict_line
from flows.summary import WIDTH
from tasks.maintain_report import Maintained
from tasks.verdicts import Verdict


def print_maintained(report: Maintained) -> None:
    """The tables and the checks, then what was done, a line each, and what was found."""
    console = Console(width=WIDTH, highlight=False)
    if report.tables:
        console.print(_tables(report))
    console.print(_checks(report))
    for line in closing_lines(report):
        console.print(line, soft_wrap=True, markup=False)


def tell_maintained(report: Maintained) -> str:
    """The same in markdown, for the Prefect UI."""
    lines = [f"# sparkify-maintain: {verdict_line(report.checks)}", ""]
    lines += [f"- {clean(line)}" for line in closing_lines(report)]
    return "\n".join([*lines, "", *(f"- {i.table}: {i.rows:,} rows" for i in report.tables)])


def closing_lines(report: Maintained) -> list[str]:
    """What was done, in the order in which it was done."""
    lines = [
        f"run_{swept.run_id} ({swept.status}): {f'kept, {swept.kept}' if swept.kept else 'dropped'}"
        for swept in report.swept
    ]
    lines += _tidied(report)
    if trimmed := report.trimmed:
        lines.append(
            f"trimmed: {trimmed.check_results:,} results of checks, {trimmed.runs:,} runs, "
            f"{trimmed.work_objects:,} objects of the work bucket"
        )
    return [*lines, *report.notes, _last_line(report.checks)]


def _tidied(report: Maintained) -> list[str]:
    """The tables by verb, and a line for each that Redshift would not do."""
    by_verb: dict[str, list[str]] = {}
    for done in report.tidied:
        verb, _, table = done.statement.partition(" ")
        if not done.problem:
            by_verb.setdefault(verb, []).append(table)
    lines = [f"{verb}: {', '.join(tables)}" for verb, tables in by_verb.items()]
    return lines + [f"{done.statement}: {done.problem}" for done in report.tidied if done.problem]


def _last_line(checks: list[Verdict]) -> str:
    passed = sum(check.verdict == "pass" for check in checks)
    others = ", ".join(f"{c.name} ({c.verdict})" for c in checks if c.verdict != "pass")
    return f"{passed} of {len(checks)} checks of the warehouse pass" + (others and f"; {others}")


def _tables(report: Maintained) -> Table:
    table = Table("table", "rows", "MB", "unsorted %", "stats off %", box=SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for info in report.tables:
        shares = (
            "" if share is None else f"{share:.1f}" for share in (info.unsorted, info.stats_off)
        )
        table.add_row(info.table, f"{info.rows:,}", f"{info.megabytes:,}", *shares)
    return table


def _checks(report: Maintained) -> Table:
    table = Table("check", "verdict", "rows", "seconds", box=SIMPLE_HEAD)
    for column in table.columns[2:]:
        column.justify = "right"
    for check in report.checks:
        table.add_row(check.name, check.verdict, f"{check.rows_broken:,}", f"{check.seconds:.2f}")
    return table
