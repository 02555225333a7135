"""python -m embedded psql: statements in, tables and Redshift's errors out."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embedded import postgres, processes

ROOT = Path(__file__).resolve().parents[2]
LONG = "SELECT COUNT(*) FROM generate_series(1, 2000000000);\n"
Prompt = Callable[..., "subprocess.CompletedProcess[str]"]


def runs(database: str) -> bool:
    """Whether the long statement runs in this warehouse."""
    watcher = postgres.connect()
    try:
        with watcher.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND state = 'active'"
                " AND query LIKE '%%2000000000%%'",
                [database],
            )
            return cursor.fetchone() is not None
    finally:
        watcher.close()


@pytest.fixture
def prompt(redshift_database: str) -> Prompt:
    """Runs the prompt in a warehouse of the test's own."""

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "embedded", "psql", "-d", redshift_database, *words],
            cwd=ROOT, input=typed, text=True, capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    return run


def test_a_command_prints_an_aligned_table(prompt: Prompt) -> None:
    done = prompt("-c", "SELECT 1 AS n, 'é' AS s, NULL AS nothing, true AS b")
    assert done.stdout == "n | s | nothing | b\n--+---+---------+--\n1 | é |         | t\n(1 row)\n"
    assert done.returncode == 0


def test_a_pipe_is_read_statement_by_statement(prompt: Prompt) -> None:
    done = prompt(
        typed="CREATE TABLE t (s VARCHAR(5));\nINSERT INTO t\nVALUES ('a;b');\nSELECT s FROM t"
    )
    assert done.stdout == "CREATE TABLE\nINSERT 0 1\ns  \n---\na;b\n(1 row)\n"


def test_several_statements_in_a_line(prompt: Prompt) -> None:
    assert prompt(typed="SELECT 1; SELECT 2;").stdout.count("(1 row)") == 2


def test_errors_are_those_of_redshift_and_end_a_pipe(prompt: Prompt) -> None:
    done = prompt(typed="SAVEPOINT s;\nSELECT 1;\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == 'ERROR:  SQL command "SAVEPOINT s" not supported.'


def test_what_is_not_imitated_is_said_in_a_line(prompt: Prompt) -> None:
    done = prompt("-c", "CREATE EXTERNAL SCHEMA s FROM DATA CATALOG DATABASE 'd' IAM_ROLE default")
    assert done.returncode == 1
    assert done.stderr.startswith("ERROR:  the embedded Redshift does not imitate")
    assert len(done.stderr.splitlines()) == 1


def test_an_open_quote_is_an_error_not_a_traceback(prompt: Prompt) -> None:
    done = prompt("-c", "SELECT 'open")
    assert done.returncode == 1
    assert "unterminated" in done.stderr
    assert "Traceback" not in done.stderr


def test_backslash_d_lists_tables_and_columns(prompt: Prompt) -> None:
    done = prompt(typed="CREATE TABLE plays (song VARCHAR(7) NOT NULL);\n\\dt\n\\d public.plays\n")
    assert "public       | plays      | BASE TABLE" in done.stdout
    assert "song" in done.stdout.partition("BASE TABLE")[2]


def test_a_missing_warehouse_is_a_line(prompt: Prompt) -> None:
    done = prompt("-d", "nowhere", "-c", "SELECT 1")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert 'database "nowhere" does not exist' in done.stderr


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_cancels_what_runs_and_tells_by_the_status(
    redshift_database: str, sent: signal.Signals, status: int
) -> None:
    prompt = subprocess.Popen(
        [sys.executable, "-m", "embedded", "psql", "-d", redshift_database],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert prompt.stdin
    prompt.stdin.write(LONG.encode())
    prompt.stdin.flush()
    assert processes.wait(lambda: runs(redshift_database), 20)
    prompt.send_signal(sent)
    output = prompt.communicate(timeout=20)
    assert processes.wait(lambda: not runs(redshift_database), 10)
    assert (prompt.returncode, output) == (status, (b"", b""))


class Terminal:
    """The prompt with somebody at the keys."""

    def __init__(self, database: str) -> None:
        self.seen = ""
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            words = ["-m", "embedded", "psql", "-d", database]
            os.execv(sys.executable, [sys.executable, *words])

    def type(self, keys: str) -> None:
        os.write(self.file, keys.encode())

    def waits_for(self, text: str) -> bool:
        """Read until the text has come; then forget what came."""
        deadline = time.monotonic() + 30
        while text not in self.seen and time.monotonic() < deadline:
            if select.select([self.file], [], [], 0.1)[0]:
                self.seen += os.read(self.file, 65536).decode(errors="replace")
        found = text in self.seen
        self.seen = self.seen.partition(text)[2]
        return found


@pytest.fixture
def terminal(redshift_database: str) -> Iterator[Terminal]:
    made = Terminal(redshift_database)
    yield made
    os.close(made.file)
    os.waitpid(made.pid, 0)


def test_at_a_terminal_statements_may_take_several_lines(terminal: Terminal) -> None:
    assert terminal.waits_for("=# ")
    terminal.type("SELECT 41 + 1\n")
    assert terminal.waits_for("-# ")
    terminal.type("AS n;\n")
    assert terminal.waits_for("42")
    assert terminal.waits_for("(1 row)")


def test_ctrl_c_cancels_a_statement_and_the_prompt_goes_on(
    terminal: Terminal, redshift_database: str
) -> None:
    assert terminal.waits_for("=# ")
    terminal.type(LONG)
    assert processes.wait(lambda: runs(redshift_database), 20)
    terminal.type("\x03")
    assert terminal.waits_for("ERROR:")
    terminal.type("SELECT 7 AS still_here;\n")
    assert terminal.waits_for("still_here")
