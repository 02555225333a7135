"""What people do in the UI, done in a browser: watch, see what broke, mend it, retry, fill in, cancel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
RULE = "users_stay_unique"


class Walk:
    """A person with a browser, a lake and a psql."""

    def __init__(self, page: Page, home: Path, pictures: Path) -> None:
        self.page = page
        self.home = home
        self.pictures = pictures

    def picture(self, name: str) -> None:
        """Keep what the page shows."""
        self.page.screenshot(path=self.pictures / f"{name}.png")

    def deployment(self, name: str) -> None:
        """Go to a deployment's page."""
        self.page.goto("/v2/deployments")
        self.page.get_by_role("link", name=name, exact=True).click()

    def menu(self, deployment: str, how: str) -> Locator:
        """What starts a run of a deployment, in the menu of its page."""
        self.deployment(deployment)
        self.page.get_by_role("button", name="Run", exact=True).click()
        return self.page.get_by_role("menuitem", name=how)

    def start(self, click: Locator, state: str) -> None:
        """Start a run, go to its page and wait for a state; the link that the UI shows passes soon."""
        with self.page.expect_response("**/create_flow_run") as created:
            click.click()
        assert created.value.ok, created.value.text()
        self.page.goto(f"/v2/runs/flow-run/{created.value.json()['id']}")
        self.see(state)

    def run(self, deployment: str, state: str) -> None:
        """Start a run of a deployment from its page and wait for a state."""
        self.start(self.menu(deployment, "Quick run"), state)

    def see(self, state: str) -> None:
        """Wait until the page of the run shows a state."""
        expect(self.page.get_by_text(state, exact=True).first).to_be_visible()

    def artifact(self, name: str, shows: str) -> None:
        """Open what the run has left under a name, see a text in it, and come back."""
        run = self.page.url
        self.page.get_by_role("tab", name="Artifacts").click()
        self.page.get_by_role("link", name=name).first.click()
        self.page.locator("a[href*='/artifacts/artifact/']").first.click()
        expect(self.page.get_by_text(shows).first).to_be_visible()
        self.picture(name)
        self.page.goto(run)

    def choose(self, item: str) -> None:
        """Choose from the menu of the run."""
        self.page.get_by_role("button", name="Open menu").first.click()
        self.page.get_by_role("menuitem", name=item).click()

    def pick_day(self, field: str, month: str, year: str, day: str) -> None:
        """Midnight of a day, in a field of the form for a run."""
        self.page.get_by_label(field, exact=True).first.click()
        calendar = self.page.get_by_role("dialog")
        calendar.get_by_label("Choose the Month").select_option(label=month)
        calendar.get_by_label("Choose the Year").select_option(label=year)
        calendar.get_by_role("button", name=f", {month}").filter(has_text=day).first.click()
        calendar.get_by_role("button", name="12", exact=True).last.click()
        calendar.get_by_role("button", name="AM", exact=True).click()
        self.page.keyboard.press("Escape")

    def put(self, key: str, *events: dict[str, Any]) -> None:
        """Write an object into the lake."""
        path = self.home / "lake" / "sparkify" / "log_data" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(event) + "\n" for event in events))

    @contextmanager
    def psql(self) -> Iterator[Any]:
        """A cursor through the plain door; what it did is committed at the end."""
        url = subprocess.run(
            [sys.executable, "-m", "embedded", "url"],
            cwd=ROOT,
            env=os.environ | {"SPARKIFY_HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=True,
        )
        connection = psycopg2.connect(url.stdout.strip())
        with connection, connection.cursor() as cursor:
            yield cursor
        connection.close()

    def value(self, question: str) -> Any:
        """The only value of the only row."""
        with self.psql() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]


@pytest.fixture
def walk(page: Page, local: Path, tmp_path: Path) -> Walk:
    return Walk(page, local, Path(os.environ.get("SPARKIFY_SCREENSHOTS", tmp_path)))


def event(moment: datetime, user: str) -> dict[str, Any]:
    """A play of a song that nobody knows."""
    return {
        "artist": "A", "auth": "Logged In", "firstName": "Ann", "gender": "F", "itemInSession": 1,
        "lastName": "Lee", "length": 200.5, "level": "free", "location": "Here", "method": "PUT",
        "page": "NextSong", "registration": 1540344794796.0, "sessionId": 7, "song": "S",
        "status": 200, "ts": int(moment.timestamp() * 1000), "userAgent": "Firefox", "userId": user,
    }  # fmt: skip


