"""COPY from S3: what loads, what is rejected and why, and what the views tell."""

from __future__ import annotations

import bz2
import gzip
import json
from decimal import Decimal
from typing import Any

import psycopg2
import pytest
import zstandard
from copy_loading import DOWN, Loading

from embedded import NotImitated


@pytest.fixture
def loading(redshift: Any, lake: Any) -> Loading:
    return Loading(redshift, lake)


VALUES = [
    # type, JSON value, options, what is stored or (code, reason)
    ("VARCHAR(20)", "4.60", "", "4.60"),
    ("VARCHAR(20)", "1e400", "", "1e400"),
    ("VARCHAR(20)", '{"a": 1.50}', "", '{"a": 1.50}'),
    ("VARCHAR(20)", "true", "", "true"),
    ("VARCHAR(20)", "null", "", None),
    ("VARCHAR(20)", '""', "", ""),
    ("VARCHAR(20)", '""', "EMPTYASNULL", None),
    ("VARCHAR(20)", '"  "', "", "  "),
    ("VARCHAR(20)", '"  "', "BLANKSASNULL", None),
    ("VARCHAR(20)", '"x  "', "TRIMBLANKS", "x"),
    ("VARCHAR(20)", r'"a\tb\n\\\u00e9"', "", "a\tb\n\\é"),
    ("VARCHAR(20)", r'"a\u0000b"', "", "a"),
    ("VARCHAR(20)", r'"\u0000b"', "", (1218, "Invalid null byte - field longer than 1 byte")),
    ("VARCHAR(3)", '"é"', "", "é"),
    ("VARCHAR(3)", '"éé"', "", (1204, "String length exceeds DDL length")),
    ("VARCHAR(3)", '"éé"', "TRUNCATECOLUMNS", "é"),
    ("VARCHAR(3)", '"abc   "', "", "abc"),
    ("INTEGER", "1.0", "", 1),
    ("BIGINT", "1541044398796.0", "", 1541044398796),
    ("BIGINT", "9223372036854775807.00", "", 9223372036854775807),
    ("SMALLINT", "-7.000", "", -7),
    ("SMALLINT", "32768.0", "", (1222, "Overflow, Value '32768', Type: Short")),
    ("INTEGER", "1.5", "", (1207, "Invalid digit, Value '.', Pos 1, Type: Integer")),
    ("INTEGER", "1.0e1", "", (1207, "Invalid digit, Value '.', Pos 1, Type: Integer")),
    ("INTEGER", '"1.0"', "", (1207, "Invalid digit, Value '.', Pos 1, Type: Integer")),
    ("INTEGER", '"12"', "", 12),
    ("INTEGER", '""', "", None),
    ("INTEGER", "true", "", (1207, "Invalid digit, Value 't', Pos 0, Type: Integer")),
    ("BIGINT", "9223372036854775807", "", 9223372036854775807),
    ("DECIMAL(10,2)", "4.60", "", Decimal("4.59")),
    ("DECIMAL(10,2)", '"4.60"', "", Decimal("4.60")),
    ("DECIMAL(10,2)", '"4.609"', "", Decimal("4.60")),
    ("DECIMAL(10,2)", '"4.609"', "ROUNDEC", Decimal("4.61")),
    ("DECIMAL(3,2)", '"10.1"', "", (1209, "Overflow for NUMERIC(3,2)")),
    ("DOUBLE PRECISION", "0.1", "", 0.1),
    ("DOUBLE PRECISION", "1e400", "", (1204, "Overflow, Value '1e400', Type: Double")),
    ("BOOLEAN", "true", "", True),
    ("BOOLEAN", '"maybe"', "", (1210, "Unknown boolean format")),
    ("DATE", '"2018-02-30"', "", (1205, "Invalid date format or value [YYYY-MM-DD]")),
    ("DATE", '"2018-02-30"', "ACCEPTANYDATE", None),
]


@pytest.mark.parametrize(("kind", "value", "options", "wanted"), VALUES)
def test_a_json_value_becomes_what_redshift_makes_of_it(
    loading: Loading, kind: str, value: str, options: str, wanted: object
) -> None:
    loading.table(f"n INTEGER, v {kind}")
    content = f'{{"n": 1, "v": {value}}}\n'
    if isinstance(wanted, tuple):
        with pytest.raises(psycopg2.InternalError, match=r"Load into table 't' failed\.  Check"):
            loading.copy(content, f"JSON 'auto' {options}")
        assert [row[4:] for row in loading.errors()] == [wanted]
    else:
        loading.copy(content, f"JSON 'auto' {options}")
        assert loading.rows() == [(1, wanted)]


