"""The fast path and the exact path of COPY give the same rows, rejections and counts."""

from __future__ import annotations

import json
from typing import Any

from copy_readings import column, read
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.copy.fast_columns import fast_column
from embedded.copy.fast_json import JsonShape
from embedded.copy.options import Options

COLUMNS = [
    column("v", "varchar", length=8),
    column("c", "char", length=4),
    column("s", "smallint"),
    column("i", "integer"),
    column("b", "bigint"),
    column("r", "real"),
    column("d", "double precision"),
    column("n", "numeric", precision=8, scale=3),
    column("w", "numeric", precision=30, scale=10),
    column("t", "timestamp"),
    column("z", "timestamptz"),
    column("day", "date"),
    column("yes", "boolean"),
    column("must", "integer", not_null=True),
]
NAMES = [one.name for one in COLUMNS]
SCANNED = [one for one in COLUMNS if one.name in ("v", "s", "i", "b", "d", "must")]

ODD = [
    "4.60", "1e400", "-0", "-0.0", "1.0", "1.5", "01", "+1", ".5", "NaN", "Infinity", "1e5", "1E-7",
    "32768", "-32768", "2147483648", "9223372036854775807", "9223372036854775808", "99999.9999",
    "123456789012345678901234567890", "0.1234567890123456789", "1e22", "1e23", "5e-324", "1.15",
    "true", "false", "null", "nul", "{}", "[]", '{"a": [1, {"b": "}"}]}', '[1, "]"]', '""', '" "',
    '"abc  "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\ud83d\\ude00"', '"\\u00e9\\n\\t\\\\"',
    '"\x01"', '"é"', '"long enough to be too long"', '"blank ended        "', '"tab\tin"', '"12"',
    '"2018-11-01 05:06:07"', '"2018-11-01T05:06:07.123Z"', '"2018-02-30 00:00:00"', '"2018-11-01"',
    '"2018-11-01 05:06:07+02"', '"2018-11-01 25:00:00"', '"0000-01-01 00:00:00"', '"\\"', '"',
    "-7.00", "2147483648.0", "9007199254740993.0", "1.0e1", "1541106106796.0",
    "1541106106796", "1541106106", "0x10", "--1", "1 2", "",
]  # fmt: skip
values = st.one_of(
    st.sampled_from(ODD),
    st.integers(-(2**70), 2**70).map(str),
    st.integers(-5, 5).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(-1000, 1000, places=4).map(str),
    st.text(max_size=9).map(lambda text: json.dumps(text, ensure_ascii=False)),
    st.text(max_size=9).map(json.dumps),
)
keys = st.sampled_from([*NAMES, "V", "other", "Must", "k\\u0065y", "\\u0069", "n "])
gaps = st.sampled_from(["", "", "", " ", "\t", " \n "])


@st.composite
def objects(draw: st.DrawFn) -> str:
    members = draw(st.lists(st.tuples(keys, values, gaps, gaps), max_size=6))
    body = ",".join(f'{a}"{key}"{b}:{value}{a}' for key, value, a, b in members)
    must = draw(st.sampled_from(['"must":1', '"must": 2,"v":"ok"', '"x":0']))
    return "{" + ",".join(part for part in (must, body) if part) + "}"


