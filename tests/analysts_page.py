"""The page docs/analysts.md, made from the SQL files and from what a loaded sample lake answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sql import DIMENSIONS, read, read_all
from sql.comments import explanations, grain
from sql.files import ROOT as SQL
from tasks.report.cards import shown
from tasks.report.questions import Answer

PAGE = SQL.parent / "docs" / "analysts.md"
STAR = ("songplays", "users", "songs", "artists", "time")
LEDGER = ("objects", "rejected_records", "check_results", "runs")
SHOWN = 5
TYPES = re.compile(r"^    (\w+) +([A-Z]+(?: PRECISION)?(?:\(\d+(?:, \d+)?\))?)", re.MULTILINE)
INTRODUCTION = """\
# For analysts

<!-- Made from the files in sql/ by tests/report/test_analysts.py, which compares it; it says how to write it anew. -->

The star schema is in `sparkify`: the fact `songplays`, four dimensions, and two views that save the joins. How the
numbers got there is in `etl`. All times are UTC. What is loaded changes in one commit an hour: no query sees half.

```console
$ python -m embedded psql              # the local warehouse; on Redshift, any client
dev=# SELECT artist_name, COUNT(*) FROM plays WHERE start_time >= '2018-11-01' AND start_time < '2018-12-01'
dev-# GROUP BY artist_name ORDER BY 2 DESC LIMIT 5;
dev=# \\d sparkify.songplays            -- each column, with what it means
```

`python -m flows.report` writes one page with all of the questions below and their answers; `python -m flows.answers`
prints three. Name the days you mean by `start_time` (`>=` and `<`): the fact is sorted by it, and Redshift skips
the rest.

## The star

"""
VIEWS = """
A play whose song the song data does not know has NULL in `song_id` and `artist_id`: an inner join with `songs` drops
it, in the public Sparkify lake 19 of 20 plays. `song_title` and `artist_name` say what was played all the same.
"""
QUESTIONS = """
## Questions

Each is a file in `sql/analytics`; `:start` and `:end` bound the time. The answers, their first {shown} rows, are those
of the sample lake that `python -m embedded sample --hours 48 --end 2018-11-03` writes.
"""
HEALTH = """
## Questions about the pipeline

These are in `sql/analytics/pipeline`; `:since` is thirty days ago.
"""


def page(answers: dict[str, Answer]) -> str:
    """The whole page."""
    return "".join(_parts(answers))


def _parts(answers: dict[str, Answer]) -> Iterator[str]:
    yield INTRODUCTION
    yield diagram()
    yield VIEWS
    yield "\n## Tables\n"
    for table in STAR:
        yield _columns(f"sparkify.{table}", f"schema/sparkify/{table}")
    yield "\n## Views\n"
    for view in read_all("views"):
        yield _columns(f"sparkify.{view.name}", f"views/{view.name}")
    yield "\n## How it got there\n"
    for table in LEDGER:
        yield _columns(f"etl.{table}", f"schema/etl/{table}")
    yield QUESTIONS.format(shown=SHOWN)
    for file in read_all("analytics"):
        yield _question(file.name, f"analytics/{file.name}")
        yield f"\n{_answer(answers[file.name])}"
    yield HEALTH
    for file in read_all("analytics/pipeline"):
        yield _question(file.name, f"analytics/pipeline/{file.name}")


def diagram() -> str:
    """The star as a mermaid diagram: tables with their columns, and what joins them."""
    lines = ["erDiagram"]
    keys = {table.name: table.key for table in DIMENSIONS}
    for name, key in keys.items():
        if key in types("songplays"):
            lines.append(
                f"    songplays }}o--{'o|' if name in ('songs', 'artists') else '||'} {name} : {key}"
            )
    lines.append("    songs }o--|| artists : artist_id")
    for table in STAR:
        lines.append(f"    {table} {{")
        for column, kind in types(table).items():
            mark = " PK" if keys.get(table, "songplay_id") == column else ""
            mark = " FK" if not mark and column in keys.values() else mark
            lines.append(f"        {kind.split('(')[0].replace(' ', '_').lower()} {column}{mark}")
        lines.append("    }")
    return "\n".join(["```mermaid", *lines, "```", ""])


def types(table: str) -> dict[str, str]:
    """The columns of a table of the star with their types."""
    return dict(TYPES.findall(read(f"schema/sparkify/{table}").text))


def _columns(name: str, file: str) -> str:
    kinds = dict(TYPES.findall(read(file).text))
    meant = explanations(file)
    if not kinds:
        return _section(name, grain(file), ("column", "meaning"), meant.items())
    rows = ((column, f"`{kinds[column]}`", words) for column, words in meant.items())
    return _section(name, grain(file), ("column", "type", "meaning"), rows)


def _section(name: str, words: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return f"\n### {name}\n\n{words}\n\n{_table(heads, rows)}"


def _question(name: str, file: str) -> str:
    content = (SQL / f"{file}.sql").read_text(encoding="utf-8")
    header = [line[3:] for line in content.splitlines() if line.startswith("-- ")]
    notes = " ".join(line for line in header[1:] if not line.startswith("Question:"))
    told = f"{notes}\n\n" if notes else ""
    return f"\n### {read(file).fields['Question']}\n\n{told}```sql\n-- sql/{file}.sql\n{read(file).text}\n```\n"


def _answer(answer: Answer) -> str:
    rows = (tuple(shown(row[c]) for c in answer.columns) for row in answer.rows[:SHOWN])
    return _table(answer.columns, rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines
    )
