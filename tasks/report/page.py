"""The report as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.report.cards import is_count, shown
from tasks.report.listening import figures, listening_cards
from tasks.report.pipeline import health, pipeline_cards
from tasks.report.questions import Answer
from tasks.windows import Window

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Report:
    """The answers, the period they are about, and when they were given."""

    period: Window
    made_at: datetime
    answers: dict[str, Answer]


def render(report: Report) -> str:
    """The page; what comes from data is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    environment.tests["count"] = is_count
    return environment.get_template("page.html").render(
        period=report.period,
        made_at=report.made_at,
        figures=figures(report.answers["overview"].rows[0]),
        listening=listening_cards(report.answers, report.period),
        health=health(report.answers),
        pipeline=pipeline_cards(report.answers, report.period),
        stylesheet=Markup((HERE / "page.css").read_text(encoding="utf-8")),
    )