def hour_ago() -> datetime:
    """The begin of the last whole hour."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def key(moment: datetime, number: int) -> str:
    """A further object of an hour."""
    return f"{moment:%Y/%m/%d/%Y-%m-%d-%H}-events-{number:04}.json"


def test_a_person_watches_mends_retries_fills_in_and_cancels(walk: Walk) -> None:
    schedules_are_shown(walk)
    a_run_is_watched(walk)
    a_broken_rule_is_seen_mended_and_retried(walk)
    a_backfill_is_filled_in(walk)
    a_run_is_cancelled(walk)


def schedules_are_shown(walk: Walk) -> None:
    walk.page.goto("/v2/deployments")
    for name in ("hourly", "backfill", "maintain", "report"):
        expect(walk.page.get_by_role("link", name=name, exact=True)).to_be_visible()
    walk.picture("deployments")
    walk.deployment("hourly")
    expect(walk.page.get_by_text("At 5 minutes past the hour")).to_be_visible()
    walk.page.get_by_role(
        "switch"
    ).first.click()  # or an hour that ends meanwhile takes what is watched
    expect(walk.page.get_by_role("switch", checked=False).first).to_be_visible()


def a_run_is_watched(walk: Walk) -> None:
    walk.run("hourly", "Completed")
    walk.picture("run")
    walk.artifact("sparkify-hourly-run", "songplays")
    assert walk.value("SELECT COUNT(*) FROM sparkify.songplays") > 0


def a_broken_rule_is_seen_mended_and_retried(walk: Walk) -> None:
    hour = hour_ago()
    with walk.psql() as cursor:
        cursor.execute("SELECT user_id FROM sparkify.users ORDER BY user_id LIMIT 1")
        user = cursor.fetchone()[0]
        cursor.execute(
            "CREATE TABLE public.twice AS SELECT * FROM sparkify.users WHERE user_id = %s", [user]
        )
        cursor.execute("INSERT INTO sparkify.users SELECT * FROM public.twice")
    walk.put(key(hour, 8000), event(hour + timedelta(minutes=59, seconds=59), user))
    walk.run("hourly", "Failed")
    walk.picture("failed-run")
    walk.artifact("sparkify-hourly-broken-rows", RULE)
    copies = "SELECT COUNT(*) FROM redshift_catalog.sys_load_history"
    before = walk.value(copies)
    with walk.psql() as cursor:
        cursor.execute("DELETE FROM sparkify.users WHERE user_id = %s", [user])
        cursor.execute("INSERT INTO sparkify.users SELECT * FROM public.twice")
        cursor.execute("DROP TABLE public.twice")
    walk.choose("Retry")
    walk.page.get_by_role("button", name="Retry").click()
    walk.see("Completed")
    walk.picture("retried")
    assert walk.value(copies) == before


def a_backfill_is_filled_in(walk: Walk) -> None:
    moment = datetime(2018, 11, 1, 10, tzinfo=UTC)
    walk.put(key(moment, 1), event(moment, "8"))
    walk.menu("backfill", "Custom run").click()
    walk.pick_day("start", "Nov", "2018", "1")
    walk.pick_day("end", "Nov", "2018", "3")
    walk.picture("backfill-form")
    walk.start(walk.page.get_by_role("button", name="Submit"), "Completed")
    plays = "SELECT COUNT(*) FROM sparkify.songplays WHERE start_time < '2018-12-01'"
    assert walk.value(plays) == 1


def a_run_is_cancelled(walk: Walk) -> None:
    hour = hour_ago()
    walk.put(key(hour, 8001), event(hour, "cancelled"))
    with walk.psql() as holder:
        holder.execute("LOCK TABLE etl.publish_lock")  # the run waits for it when it discovers
        walk.run("hourly", "Running")
        walk.choose("Cancel")
        walk.page.get_by_role("button", name="Cancel").last.click()
        walk.see("Cancelled")
        walk.picture("cancelled")
    assert walk.value("SELECT COUNT(*) FROM sparkify.users WHERE user_id = 'cancelled'") == 0
    waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    assert walk.value(waiting) == 0
