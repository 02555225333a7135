"""Whatever text arrives, the translator answers: a translation, a refusal, or 'not imitated'."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.columns import Column
from embedded.errors import NotImitated, Refused
from embedded.query import Context, translate, translate_expression

SECONDS = 2.0


def column(name: str, type_: str) -> Column:
    return Column(name, type_, None, None, None, False, None, None, False)


TABLES = {
    '"t"': [column("a", "integer"), column("b", "varchar"), column("ts", "timestamp")],
    '"s"': [column("a", "integer"), column("v", "super"), column("d", "date")],
}
CONTEXT = Context(columns=TABLES.get)

STATEMENTS = [
    "SELECT a, b AS x, COUNT(*) FROM t WHERE b LIKE 'x%' GROUP BY 1, 2 HAVING COUNT(*) > 1 ORDER BY x",
    "SELECT * FROM t q QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY ts DESC) = 1",
    "INSERT INTO t (a, b) SELECT a, 'x' FROM s WHERE d BETWEEN '2018-01-01' AND CURRENT_DATE",
    "INSERT INTO t VALUES (1, 'x', DEFAULT), (-2, NULL, GETDATE())",
    "UPDATE t SET b = s.d::VARCHAR FROM s WHERE t.a = s.a AND s.v.x[0].y = 1",
    "DELETE FROM t USING s WHERE t.a = s.a AND t.b IN (SELECT b FROM t)",
    "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 'x'"
    " WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)",
    "WITH x AS (SELECT 1 AS n UNION ALL SELECT a FROM t) SELECT * FROM x MINUS SELECT a FROM s",
    "SELECT LISTAGG(DISTINCT b, ',') WITHIN GROUP (ORDER BY b), MEDIAN(a), DATEDIFF(day, ts, d)"
    " FROM t LEFT JOIN s USING (a) GROUP BY GROUPING SETS ((a), ())",
    "SELECT CASE a WHEN 1 THEN 'x' ELSE b END, DECODE(a, 1, 2, 3), EXTRACT(hr FROM ts),"
    " TIMESTAMP 'epoch' + a / 1000 * INTERVAL '1 second', CAST(a AS DECIMAL(10, 2)) / 3 FROM t",
    "SELECT q.* EXCLUDE (b, ts), COUNT(*) AS n, TRY_CAST(b AS DATE) FROM t q GROUP BY ALL",
    "SELECT i.x, n, k, LAG(a, 2) IGNORE NULLS OVER (ORDER BY d) FROM s, s.v.y AS i AT n, UNPIVOT s.v AS w AT k",
    "SELECT ARRAY(1, b, NULL), OBJECT('x', t.a), ts - 7, d + t.a, DATEADD(ms, t.a, ts), FNV_HASH(b, 1) FROM t, s",
]
PIECES = [
    *sorted({word for text in STATEMENTS for word in text.replace("(", " ( ").split()}),
    "'", '"', "--", "/*", "*/", ";", ")", "(", ",", ".", "::", "[0]", "\\", "$1", "$$", "\0", "é", "#",
    "OVER", "RANGE", "TOP", "LIMIT", "OFFSET", "INTO", "ROLLUP", "EXISTS", "ANY", "ALL", "E'\\'",
    "1e999", "0x", "1.", ".5", "..", "99999999999999999999", "IS", "NOT", "NULL", "TRUE", "AT TIME ZONE",
]  # fmt: skip


def answers(sql: str) -> str:
    """Translate; anything but an answer, or one that takes too long, fails the test."""
    start = time.thread_time()
    try:
        found = translate(sql, CONTEXT)
    except (Refused, NotImitated) as verdict:
        found = str(verdict)
    assert time.thread_time() - start < SECONDS
    return found


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_gets_an_answer(sql: str) -> None:
    assert isinstance(answers(sql), str)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_order_of_words_gets_an_answer(words: list[str]) -> None:
    assert isinstance(answers(" ".join(words)), str)
    assert isinstance(answers("SELECT " + " ".join(words)), str)


@settings(max_examples=1000, deadline=None)
@given(st.sampled_from(STATEMENTS), st.data())
def test_a_broken_statement_gets_an_answer(sql: str, data: st.DataObject) -> None:
    words = sql.replace("(", " ( ").replace(")", " ) ").split()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = data.draw(st.sampled_from(PIECES))
    assert isinstance(answers(" ".join(words)), str)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_any_expression_gets_an_answer(words: list[str]) -> None:
    try:
        found = translate_expression(" ".join(words), CONTEXT)
    except (Refused, NotImitated) as verdict:
        found = str(verdict)
    assert isinstance(found, str)


def test_the_statements_themselves_are_translated() -> None:
    for sql in STATEMENTS:
        assert translate(sql, CONTEXT)


def test_deep_nesting_is_refused_and_does_no_harm() -> None:
    for opening, closing in [("(", ")"), ("NOT ", ""), ("-", ""), ("CASE WHEN a THEN ", " END")]:
        assert (
            "stack depth" in answers(f"SELECT {opening * 5000}1{closing * 5000} FROM t")
            or opening == "-"
        )
    assert answers("SELECT " + "1 + " * 20000 + "1")
    assert answers("SELECT a FROM t WHERE " + "a = 1 OR " * 20000 + "a = 2").startswith("SELECT")


def test_a_long_union_is_one_list() -> None:
    rows = " UNION ALL ".join(f"SELECT {n} AS n, 'x' AS s" for n in range(3000))
    assert answers(rows).startswith("(SELECT 0 ")
    assert answers(f"INSERT INTO t (a, b) {rows}").startswith("INSERT")
