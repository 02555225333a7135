"""UNLOAD to S3: files, formats and what happens to those already there; what it writes COPY reads."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import polars as pl
import psycopg2
import pytest
from copy_loading import Loading

SELECT = "select * from t"


@pytest.fixture
def loading(redshift: Any, lake: Any) -> Loading:
    made = Loading(redshift, lake)
    made.table("a INTEGER, b VARCHAR(20), c DECIMAL(10,2), d TIMESTAMP, e BOOLEAN")
    made.run(
        "INSERT INTO t VALUES (1, 'x|\"y\", z', 4.60, '2018-11-01 05:06:07', true),"
        " (2, NULL, NULL, NULL, NULL), (3, 'two\nlines', -0.05, '2018-11-02', false)"
    )
    return made


def unload(loading: Loading, options: str, select: str = SELECT) -> dict[str, bytes]:
    loading.run(f"UNLOAD ('{select}') TO 's3://{{bucket}}/out/f_' IAM_ROLE default {options}")
    return {key: loading.lake.get(key) for key in loading.lake.keys("out")}


ROUND_TRIPS = [
    ("CSV", "CSV EMPTYASNULL"),
    ("CSV HEADER", "CSV IGNOREHEADER 1 EMPTYASNULL"),
    ("ESCAPE", "ESCAPE EMPTYASNULL"),
    ("DELIMITER '\\t' ADDQUOTES ESCAPE NULL AS 'none'",
     "DELIMITER '\\t' REMOVEQUOTES ESCAPE NULL AS 'none'"),
    ("CSV GZIP", "CSV GZIP EMPTYASNULL"),
    ("CSV BZIP2 PARALLEL OFF", "CSV BZIP2 EMPTYASNULL"),
    ("CSV ZSTD", "CSV ZSTD EMPTYASNULL"),
    ("JSON", "JSON 'auto'"),
    ("FORMAT AS PARQUET", "FORMAT AS PARQUET"),
]  # fmt: skip


@pytest.mark.parametrize(("out", "back"), ROUND_TRIPS)
def test_copy_reads_what_unload_wrote(loading: Loading, out: str, back: str) -> None:
    before = loading.rows()
    unload(loading, out)
    loading.run("DELETE FROM t")
    loading.run(f"COPY t FROM 's3://{{bucket}}/out/f_' IAM_ROLE default {back}")
    if "JSON" not in back:  # whose numbers went through a binary float, which is Redshift's way
        assert loading.rows() == before
    assert [row[:2] for row in loading.rows()] == [row[:2] for row in before]


def test_names_tell_slice_part_and_compression(loading: Loading) -> None:
    assert list(unload(loading, "CSV GZIP")) == ["out/f_0000_part_00.gz"]
    assert list(unload(loading, "CSV PARALLEL OFF CLEANPATH")) == ["out/f_000"]
    parquet = unload(loading, "FORMAT PARQUET CLEANPATH")
    assert list(parquet) == ["out/f_0000_part_00.parquet"]
    assert pl.read_parquet(io.BytesIO(parquet["out/f_0000_part_00.parquet"])).height == 3


def test_rows_are_spread_over_the_slices(loading: Loading) -> None:
    loading.run("DELETE FROM t")
    loading.lake.put("in", "".join(f"{i},x,,,\n" for i in range(3000)))
    loading.run("COPY t FROM 's3://{bucket}/in' IAM_ROLE default CSV")
    files = unload(loading, "CSV GZIP MANIFEST")
    written = {key: gzip.decompress(data) for key, data in files.items() if key[-1] == "z"}
    assert [data.count(b"\n") for data in written.values()] == [2000, 1000]
    manifest = json.loads(files["out/f_manifest"])
    urls = [f"s3://{loading.lake.bucket}/{key}" for key in written]
    assert sorted(entry["url"] for entry in manifest["entries"]) == urls


def test_what_is_there_is_not_overwritten_unasked(loading: Loading) -> None:
    unload(loading, "CSV")
    with pytest.raises(psycopg2.InternalError, match="unload destination on S3 is not empty"):
        unload(loading, "CSV")
    assert len(unload(loading, "CSV ALLOWOVERWRITE")) == 1


def test_the_views_tell_what_was_unloaded(loading: Loading) -> None:
    unload(loading, "CSV")
    url = f"s3://{loading.lake.bucket}/out/f_0000_part_00"
    assert loading.run("SELECT TRIM(path), line_count FROM stl_unload_log") == [(url, 3)]
    told = loading.run("SELECT status, unloaded_rows, unloaded_files_count FROM sys_unload_history")
    assert told == [("completed", 3, 1)]


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("select * from t limit 1", "Limit clause is not supported"),
        ("delete from t", "UNLOAD takes a SELECT statement"),
        ("select * from nowhere", "does not exist"),
        ("select 1 from t on conflict", "syntax error"),
    ],
)
def test_a_query_that_cannot_be_unloaded_is_refused(
    loading: Loading, select: str, message: str
) -> None:
    with pytest.raises(psycopg2.Error, match=message):
        unload(loading, "CSV", select)


def test_an_empty_result_writes_no_file(loading: Loading) -> None:
    assert unload(loading, "CSV", f"{SELECT} where a > 99") == {}