TIMES = [
    ("2018-11-01 05:06:07", "", "2018-11-01 05:06:07"),
    ("2018-11-01", "", "2018-11-01 00:00:00"),
    ("2018-11-01T05:06:07Z", "", 1206),
    ("2018-11-01T05:06:07.195Z", "TIMEFORMAT 'auto'", "2018-11-01 05:06:07.195"),
    ("J2451187", "TIMEFORMAT 'auto'", "1999-01-08 00:00:00"),
    ("1541106106796", "TIMEFORMAT 'auto'", 1206),
    ("1541106106796", "TIMEFORMAT 'epochmillisecs'", "2018-11-01 21:01:46.796"),
    ("1541106106", "TIMEFORMAT AS 'epochsecs'", "2018-11-01 21:01:46"),
    ("11/02/2018 07:08:09 PM", "TIMEFORMAT 'MM/DD/YYYY HH:MI:SS AM'", "2018-11-02 19:08:09"),
]


@pytest.mark.parametrize(("value", "options", "wanted"), TIMES)
def test_timeformat_reads_one_format_for_all(
    loading: Loading, value: str, options: str, wanted: str | int
) -> None:
    loading.table("v TIMESTAMP")
    loading.copy(f"{value}\n2018-11-01x\n", f"MAXERROR 10 {options}")
    codes = [row[4] for row in loading.errors()]
    if isinstance(wanted, int):
        assert codes == [wanted, 1206]
    else:
        assert loading.run("SELECT v::varchar FROM t") == [(wanted,)]


def test_json_objects_need_no_lines_and_lines_need_not_be_objects(loading: Loading) -> None:
    loading.table("a INTEGER, b VARCHAR(10)")
    loading.copy('{"a":1}{"a":2,\n "b": "x"}  {"a":3}\n\n{"A":4}', "JSON 'auto'")
    assert loading.rows() == [(1, None), (2, "x"), (3, None), (None, None)]


def test_ignorecase_matches_any_case_at_the_first_level_only(loading: Loading) -> None:
    loading.table("userid INTEGER, level VARCHAR(5)")
    loading.copy('{"userId":7,"LEVEL":"paid"}\n{"x":{"level":"no"}}', "JSON 'auto ignorecase'")
    assert loading.rows() == [(7, "paid"), (None, None)]


def test_every_bad_record_is_one_error_and_the_others_load(loading: Loading) -> None:
    loading.table("a INTEGER")
    content = '{"a":1}\n{"a":\n{"a":2}\n[{"a":3}]\n{"a":4},\n{"a":5}\n{"a":"x"}\n{"a":6}'
    loading.copy(content, "JSON 'auto' MAXERROR 10")
    assert loading.rows() == [(1,), (2,), (4,), (5,), (6,)]
    assert [row[0] for row in loading.errors()] == [2, 4, 5, 7]


def test_maxerror_that_is_reached_loads_nothing(loading: Loading) -> None:
    loading.table("a INTEGER")
    content = '{"a":1}\n{"a":"x"}\n{"a":"y"}\n'
    with pytest.raises(psycopg2.InternalError) as caught:
        loading.copy(content, "JSON 'auto' MAXERROR 2")
    assert (caught.value.pgcode, caught.value.diag.message_primary) == ("XX000", DOWN)
    assert loading.rows() == []
    loading.copy(content, "JSON 'auto' IGNOREALLERRORS")
    assert loading.rows() == [(1,)]


def test_the_views_tell_lines_loaded_and_rejected(loading: Loading) -> None:
    loading.table("a INTEGER NOT NULL")
    loading.copy('{"a":1}\n{"a":null}\n{"a":3}', "JSON 'auto' MAXERROR 5")
    told = loading.run(
        "SELECT status, loaded_rows, error_count, file_format FROM sys_load_history"
        " WHERE query_id = pg_last_copy_id()"
    )
    assert told == [("completed", 2, 1, "json")]
    assert loading.run("SELECT lines_scanned, bytes_scanned FROM sys_load_detail") == [(3, 26)]
    assert loading.run("SELECT pg_last_copy_count()") == [(2,)]
    assert loading.errors() == [(2, "a", "int4", "", 1213, "Missing data for not-null field")]


