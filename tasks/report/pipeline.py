"""The cards about the pipeline."""

from __future__ import annotations

from dataclasses import replace

from tasks.report.cards import Card, card, number, shown, with_chart
from tasks.report.grids import loaded_grid
from tasks.report.listening import Answers
from tasks.report.questions import Answer
from tasks.windows import Window

ENDS = ("published", "nothing new", "failed")


def pipeline_cards(answers: Answers, period: Window) -> list[Card]:
    """What was loaded, what was not, what the checks say and how long it takes."""
    return [
        _hours(answers["hours_loaded"], period),
        _checks(answers["checks_by_day"]),
        _findings(answers["checks_that_found_something"]),
        _runs(answers["runs"]),
        _counted(answers["ledger"], "objects", "{} object versions are in the ledger."),
        _counted(answers["rejected"], "records", "{} records were rejected."),
        _quarantined(answers["quarantined"]),
    ]


def health(answers: Answers) -> list[tuple[str, str]]:
    """The numbers that stand above the pipeline's cards."""
    ledger, checks = answers["ledger"], answers["checks_by_day"]
    runs = answers["runs"].rows
    latest = (
        (f"latest run, {shown(runs[0]['started_at'])}", runs[0]["status"])
        if runs
        else ("latest run", "none")
    )
    return [
        ("objects published", number(_objects(ledger, "published"))),
        ("objects pending", number(_objects(ledger, "pending"))),
        ("objects quarantined", number(_objects(ledger, "quarantined"))),
        ("records rejected", number(_sum(answers["rejected"], "records"))),
        ("checks failed", number(_sum(checks, "failed"))),
        latest,
    ]


def _sum(answer: Answer, column: str) -> int:
    return sum(int(row[column] or 0) for row in answer.rows)


def _objects(ledger: Answer, status: str) -> int:
    return sum(int(row["objects"]) for row in ledger.rows if row["status"] == status)


def _hours(answer: Answer, period: Window) -> Card:
    grid = loaded_grid(answer.rows, period)
    cells = [cell.words for line in grid for cell in line.cells]
    states = ("published", "pending", "quarantined", "no object")
    says = ", ".join(f"{number(cells.count(s))} {s}" for s in states if s in cells)
    return replace(card(answer, f"Hours of the period: {says}."), grid=grid, columns=())


def _checks(answer: Answer) -> Card:
    if not answer.rows:
        return card(answer, "No check was made in the last thirty days.")
    made = {name: _sum(answer, name) for name in ("passed", "warned", "failed")}
    says = ", ".join(f"{number(count)} {name}" for name, count in made.items()) + "."
    series = {name: [int(row[name]) for row in answer.rows] for name in made}
    days = [f"{row['day']:%b} {row['day'].day}" for row in answer.rows]
    return with_chart(card(answer, says), days, series, "", ("good", "warn", "bad"))


def _findings(answer: Answer) -> Card:
    found = f"{len(answer.rows)} checks" if len(answer.rows) != 1 else "One check"
    return card(answer, f"{found} found something." if answer.rows else "None: every check passed.")


def _runs(answer: Answer) -> Card:
    """Newest first in the table, oldest first in the chart."""
    if not answer.rows:
        return card(answer, "Nothing ran in the last thirty days.")
    rows = [row for row in reversed(answer.rows) if row["seconds"] is not None]
    longest = max((int(row["seconds"]) for row in rows), default=0)
    says = f"The latest {len(answer.rows)} runs took {longest} seconds at most."
    series = {end: [_seconds(row, end) for row in rows] for end in ENDS}
    labels = [f"{row['started_at']:%b %d %H:%M}" for row in rows]
    return with_chart(card(answer, says), labels, series, "seconds", ("first", "other", "bad"))


def _seconds(row: dict[str, object], end: str) -> int:
    ended = row["status"] if row["status"] in ENDS else "failed"
    return int(str(row["seconds"])) if ended == end else 0


def _counted(answer: Answer, column: str, words: str) -> Card:
    return card(answer, words.format(number(_sum(answer, column)) if answer.rows else "No"))


def _quarantined(answer: Answer) -> Card:
    says = "These are tried again when they change, or with backfill --only failed."
    return card(answer, says if answer.rows else "None.")
