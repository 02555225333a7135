"""Files and keys made to break COPY: each gives Redshift's error and a row in the views, or loads."""

from __future__ import annotations

import gzip
import time
from typing import Any

import psycopg2
import pytest
from copy_loading import Loading


@pytest.fixture
def loading(redshift: Any, lake: Any) -> Loading:
    made = Loading(redshift, lake)
    made.table("a INTEGER, b VARCHAR(100)")
    return made


GOOD = b'{"a":1,"b":"x"}\n'
BIG = b'{"a":1,"b":"' + b"x" * 5_000_000 + b'"}'

HOSTILE = {
    "an object of 5 MB": (BIG + b"\n" + GOOD, "JSON 'auto'", 1204),
    "an object of 5 MB among others": (GOOD * 9 + BIG + b"\n" + GOOD * 9, "JSON 'auto'", 1204),
    "a line of 5 MB among others": (b"1,x\n" * 9 + b"1," + b"x" * 5_000_000 + b"\n", "CSV", 1204),
    "an object of 5 MB over lines": (BIG.replace(b",", b",\n") + GOOD, "JSON 'auto'", 1204),
    "an endless string": (b'{"a":1,"b":"' + b"x" * 5_000_000, "JSON 'auto'", 1204),
    "a line of a million columns": (b"1," * 1_000_000 + b"\n", "CSV", 1202),
    "an open quote before 5 MB": (b'1,"' + b"x\n" * 2_500_000, "CSV", 1204),
    "nesting without an end": (b"[" * 100_000 + b"\n", "JSON 'auto'", 1216),
    "nesting in a value": (
        b'{"a":1,"b":' + b"[" * 50_000 + b"]" * 50_000 + b"}\n", "JSON 'auto'", 1204),
    "truncated gzip": (gzip.compress(GOOD * 50)[:-9], "JSON 'auto' GZIP", 1216),
    "no gzip at all": (GOOD, "JSON 'auto' GZIP", 1216),
    "gzip without saying so": (gzip.compress(GOOD), "JSON 'auto'", 1216),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, "JSON 'auto'", 1216),
    "a NUL between records": (GOOD + b"\0" + GOOD, "JSON 'auto'", 1216),
    "a NUL in a string": (b'{"a":1,"b":"x\0y"}', "JSON 'auto'", 1216),
    "a NUL in a line": (b"1,x\0y\n", "CSV", 1216),
    "invalid UTF-8": (b'{"a":1,"b":"\xff\xfe"}\n', "JSON 'auto'", 1220),
    "a surrogate in UTF-8": (b"1,\xed\xa0\x80\n", "CSV", 1220),
    "a lone surrogate": (b'{"a":1,"b":"\\ud800"}\n', "JSON 'auto'", 1220),
    "UTF-8 cut at the end": (b"1,\xc3\n", "CSV", 1220),
    "a number beyond range": (b'{"a":99999999999999999999999999}\n', "JSON 'auto'", 1222),
    "five thousand digits": (b'{"a":' + b"9" * 5_000 + b"}\n", "JSON 'auto'", 1222),
    "an exponent": (b'{"a":1e400}\n', "JSON 'auto'", 1207),
    "no number": (b'{"a":NaN}\n', "JSON 'auto'", 1216),
    "a zero in front": (b'{"a":01}\n', "JSON 'auto'", 1216),
    "single quotes": (b"{'a':1}\n", "JSON 'auto'", 1216),
    "a comma too many": (b'{"a":1,}\n', "JSON 'auto'", 1216),
    "an array of objects": (b'[{"a":1},{"a":2}]', "JSON 'auto'", 1216),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_error_with_a_row(loading: Loading, name: str) -> None:
    content, options, code = HOSTILE[name]
    started = time.monotonic()
    with pytest.raises(psycopg2.InternalError, match=r"Load into table 't' failed\.  Check"):
        loading.copy(content, options)
    assert [row[4] for row in loading.errors()] == [code]
    assert loading.rows() == []
    assert time.monotonic() - started < 20