def test_error_rows_survive_the_rollback_and_are_seen_before_it(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.connection.autocommit = False
    loading.copy('{"a":"x"}\n{"a":1}\n', "JSON 'auto' MAXERROR 5")
    assert len(loading.errors()) == 1
    loading.connection.rollback()
    assert (len(loading.errors()), loading.rows()) == (1, [])
    loading.connection.commit()


def test_a_failed_copy_in_a_block_kills_the_block(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.connection.autocommit = False
    with pytest.raises(psycopg2.InternalError, match="failed"):
        loading.copy('{"a":"x"}', "JSON 'auto'")
    with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
        loading.run("SELECT 1")
    loading.connection.rollback()
    assert len(loading.errors()) == 1


def test_copy_tells_its_notice_and_no_count(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.lake.put("one", '{"a":1}')
    loading.connection.notices.clear()
    with loading.connection.cursor() as cursor:
        role = "'arn:aws:iam::123456789012:role/r'"
        cursor.execute(f"copy t from 's3://{loading.lake.bucket}/one' iam_role {role} json 'auto'")
        assert (cursor.rowcount, cursor.statusmessage) == (-1, "COPY")
    assert loading.connection.notices == [
        "INFO:  Load into table 't' completed, 1 record(s) loaded successfully.\n"
    ]


def manifest(bucket: str, *entries: tuple[str, bool | None]) -> str:
    listed = [
        {"url": f"s3://{bucket}/{key}"} | ({} if mandatory is None else {"mandatory": mandatory})
        for key, mandatory in entries
    ]
    return json.dumps({"entries": listed})


def test_a_manifest_loads_what_it_lists_as_often_as_it_lists_it(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.lake.put("x/1", '{"a":1}')
    loading.lake.put("x/2", '{"a":2}')
    listed = manifest(loading.lake.bucket, ("x/1", True), ("x/1", True), ("x/none", False))
    loading.copy(listed, "JSON 'auto' MANIFEST")
    assert loading.rows() == [(1,), (1,)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "Manifest file is not in correct json format"),
        ('{"files": []}', "Manifest file is not in correct json format"),
        (None, "Problem reading manifest file - S3ServiceException:The specified key does not"),
        ("mandatory", "S3ServiceException:The specified key does not exist"),
        ("optional", "None of the files in the manifest exist"),
    ],
)
def test_a_bad_manifest_is_refused(loading: Loading, content: str | None, message: str) -> None:
    loading.table("a INTEGER")
    if content in ("mandatory", "optional"):
        content = manifest(loading.lake.bucket, ("gone", content == "mandatory"))
    if content is not None:
        loading.lake.put("m", content)
    with pytest.raises(psycopg2.InternalError) as caught:
        loading.run("COPY t FROM 's3://{bucket}/m' IAM_ROLE default JSON 'auto' MANIFEST")
    assert message in caught.value.diag.message_primary
    assert "code:      8001" in caught.value.diag.message_detail


def test_a_prefix_is_a_prefix_of_keys_and_must_match_one(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.lake.put("data/2024-01-1", '{"a":1}')
    loading.lake.put("data/2024-01-19/x", '{"a":2}')
    loading.run("COPY t FROM 's3://{bucket}/data/2024-01-1' IAM_ROLE default JSON 'auto'")
    assert loading.rows() == [(1,), (2,)]
    with pytest.raises(psycopg2.InternalError) as caught:
        loading.run("COPY t FROM 's3://{bucket}/data/2025' IAM_ROLE default JSON 'auto'")
    assert caught.value.diag.message_primary == (
        "The specified S3 prefix 'data/2025' does not exist"
    )


PACKED = {
    "GZIP": lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]),
    "BZIP2": bz2.compress,
    "ZSTD": zstandard.compress,
}


@pytest.mark.parametrize("name", PACKED)
def test_compressed_files_load_and_cut_ones_do_not(loading: Loading, name: str) -> None:
    loading.table("a INTEGER")
    packed = PACKED[name](b'{"a":1}\n{"a":2}\n')
    loading.copy(packed, f"JSON 'auto' {name}")
    assert loading.rows() == [(1,), (2,)]
    with pytest.raises(psycopg2.InternalError, match="Load into table"):
        loading.copy(packed[:-5], f"JSON 'auto' {name} MAXERROR 100")
    assert "end of" in loading.errors()[-1][5]
    assert loading.rows() == [(1,), (2,)]


def test_jsonpaths_pick_by_path_and_a_file_without_them_is_auto(loading: Loading) -> None:
    loading.table("a INTEGER, b VARCHAR(10)")
    loading.lake.put("jp", '{"jsonpaths":["$.x.y","$.l[1]"]}')
    paths = f"JSON 's3://{loading.lake.bucket}/jp'"
    loading.copy('{"x":{"y":1},"l":["p","q"]}', paths)
    assert loading.rows() == [(1, "q")]
    loading.copy('{"x":{"y":2},"l":[]}', f"{paths} MAXERROR 5")
    reason = "Invalid JSONPath format: Not an array or index out of range."
    assert loading.errors()[-1][5] == reason
    loading.lake.put("jp", '{"paths":[]}')
    loading.copy('{"a":3}', paths)
    assert loading.rows() == [(1, "q"), (3, None)]


def test_csv_reads_quotes_headers_and_lines_in_quotes(loading: Loading) -> None:
    loading.table("a INTEGER, b VARCHAR(20)")
    loading.copy('a,b\r\n1,"x ""y"", z"\r\n2,"two\nlines"\n,\n3,\\N\n', "CSV IGNOREHEADER 1")
    assert loading.rows() == [(1, 'x "y", z'), (2, "two\nlines"), (3, None), (None, "")]


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        ("1,a,b\n", "CSV", 1202),
        ("1\n", "CSV", 1214),
        ('1,"a\n', "CSV", 1216),
        ('1,a"b\n', "CSV", 1216),
        ("1|a\0b\n", "", 1216),
        ("\n", "", 1211),
        ("1|'a\n", "REMOVEQUOTES", 1216),
        (b"1|\xa4\n", "", 1220),
    ],
)
def test_a_broken_line_has_its_code(
    loading: Loading, content: str | bytes, options: str, code: int
) -> None:
    loading.table("a INTEGER, b VARCHAR(20)")
    with pytest.raises(psycopg2.InternalError, match="Load into table"):
        loading.copy(content, options)
    assert [row[4] for row in loading.errors()] == [code]


