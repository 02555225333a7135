"""The cards about listening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tasks.report.cards import Card, by_key, card, number, percent, with_chart
from tasks.report.grids import HOURS, WEEK, week_grid
from tasks.report.questions import Answer, Row
from tasks.windows import Window

NOTHING = "Nobody listened in this period."
Answers = dict[str, Answer]


def listening_cards(answers: Answers, period: Window) -> list[Card]:
    """What people listen to, when, where and with what."""
    return [
        _hours(answers["busiest_hours"]),
        _days(answers["plays_by_day"], period),
        _week(answers["plays_by_weekday_and_hour"]),
        _new(answers["new_and_returning"], period),
        _growth(answers["growth"]),
        _levels(answers["free_and_paid"]),
        _first(answers["top_users"], "{first_name} {last_name} (user {user_id}): {plays} plays."),
        _first(answers["most_played_songs"], "“{song}” by {artist}: {plays} plays."),
        _first(answers["most_played_known_songs"], "“{song}” by {artist}: {plays} plays."),
        _first(answers["most_played_artists"], "{artist}: {plays} plays by {listeners} listeners."),
        _first(answers["top_places"], "{place}: {plays} plays by {listeners} listeners."),
        _first(answers["browsers"], "{browser}: {share} of the plays."),
        _first(answers["devices"], "{device}: {share} of the plays."),
    ]


def figures(row: Row) -> list[tuple[str, str]]:
    """The numbers that stand above everything."""
    return [
        ("plays", number(row["plays"])),
        ("listeners", number(row["listeners"])),
        ("sessions", number(row["sessions"])),
        ("artists", number(row["artists"])),
        ("hours of music", number(row["hours"])),
        ("of the plays are of known songs", percent(row["plays_of_known_songs"], row["plays"])),
    ]


def _first(answer: Answer, words: str) -> Card:
    """A table with bars; the sentence is about its first row."""
    if not answer.rows:
        return card(answer, NOTHING)
    row = answer.rows[0]
    plays = sum(int(each["plays"]) for each in answer.rows)
    told = {column: "?" if value is None else value for column, value in row.items()}
    told |= {"plays": number(row["plays"]), "share": percent(row["plays"], plays)}
    says = words.format(**told)
    return card(answer, says[:1].upper() + says[1:], "plays")


def _levels(answer: Answer) -> Card:
    made = _first(answer, "{level} listeners play more: {plays} plays, {share} of all.")
    levels = [str(row["level"] or "unknown") for row in answer.rows]
    return with_chart(made, levels, {"plays": [int(row["plays"]) for row in answer.rows]}, "plays")


def _hours(answer: Answer) -> Card:
    if not answer.rows:
        return card(answer, NOTHING)
    top = answer.rows[0]
    says = f"{_span(top['hour'])}: {number(top['plays'])} plays by {top['listeners']} listeners."
    plays = by_key(answer.rows, "hour", "plays")
    hours = range(HOURS)
    return with_chart(
        card(answer, says), [f"{h:02}" for h in hours], {"plays": [plays(h) for h in hours]}, ""
    )


def _days(answer: Answer, period: Window) -> Card:
    if not answer.rows:
        return card(answer, NOTHING)
    top = max(answer.rows, key=lambda row: int(row["plays"]))
    says = f"Most on {top['day']:%A}, {top['day']}: {number(top['plays'])} plays."
    series = {
        level: [by_key(answer.rows, "day", level)(day) for day in period.days]
        for level in ("paid", "free")
    }
    return with_chart(card(answer, says), _labels(period.days), series, "plays")


def _week(answer: Answer) -> Card:
    if not answer.rows:
        return card(answer, NOTHING)
    top = max(answer.rows, key=lambda row: int(row["plays"]))
    says = f"{WEEK[top['weekday']]}, {_span(top['hour'])}: {number(top['plays'])} plays."
    return replace(card(answer, says), grid=week_grid(answer.rows), columns=())


def _new(answer: Answer, period: Window) -> Card:
    if not answer.rows:
        return card(answer, NOTHING)
    new = sum(int(row["new_listeners"]) for row in answer.rows)
    says = f"{number(new)} listeners played for the first time in this period."
    series = {
        name: [by_key(answer.rows, "day", f"{name}_listeners")(day) for day in period.days]
        for name in ("returning", "new")
    }
    return with_chart(card(answer, says), _labels(period.days), series, "listeners")


def _growth(answer: Answer) -> Card:
    if not answer.rows:
        return card(answer, NOTHING)
    last = answer.rows[-1]
    change = last["change_percent"]
    compared = "" if change is None else f", {change:+d} % against the week before"
    says = f"{number(last['plays_a_day'])} plays a day in the latest week{compared}."
    series = {"plays a day": [int(row["plays_a_day"]) for row in answer.rows]}
    return with_chart(card(answer, says), _labels([row["week"] for row in answer.rows]), series, "")


def _labels(days: list[date]) -> list[str]:
    return [f"{day:%b} {day.day}" for day in days]


def _span(hour: int) -> str:
    return f"{hour:02}:00 to {(hour + 1) % HOURS:02}:00 UTC"
