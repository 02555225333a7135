"""What a run did, told in markdown for the Prefect UI."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flows.summary import SHOWN, advice
from tasks.outcome import Outcome
from tasks.verdicts import Verdict

ROWS = 50  # of a table artifact
CELL = 200  # characters of a cell
SECRET = re.compile(
    r"(?i)\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|(?<=://)[^\s/:@]+:[^\s/@]+(?=@)"
    r"|(?:password|passwd|secret\w*|token|credentials?|access_key\w*)[\"']?\s*[=:]\s*[\"']?[^\s,;\"'}]+"
)


def tell(outcome: Outcome, source: str, report: str | None) -> str:
    """The story of a run: what was loaded from where, how long it took, what was found, what is next."""
    parts = [f"# {outcome.flow}: {outcome.status}", _facts(outcome, source, report)]
    if outcome.sources:
        parts += ["## Loaded", _counts("source", outcome.sources)]
    if outcome.tables:
        parts += ["## Published", _counts("table", outcome.tables)]
    if outcome.checks:
        parts += ["## Checks", verdict_line(outcome.checks), _broken(outcome.checks)]
    if outcome.quarantined:
        parts += ["## Quarantined", _quarantined(outcome)]
    if outcome.seconds:
        seconds = {step: {"seconds": round(took, 2)} for step, took in outcome.seconds.items()}
        parts += ["## How long it took", _counts("step", seconds)]
    steps = next_steps(outcome)
    parts += ["## Next", "\n".join(f"- {clean(step)}" for step in steps)]
    return "\n\n".join(part for part in parts if part)


def next_steps(outcome: Outcome) -> list[str]:
    """What is left to do: the notes, the advice of broken checks, what quarantine asks for."""
    steps = [*outcome.notes, *advice(outcome.checks)]
    if outcome.quarantined:
        steps.append("quarantined objects are taken again when they change, or by --only failed")
    return steps or ["nothing"]


def verdict_line(checks: Sequence[Verdict]) -> str:
    """How many checks there are of each verdict."""
    counted = {v: sum(c.verdict == v for c in checks) for v in ("pass", "warn", "fail", "error")}
    return ", ".join(f"{number} {verdict}" for verdict, number in counted.items() if number)


def check_rows(checks: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The checks as rows, those that do not pass first."""
    ordered = sorted(checks, key=lambda check: (check.verdict == "pass", check.name))
    return [
        {
            "check": check.name,
            "scope": check.scope,
            "severity": check.severity,
            "verdict": check.verdict,
            "rows broken": check.rows_broken,
            "seconds": check.seconds,
        }
        for check in ordered
    ]


def broken_rows(checks: Sequence[Verdict]) -> tuple[list[dict[str, Any]], int]:
    """Some of the rows that broke checks, as a table takes them, and how many there are in all."""
    total = sum(max(check.rows_broken, len(check.sample)) for check in checks)
    rows = [
        {"check": check.name, "row": clean(", ".join(f"{k}: {v}" for k, v in row.items()))}
        for check in checks
        if check.verdict != "pass"
        for row in check.sample
    ]
    return rows[:ROWS], total


def clean(text: object) -> str:
    """Text of one line without what looks like a secret, cut where it is long."""
    line = SECRET.sub("***", " ".join(str(text).split()))
    return line if len(line) <= CELL else f"{line[:CELL]}… ({len(line) - CELL} more characters)"


def _facts(outcome: Outcome, source: str, report: str | None) -> str:
    facts = [f"- window: {outcome.window or 'unknown'}", f"- from: `{source}`"]
    if outcome.run_id:
        facts.append(f"- run: `{outcome.run_id}`")
    if outcome.seconds:
        facts.append(f"- seconds: {sum(outcome.seconds.values()):.1f} over all steps")
    if report:
        facts.append(f"- report: [{report}]({report})")
    return "\n".join(facts)


def _counts(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    names = list(next(iter(rows.values()), {}))
    lines = [_line([title, *names]), _line(["---", *("---:" for _ in names)])]
    lines += [_line([name, *(f"{n:,}" for n in row.values())]) for name, row in rows.items()]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _broken(checks: Sequence[Verdict]) -> str:
    broken = [check for check in checks if check.verdict != "pass"]
    return "\n".join(
        f"- **{check.name}** ({check.verdict}, {check.scope}): {check.rows_broken:,} rows"
        for check in broken
    )


def _quarantined(outcome: Outcome) -> str:
    lines = [
        f"- `{clean(entry['key'])}`: {clean(entry['reason'])}"
        for entry in outcome.quarantined[:SHOWN]
    ]
    if len(outcome.quarantined) > SHOWN:
        lines.append(f"- {len(outcome.quarantined) - SHOWN} more, see etl.objects")
    return "\n".join(lines)