def test_delimited_text_with_escapes_quotes_and_short_lines(loading: Loading) -> None:
    loading.table("a INTEGER, b VARCHAR(20)")
    loading.copy("1|a\\|b\\\\\n2|x\\\ny\n", "ESCAPE")
    loading.copy("3|'it|s'\n4|\"q\"\n", "REMOVEQUOTES")
    loading.copy("5\n\n", "FILLRECORD IGNOREBLANKLINES")
    loading.copy("6\tt|\n", r"DELIMITER '\t'")
    loading.copy("7\x01t\n", r"DELIMITER AS '\001'")
    loading.copy("8    nine \n", "FIXEDWIDTH 'a:5,b:5'")
    assert loading.rows() == [
        (1, "a|b\\"), (2, "x\ny"), (3, "it|s"), (4, "q"), (5, ""), (6, "t|"), (7, "t"),
        (8, "nine "),
    ]  # fmt: skip


def test_acceptinvchars_replaces_and_tells(loading: Loading) -> None:
    loading.table("a VARCHAR(10)")
    loading.copy(b"x\xa4\xa5y\n", "ACCEPTINVCHARS '^'")
    assert loading.rows() == [("x^^y",)]
    assert loading.run("SELECT line_number, TRIM(colname) FROM stl_replacements") == [(1, "a")]


def test_identity_and_defaults_fill_what_is_not_listed(loading: Loading) -> None:
    loading.table("id BIGINT IDENTITY(1,1), a INTEGER, b VARCHAR(5) DEFAULT 'd'")
    loading.lake.put("f", "1\n2\n")
    loading.run("COPY t (a) FROM 's3://{bucket}/f' IAM_ROLE default")
    assert sorted(loading.run("SELECT a, b FROM t")) == [(1, "d"), (2, "d")]
    with pytest.raises(psycopg2.Error, match="identity"):
        loading.run("COPY t (id, a) FROM 's3://{bucket}/f' IAM_ROLE default")
    loading.lake.put("g", "70|3\n")
    loading.run("COPY t (id, a) FROM 's3://{bucket}/g' IAM_ROLE default EXPLICIT_IDS")
    assert loading.run("SELECT id FROM t WHERE a = 3") == [(70,)]


def test_a_region_must_be_one_and_may_be_any(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.copy("1\n", "REGION AS 'us-west-2'")
    with pytest.raises(psycopg2.InternalError, match="region 'mars' is not valid"):
        loading.copy("1\n", "REGION 'mars'")
    assert loading.rows() == [(1,)]


def test_noload_checks_and_loads_nothing(loading: Loading) -> None:
    loading.table("a INTEGER")
    loading.copy("1\n", "NOLOAD")
    assert loading.rows() == []
    with pytest.raises(psycopg2.InternalError, match="Load into table"):
        loading.copy("x\n", "NOLOAD")


def test_super_keeps_its_json(loading: Loading) -> None:
    loading.table("a INTEGER, v SUPER")
    loading.copy('{"a":1,"v":{"n":4.60,"x":[1,2]}}', "JSON 'auto'")
    assert loading.run("SELECT JSON_SERIALIZE(v) FROM t") == [('{"n":4.60,"x":[1,2]}',)]


def test_formats_that_are_not_imitated_are_named(loading: Loading) -> None:
    loading.table("a INTEGER")
    with pytest.raises(NotImitated, match="ORC"):
        loading.copy("x", "FORMAT ORC")
