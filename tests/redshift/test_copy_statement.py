"""COPY and UNLOAD statements: what is read, what is refused, and that nothing else happens."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy_redshift import commands
from sqlalchemy_redshift.dialect import RedshiftDialect

from embedded import NotImitated
from embedded.copy.options import Options
from embedded.copy.statement import read_copy
from embedded.copy.unload_statement import read_unload
from embedded.errors import Refused

ROLE = "'arn:aws:iam::123456789012:role/r'"
FROM = f"COPY t FROM 's3://b/p' IAM_ROLE {ROLE}"

READ = [
    ("", Options()),
    ("FORMAT AS JSON AS 'auto'", Options(format="json")),
    ("format json", Options(format="json")),
    ("JSON AS 'auto ignorecase' GZIP", Options(
        format="json", json_paths="auto ignorecase", compression="gzip")),
    ("JSON 's3://b/jp.json' MANIFEST REGION AS 'us-east-1'", Options(
        format="json", json_paths="s3://b/jp.json", manifest=True, region="us-east-1")),
    ("CSV QUOTE AS '%' DELIMITER ';' IGNOREHEADER AS 2", Options(
        format="csv", quote="%", delimiter=";", ignore_header=2)),
    ("delimiter '\\t' null as '\\\\N' escape", Options(delimiter="\t", escape=True)),
    ("delimiter '\\001' null '\\0'", Options(delimiter="\x01", null_as="\0")),
    ("maxerror as 5 dateformat 'auto' timeformat as 'epochsecs' compupdate off statupdate on",
     Options(max_error=5, date_format="auto", time_format="epochsecs")),
    ("ACCEPTINVCHARS ACCEPTANYDATE ROUNDEC NOLOAD TRIMBLANKS COMPUPDATE PRESET COMPROWS 1000",
     Options(replace_invalid="?", accept_any_date=True, round_decimals=True, no_load=True,
             trim_blanks=True)),
    ("ACCEPTINVCHARS AS '^' ENCODING UTF16LE FILLRECORD", Options(
        replace_invalid="^", encoding="utf16le", fill_record=True)),
    ("FIXEDWIDTH AS 'a:3, b:25'", Options(format="fixedwidth", widths=(("a", 3), ("b", 25)))),
    ("FORMAT PARQUET MANIFEST STATUPDATE OFF", Options(format="parquet", manifest=True)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options"), READ)
def test_parameters_are_read_in_every_spelling(text: str, options: Options) -> None:
    assert read_copy(f"{FROM} {text}").options == options


AUTH = [
    "IAM_ROLE default",
    f"iam_role {ROLE}",
    "IAM_ROLE 'arn:aws:iam::123456789012:role/a,arn:aws-cn:iam::123456789012:role/b/c'",
    f"CREDENTIALS 'aws_iam_role={ROLE[1:-1]}'",
    f"WITH CREDENTIALS AS 'aws_iam_role={ROLE[1:-1]}'",
    "CREDENTIALS AS 'aws_access_key_id=AK;aws_secret_access_key=s/+=;token=t'",
    "ACCESS_KEY_ID 'AK' SECRET_ACCESS_KEY 's' SESSION_TOKEN 't'",
]


@pytest.mark.parametrize("auth", AUTH)
def test_each_kind_of_authorization_is_taken(auth: str) -> None:
    assert read_copy(f"COPY s.t (a, b) FROM 's3://b/p' {auth} CSV").columns == ("a", "b")


REFUSED = [
    ("COPY t FROM 's3://b/p' CSV", "Invalid credentials. Must be of the format"),
    ("COPY t FROM 's3://b/p' IAM_ROLE 'nonsense'", "Invalid credentials"),
    ("COPY t FROM 's3://b/p' CREDENTIALS 'aws_access_key_id=A; aws_secret_access_key=B'", "Inval"),
    (f"{FROM} CREDENTIALS 'aws_iam_role=x'", "IAM_ROLE is not compatible with CREDENTIALS"),
    (f"{FROM} SESSION_TOKEN 'x'", "IAM_ROLE is not compatible with ACCESS_KEY_ID"),
    (f"{FROM} CSV ESCAPE", "CSV is not compatible with ESCAPE"),
    (f"{FROM} CSV REMOVEQUOTES", "CSV is not compatible with REMOVEQUOTES"),
    (f"{FROM} CSV FIXEDWIDTH 'a:1'", "CSV is not compatible with FIXEDWIDTH"),
    (f"{FROM} DELIMITER ',' FIXEDWIDTH 'a:1'", "DELIMITER is not compatible with FIXEDWIDTH"),
    (f"{FROM} QUOTE '%'", "QUOTE can be used only with CSV"),
    *[
        (f"{FROM} JSON 'auto' {other}", f"JSON is not compatible with {other.split()[0]}")
        for other in ("DELIMITER ','", "ESCAPE", "FILLRECORD", "IGNOREBLANKLINES", "NULL AS 'x'",
                      "REMOVEQUOTES", "CSV", "FIXEDWIDTH 'a:1'", "READRATIO 5")
    ],
    *[
        (f"{FROM} PARQUET {other}", f"{other.split()[0]} argument is not supported for PARQUET")
        for other in ("GZIP", "MAXERROR 1", "TIMEFORMAT 'auto'", "REGION 'x'", "IGNOREHEADER 1",
                      "TRUNCATECOLUMNS", "COMPUPDATE OFF", "IGNOREALLERRORS", "ACCEPTANYDATE",
                      "NOLOAD")
    ],
    (f"{FROM} GZIP BZIP2", "GZIP is not compatible with BZIP2"),
    (f"{FROM} MAXERROR 100001", "MAXERROR must be between 0 and 100000"),
    (f"{FROM} MAXERROR 1 IGNOREALLERRORS", "MAXERROR is not compatible with IGNOREALLERRORS"),
    (f"{FROM} GZIP GZIP", "conflicting or redundant options"),
    (f"{FROM} NONSENSE", 'syntax error at or near "NONSENSE"'),
    (f"{FROM} MAXERROR", "syntax error at end of input"),
    (f"{FROM} DELIMITER ',,'", "COPY delimiter must be a single ASCII character"),
    (f"{FROM} NULL AS '\\n'", "null representation cannot use newline"),
    ("COPY t FROM STDIN", "LOAD source is not supported"),
    ("COPY t FROM '/tmp/x' IAM_ROLE default", "LOAD source is not supported"),
    ("COPY t FROM PROGRAM 'ls'", "LOAD source is not supported"),
    ("COPY t FROM 's3://b/p' WITH (FORMAT csv)", 'syntax error at or near "("'),
    ("COPY t TO 's3://b/p' IAM_ROLE default", 'syntax error at or near "TO"'),
    ("COPY (SELECT 1) FROM 's3://b/p' IAM_ROLE default", 'syntax error at or near "("'),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "message"), REFUSED)
def test_what_redshift_refuses_is_refused(sql: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        read_copy(sql)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text", ["FORMAT ORC", "AVRO 'auto'", "LZOP", "ENCRYPTED", "SHAPEFILE", "JOB CREATE j AUTO ON"]
)
def test_what_is_not_imitated_is_named(text: str) -> None:
    with pytest.raises(NotImitated):
        read_copy(f"{FROM} {text}")


def test_no_error_shows_a_secret() -> None:
    secret = "aws_access_key_id=AKIA1;aws_secret_access_key=very secret"
    for sql in (f"COPY t FROM 's3://b/p' CREDENTIALS '{secret}'",):
        with pytest.raises(Refused) as caught:
            read_copy(sql)
        assert "AKIA1" not in str(caught.value.args)
        assert "very secret" not in str(caught.value.args)


WORDS = (
    "COPY t FROM 's3://b/p' IAM_ROLE default ( ) , . JSON CSV AS 'auto' MAXERROR 5 GZIP WITH ''"
    " DELIMITER '\\' NULL FORMAT ; -- /* $$ \"q\" UNLOAD ('select 1') TO PARALLEL OFF"
)
words = st.sampled_from(WORDS.split())


@settings(max_examples=400, deadline=None)
@given(st.lists(words | st.text(max_size=4), max_size=14).map(" ".join), st.booleans())
def test_any_text_is_read_or_refused(text: str, begins_well: bool) -> None:
    for read, start in ((read_copy, FROM), (read_unload, "UNLOAD ('select 1') TO 's3://b/p'")):
        try:
            read(f"{start} {text}" if begins_well else text)
        except (Refused, NotImitated):
            continue


TABLE = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer), schema="s")


def compiled(command: sa.Executable) -> str:
    return str(command.compile(dialect=RedshiftDialect(), compile_kwargs={"literal_binds": True}))


def test_sqlalchemys_copy_command_is_read() -> None:
    command = commands.CopyCommand(
        to=TABLE, data_location="s3://b/p", iam_role_arns=ROLE[1:-1],
        format=commands.Format.json, path_file="auto ignorecase", manifest=True, max_error=0,
        compression=commands.Compression.gzip, time_format="auto", region="us-east-1",
        empty_as_null=True, blanks_as_null=True, comp_update=False, stat_update=False,
    )  # fmt: skip
    assert read_copy(compiled(command)).options == Options(
        format="json", json_paths="auto ignorecase", manifest=True, compression="gzip",
        time_format="auto", region="us-east-1", empty_as_null=True, blanks_as_null=True,
    )  # fmt: skip


def test_sqlalchemys_unload_is_read() -> None:
    command = commands.UnloadFromSelect(
        select=sa.select(sa.literal("x")), unload_location="s3://b/p",
        iam_role_arns=ROLE[1:-1], format=commands.Format.csv, manifest=True, parallel=False,
        header=True, allow_overwrite=True,
    )  # fmt: skip
    read = read_unload(compiled(command))
    assert (read.format, read.parallel, read.header, read.manifest) == ("csv", False, True, True)


UNLOAD = f"UNLOAD ('select ''x''') TO 's3://b/o_' IAM_ROLE {ROLE}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CSV ADDQUOTES", "ADDQUOTES is not supported for UNLOAD to CSV"),
        ("PARQUET GZIP", "GZIP is not supported for UNLOAD to PARQUET"),
        ("ALLOWOVERWRITE CLEANPATH", "ALLOWOVERWRITE is not compatible with CLEANPATH"),
        ("MAXFILESIZE 1 MB", "MAXFILESIZE must be between"),
        ("NONSENSE", "syntax error"),
    ],
)
def test_bad_unloads_are_refused(text: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        read_unload(f"{UNLOAD} {text}")
    assert message in str(caught.value)


def test_unload_parameters_are_read() -> None:
    read = read_unload(
        f"{UNLOAD} FORMAT AS CSV HEADER GZIP MANIFEST VERBOSE PARALLEL OFF MAXFILESIZE AS 1 GB"
        " EXTENSION 'csv.gz' NULL AS 'nil' DELIMITER AS ';'"
    )
    assert read.select == "select 'x'"
    assert (read.format, read.header, read.compression) == ("csv", True, "gzip")
    assert (read.verbose, read.parallel, read.max_file_size) == (True, False, 1024**3)
    assert (read.extension, read.null_as, read.delimiter) == ("csv.gz", "nil", ";")
