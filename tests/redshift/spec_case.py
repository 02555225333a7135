"""Reads the spec cases: SQL files whose comments say what must come back. See README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_HEADER = re.compile(r"-- CASE\s+(?P<name>.*?)\s*(?P<tags>(\[[^\]]*\]\s*)*)$")
_TAG = re.compile(r"\[([^\]]*)\]")


class BadCaseError(ValueError):
    """A case file is not written as the README says."""


@dataclass
class Step:
    """One text that is sent, with what must come back."""

    sql: str
    session: int
    line: int
    expected: list[str] = field(default_factory=list)


@dataclass
class Put:
    """An object that is there before the next statement."""

    key: str
    line: int
    content: list[str] = field(default_factory=list)


@dataclass
class Case:
    """A named sequence of statements in a schema of its own."""

    name: str
    file: Path
    line: int
    tags: list[str]
    steps: list[Step | Put] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.file.stem}:{self.name}"

    def tagged(self, tag: str) -> bool:
        return tag in self.tags

    def is_not_imitated(self) -> bool:
        return any("NOT IMITATED" in step.expected for step in self.steps if isinstance(step, Step))

    def needs_lake(self) -> bool:
        return any("$BUCKET" in step.sql for step in self.steps if isinstance(step, Step)) or any(
            isinstance(step, Put) for step in self.steps
        )


def all_cases() -> list[Case]:
    """Every case of every file, in order."""
    return [case for path in sorted(CASES.glob("*.sql")) for case in read(path)]


def read(path: Path) -> list[Case]:
    """The cases of one file."""
    cases: list[Case] = []
    reader = _Reader()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if header := _HEADER.match(line):
            reader.finish(path)
            reader = _Reader(Case(header["name"], path, number, _TAG.findall(header["tags"])))
            cases.append(reader.case)
        else:
            reader.take(line, number, path)
    reader.finish(path)
    return cases


class _Reader:
    """Collects the lines of one case."""

    def __init__(self, case: Case | None = None) -> None:
        self.case = case or Case("", Path(), 0, [])
        self.started = case is not None
        self.lines: list[str] = []
        self.session = 1

    def take(self, line: str, number: int, path: Path) -> None:
        if line.startswith("--> "):
            self._expect(line[4:].strip(), number, path)
        elif line.startswith("--@put "):
            self.case.steps.append(Put(line[7:].strip(), number))
        elif line.startswith("--@session "):
            self.session = int(line[11:])
        elif line.startswith("--|"):
            self._content(line, number, path)
        elif self.lines or (line.strip() and not line.startswith("--")):
            self._statement(line, number, path)

    def finish(self, path: Path) -> None:
        if self.lines:
            raise BadCaseError(
                f"{path.name}:{self.case.line}: a statement has no line ending in ';'"
            )

    def _statement(self, line: str, number: int, path: Path) -> None:
        if not self.started:
            raise BadCaseError(f"{path.name}:{number}: a statement before the first CASE")
        self.lines.append(line)
        if line.rstrip().endswith(";"):
            sql = "\n".join(self.lines).rstrip()[:-1]
            self.case.steps.append(Step(sql, self.session, number))
            self.lines = []

    def _expect(self, text: str, number: int, path: Path) -> None:
        if self.lines or not self.case.steps or not isinstance(self.case.steps[-1], Step):
            raise BadCaseError(f"{path.name}:{number}: '-->' does not follow a statement")
        self.case.steps[-1].expected.append(text)

    def _content(self, line: str, number: int, path: Path) -> None:
        if not self.case.steps or not isinstance(self.case.steps[-1], Put):
            raise BadCaseError(f"{path.name}:{number}: '--|' does not follow '--@put'")
        self.case.steps[-1].content.append(line[4:])