lines = st.one_of(
    objects(),
    objects(),
    objects().map(lambda text: text[: len(text) // 2]),
    st.sampled_from(["", " ", "\r", "[1]", "1", '"x"', ",", "}", "{", '{"must":1}{"must":2}']),
    st.sampled_from(['{"must":1} {"must":2}', '{"must":1},', '{"must":1}x', '\ufeff{"must":1}']),
)
ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n", ""])
json_files = st.lists(st.tuples(lines, ends), max_size=12).map(
    lambda parts: "".join(line + end for line, end in parts).encode(errors="surrogatepass")
)
PLAIN = b'{"must":1,"v":"plain","d":1.5}\n' * 30
json_options = st.builds(
    Options,
    format=st.just("json"),
    json_paths=st.sampled_from(["auto", "auto ignorecase"]),
    empty_as_null=st.booleans(),
    blanks_as_null=st.booleans(),
    trim_blanks=st.booleans(),
    truncate_columns=st.booleans(),
    round_decimals=st.booleans(),
    accept_any_date=st.booleans(),
    replace_invalid=st.sampled_from([None, "?"]),
    time_format=st.sampled_from([None, "auto", "epochsecs", "epochmillisecs"]),
)


def agree(files: list[bytes], options: Options, size: int) -> None:
    exact = read(files, COLUMNS, options, fast=False)
    assert read(files, COLUMNS, options, fast=True) == exact
    assert read(files, COLUMNS, options, fast=True, chunk_size=size) == exact
    if options.format == "json":
        agree_scanned(files, options, size)


def agree_scanned(files: list[bytes], options: Options, size: int) -> None:
    exact = read(files, SCANNED, options, fast=False)
    assert read(files, SCANNED, options, fast=True, long=0) == exact
    assert read(files, SCANNED, options, fast=True, chunk_size=size, long=100) == exact


@settings(max_examples=120, deadline=None)
@given(st.lists(json_files, min_size=1, max_size=3), json_options, st.integers(20, 400))
def test_json_reads_alike_fast_and_exactly(files: list[bytes], options: Options, size: int) -> None:
    agree([PLAIN + one + PLAIN for one in files], options, size)


@settings(max_examples=80, deadline=None)
@given(json_files, st.binary(max_size=6), json_options, st.data())
def test_broken_bytes_read_alike(file: bytes, junk: bytes, options: Options, data: Any) -> None:
    place = data.draw(st.integers(0, len(file)))
    agree([PLAIN + file[:place] + junk + file[place:] + PLAIN], options, 100)


@settings(max_examples=150, deadline=None)
@given(objects(), st.integers(0, 60), st.integers(0, 2), st.sampled_from(["", *'{}[]:,"\\ 0e.-tn']))
def test_an_object_with_other_marks_reads_alike(
    made: str, place: int, size: int, mark: str
) -> None:
    broken = (made[:place] + mark + made[place + size :] + "\n").encode(errors="surrogatepass")
    agree([PLAIN + broken + PLAIN], Options(format="json", json_paths="auto"), 200)


def test_an_object_without_a_colon_comma_or_brace_is_none() -> None:
    broken = b'{"must"1}\n{"must" 1}\n{"must":1"v":"a"}\n{"must":1 "v":"a"}\n{"must":1,}\n{,}\n{"must":1\n'
    agree([PLAIN + broken + PLAIN], Options(format="json", json_paths="auto"), 200)


fields = st.one_of(
    st.sampled_from([value.strip('"') for value in ODD]),
    st.sampled_from(['"a,b"', '"a""b"', '"a\nb"', '"a', 'a"b', ' "x" ', '"x"y', "\\N", '"\\N"']),
    st.integers(-5, 5).map(str),
    st.text(max_size=5),
)
good = ["text", "ch", "1", "2", "3", "1.5", "2.5", "1.125", "7", "2018-11-01 05:06:07"]
good += ["2018-11-01 05:06:07", "2018-11-01", "t", "9"]


@st.composite
def rows(draw: st.DrawFn, delimiter: str) -> str:
    cells = list(good)
    for place, value in draw(
        st.lists(st.tuples(st.integers(0, len(good) - 1), fields), max_size=3)
    ):
        cells[place] = value
    return delimiter.join(cells[: draw(st.sampled_from([14, 14, 14, 13, 15]))])


@st.composite
def text_files(draw: st.DrawFn, delimiter: str) -> bytes:
    parts = draw(st.lists(st.tuples(rows(delimiter), ends), max_size=8))
    return "".join(row + end for row, end in parts).encode(errors="surrogatepass")


text_options = {
    "empty_as_null": st.booleans(),
    "blanks_as_null": st.booleans(),
    "trim_blanks": st.booleans(),
    "ignore_blank_lines": st.booleans(),
    "fill_record": st.booleans(),
    "round_decimals": st.booleans(),
    "null_as": st.sampled_from(["\\N", "", "NULL", "1"]),
    "time_format": st.sampled_from([None, "auto", "epochsecs"]),
}


@settings(max_examples=120, deadline=None)
@given(
    text_files(","),
    st.builds(Options, format=st.just("csv"), delimiter=st.just(","), **text_options),
    st.integers(60, 400),
)
def test_csv_reads_alike_fast_and_exactly(file: bytes, options: Options, size: int) -> None:
    plain = (",".join(good) + "\n").encode() * 20
    agree([plain + file + b"\n" + plain], options, size)


@settings(max_examples=80, deadline=None)
@given(text_files("|"), st.builds(Options, **text_options), st.integers(60, 400))
def test_delimited_text_reads_alike_fast_and_exactly(
    file: bytes, options: Options, size: int
) -> None:
    plain = ("|".join(good) + "\n").encode() * 20
    agree([plain + file + b"\n" + plain], options, size)


def test_a_quote_that_breaks_far_from_the_end_of_its_line() -> None:
    broken = b'"a,ch,1,2\n"a,b",ch,1,2,3,1.5,2.5,1.125,7\n'
    plain = (",".join(good) + "\n").encode() * 20
    agree([plain + broken + plain], Options(format="csv", delimiter=","), 60)


def test_a_record_over_two_lines_that_is_cut_behind_a_delimiter() -> None:
    plain = (",".join(good) + "\n").encode()
    broken = ('"a\nb",' + ",".join(good[1:]) + "\n").encode()
    agree([plain * 22 + broken + plain * 20], Options(format="csv", delimiter=","), 61)


def test_a_zero_keeps_its_minus() -> None:
    zeros = b'{"must":1,"r":-0,"d":-0}\n{"must":1,"r":-0.0,"d":-0e1}\n{"must":1,"n":-0}\n'
    agree([PLAIN + zeros + PLAIN], Options(format="json", json_paths="auto"), 1 << 20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(10**18), 10**18), max_size=5), st.lists(st.floats(), max_size=5))
