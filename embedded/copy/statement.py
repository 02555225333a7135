"""Read a COPY statement."""

from __future__ import annotations

import re

from embedded.copy import combinations, credentials
from embedded.copy.clauses import Given, read_parameters
from embedded.copy.options import CopyStatement, Format, Options
from embedded.copy.reader import LoadReader
from embedded.errors import NotImitated, Refused, syntax_error
from embedded.statements.lexer import Token

_WIDTH = re.compile(r"\s*([^:,\s]+)\s*:\s*([1-9][0-9]*)\s*")


def read_copy(sql: str) -> CopyStatement:
    """The COPY statement in a text; refuses what Redshift refuses to read."""
    reader = LoadReader.of(sql)
    reader.expect("copy")
    path = _read_path(reader)
    columns = _read_columns(reader) if reader.accept("(") else None
    reader.expect("from")
    source = _read_source(reader)
    _refuse_jobs(reader)
    given = read_parameters(reader)
    credentials.check(given)
    combinations.check(given)
    return CopyStatement(
        table=".".join(token.text for token in path),
        table_name=path[-1].value,
        columns=columns,
        source=source,
        options=_options(given),
    )


def _read_path(reader: LoadReader) -> list[Token]:
    """The name of the table, token by token."""
    start = reader.position
    reader.dotted_name()
    read = reader.statement.tokens[start : reader.position]
    return [token for token in read if token.text != "."]


def _read_columns(reader: LoadReader) -> tuple[str, ...]:
    names = [_column(reader)]
    while reader.accept(","):
        names.append(_column(reader))
    reader.expect(")")
    return tuple(names)


def _column(reader: LoadReader) -> str:
    return column_name(reader.name_token())


def column_name(token: Token) -> str:
    """The name of a column as it stands in the statement; quoted names keep a leading quote."""
    return '"' + token.value if token.kind == "quoted" else token.value


def _read_source(reader: LoadReader) -> str:
    token = reader.take()
    if token.kind == "string" and token.value.startswith("s3://"):
        return token.value
    if token.kind == "string" and token.value.startswith(("dynamodb://", "emr://")):
        raise NotImitated(f"COPY from {token.value.partition('://')[0]}://")
    if token.kind == "string" or token.is_word("stdin", "program"):
        raise Refused(
            "0A000",
            "LOAD source is not supported."
            " (Hint: only S3 or DynamoDB or EMR based load is allowed)",
        )
    raise syntax_error(token.text)


def _refuse_jobs(reader: LoadReader) -> None:
    if any(token.is_word("job") for token in reader.left):
        raise NotImitated("COPY JOB")


def _options(given: Given) -> Options:
    form = _format(given)
    return Options(
        format=form,
        json_paths=given.get("json", "auto"),
        delimiter=given.get("delimiter", "," if form == "csv" else "|"),
        quote=given.get("quote", '"'),
        widths=_widths(given["fixedwidth"]) if "fixedwidth" in given else (),
        compression=next((name for name in ("gzip", "bzip2", "zstd") if name in given), None),
        encoding=given.get("encoding", "utf8"),
        manifest="manifest" in given,
        region=given.get("region"),
        null_as=_null_as(given.get("null")),
        escape="escape" in given,
        remove_quotes="removequotes" in given,
        fill_record="fillrecord" in given,
        ignore_blank_lines="ignoreblanklines" in given,
        ignore_header=given.get("ignoreheader", 0),
        accept_any_date="acceptanydate" in given,
        replace_invalid=given.get("acceptinvchars"),
        blanks_as_null="blanksasnull" in given,
        empty_as_null="emptyasnull" in given,
        date_format=given.get("dateformat"),
        time_format=given.get("timeformat"),
        trim_blanks="trimblanks" in given,
        truncate_columns="truncatecolumns" in given,
        round_decimals="roundec" in given,
        explicit_ids="explicit_ids" in given,
        max_error=given.get("maxerror", 0),
        ignore_all_errors="ignoreallerrors" in given,
        no_load="noload" in given,
    )


def _format(given: Given) -> Format:
    for form in ("csv", "json", "parquet", "fixedwidth"):
        if form in given:
            return form
    return "text"


def _null_as(raw: str | None) -> str:
    r"""The null text: '\\N' and '\N' are the same two characters, '\0' is the NUL byte."""
    if raw is None:
        return "\\N"
    return {"\\0": "\0", "\\000": "\0"}.get(raw, raw.replace("\\\\", "\\"))


def _widths(spec: str) -> tuple[tuple[str, int], ...]:
    parts = [_WIDTH.fullmatch(part) for part in spec.split(",")]
    found = tuple((part[1].lower(), int(part[2])) for part in parts if part)
    if len(found) != len(parts):
        raise Refused("22023", f"Invalid fixed width specification '{spec}'")
    return found