def test_a_broken_file_fails_the_load_whatever_maxerror_says(loading: Loading) -> None:
    loading.lake.put("in/a", gzip.compress(GOOD))
    loading.lake.put("in/b", gzip.compress(GOOD * 9)[:-9])
    with pytest.raises(psycopg2.InternalError, match="Load into table"):
        loading.run("COPY t FROM 's3://{bucket}/in/' IAM_ROLE default JSON 'auto' GZIP MAXERROR 9")
    named = loading.run("SELECT TRIM(filename) FROM stl_load_errors")
    assert named == [(f"s3://{loading.lake.bucket}/in/b",)]


HARMLESS = {
    "nothing": (b"", []),
    "blank lines": (b"\n\n \n", []),
    "keys twice": (b'{"a":1,"a":2}', [(1, None)]),
    "an empty key": (b'{"":5,"a":1}', [(1, None)]),
    "escaped keys": (b'{"\\u0061":1}', [(1, None)]),
    "deep nesting in what is ignored": (b'{"a":1,"z":' + b"[" * 9_999 + b"]" * 9_999 + b"}",
                                        [(1, None)]),
    "invalid UTF-8 in what is ignored": (b'{"a":1,"z":"\xff"}', [(1, None)]),
    "Windows line ends": (b'{"a":1}\r\n{"a":2}\r\n', [(1, None), (2, None)]),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_file_loads(loading: Loading, name: str) -> None:
    content, rows = HARMLESS[name]
    loading.copy(content, "JSON 'auto'")
    assert loading.rows() == rows


ODD_KEYS = ["it's", 'a"b', "ü 😀", "100%", "a%20b", "plus+and&=", "back\\slash", "star*?", " blank ",
            "#hash", "~^{}[]|<>", "semi;colon--"]  # fmt: skip


@pytest.mark.parametrize("key", ODD_KEYS)
def test_an_odd_key_is_found_by_manifest_and_by_prefix(loading: Loading, key: str) -> None:
    (loading.lake.folder / "odd").mkdir()
    (loading.lake.folder / "odd" / key).write_bytes(GOOD)
    loading.run("COPY t FROM 's3://{bucket}/odd/' IAM_ROLE default JSON 'auto'")
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    manifest = f'{{"entries":[{{"url":"s3://{loading.lake.bucket}/odd/{quoted}"}}]}}'
    loading.copy(manifest, "JSON 'auto' MANIFEST")
    assert loading.rows() == [(1, "x"), (1, "x")]


@pytest.mark.parametrize("key", ["new\\nline", "tab\\there", "a//b", "..", "nul\\u0000"])
def test_a_key_that_cannot_be_there_is_missing(loading: Loading, key: str) -> None:
    manifest = f'{{"entries":[{{"url":"s3://{loading.lake.bucket}/{key}","mandatory":true}}]}}'
    with pytest.raises(psycopg2.InternalError, match="The specified key does not exist"):
        loading.copy(manifest, "JSON 'auto' MANIFEST")


def test_the_views_keep_what_they_must_and_no_more(loading: Loading) -> None:
    from embedded.copy import journal

    loading.copy(GOOD, "JSON 'auto'")
    loading.run("SELECT 1")
    forget = journal._forget("load_history", ("load_files",)).replace(
        f"OFFSET {journal._KEPT}", "OFFSET 1"
    )
    assert f"OFFSET {journal._KEPT}" not in forget
    loading.copy(GOOD, "JSON 'auto'")
    loading.copy(GOOD, "JSON 'auto'")
    from psycopg2.extensions import cursor as plain_cursor

    with loading.connection.cursor(cursor_factory=plain_cursor) as cursor:
        cursor.execute(forget)
    assert loading.run("SELECT COUNT(*) FROM sys_load_history") == [(1,)]