def test_numbers_of_text_files_arrive_as_they_are_written(
    ints: list[int], floats: list[float]
) -> None:
    changed = [("4", str(one)) for one in ints] + [("6", repr(one)) for one in floats]
    lines = []
    for place, value in changed:
        cells = list(good)
        cells[int(place)] = value
        lines.append("|".join(cells))
    plain = ("|".join(good) + "\n") * 20
    agree([(plain + "\n".join(lines) + "\n" + plain).encode()], Options(), 1 << 20)


FLOATS = b"".join(
    b'{"s":%d.0,"i":%d.00,"b":1541106106796.0,"must":%d}\n' % (n, -n, n) for n in range(40)
)


def test_whole_floats_in_integer_columns() -> None:
    late = PLAIN + FLOATS + b'{"must":1.5}\n{"must":123456789012345678}\n' + FLOATS + PLAIN
    for size in (100, 1 << 20):
        agree([late], Options(format="json", json_paths="auto"), size)


def test_what_reads_a_batch_does_not_change_when_a_later_one_teaches() -> None:
    options = Options(format="json", json_paths="auto ignorecase")
    shape = JsonShape([fast_column(column("i", "integer"), options)], ["i"], ignore_case=True)
    read_early = shape.reader()
    assert shape.learn(b'{"I": 2.0}')
    assert read_early(b'{"i":1}\n')[0].rows() == [(1,)]
    assert shape.reader()(b'{"I":2.0}\n')[0].rows() == [(2,)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 3, 4]), max_size=12), st.integers(30, 300))
def test_files_whose_lines_change_their_form(order: list[int], size: int) -> None:
    """Each form teaches the fast path something while others are still being converted."""
    forms = {
        1: PLAIN,
        2: PLAIN.replace(b"must", b"MUST"),
        3: FLOATS,
        4: b'{"must":1,"v":"a\\tb\\n","new":[1]}\n' * 20,
    }
    file = b"".join(forms[one] for one in order)
    agree([file], Options(format="json", json_paths="auto ignorecase"), size)
