"""Kinds of damage: bodies of objects, and what is to become of them.

Each kind is made of the same thirty records, with a session of its own so that its plays are told apart.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tables import EVENT, SONG

COUNT = 30
Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A damage: the object's suffix, its body, and its fate: how many lines are rejected, or None."""

    name: str
    suffix: str
    make: Callable[[Records], bytes]
    rejected: int | None  # None: the object is quarantined
    lines: int = COUNT


KINDS: list[Kind] = []


def kind(
    rejected: int | None, suffix: str = ".json", lines: int = COUNT
) -> Callable[[Callable[[Records], bytes]], Callable[[Records], bytes]]:
    """Declare a damage."""

    def add(make: Callable[[Records], bytes]) -> Callable[[Records], bytes]:
        KINDS.append(Kind(make.__name__, suffix, make, rejected, lines))
        return make

    return add


def records(session: int) -> Records:
    """Thirty plays of one session."""
    return [
        EVENT | {"sessionId": session, "itemInSession": n, "ts": EVENT["ts"] + 1000 * n}
        for n in range(COUNT)
    ]


def lines(found: Records) -> list[bytes]:
    return [json.dumps(record).encode() for record in found]


def ndjson(found: Records) -> bytes:
    return b"\n".join(lines(found))


def with_lines(found: Records, changed: dict[int, bytes]) -> bytes:
    """The records, some of them with other lines."""
    return b"\n".join(changed.get(n, line) for n, line in enumerate(lines(found)))


def with_fields(found: Records, fields: dict[str, Any], which: tuple[int, ...] = (3,)) -> bytes:
    """The records, some of them with other fields."""
    return ndjson([r | fields if n in which else r for n, r in enumerate(found)])


def as_csv(found: Records, names: list[str] | None = None) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, names or list(EVENT), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode()


def pretty(found: Records) -> bytes:
    return "\n".join(json.dumps(record, indent=2) for record in found).encode()


EVERY = tuple(range(COUNT))


@kind(0)
def healthy(r: Records) -> bytes:
    return ndjson(r)


@kind(3)
def broken_and_impossible_records_on_a_line(r: Records) -> bytes:
    """COPY rejects the first and the third, takes the second and fourth, of which one is impossible."""
    broken = [json.dumps(r[n] | {"ts": "soon"}) for n in (3, 5)]
    line = broken[0] + json.dumps(r[4] | {"level": "gold"}) + broken[1] + json.dumps(r[6])
    return with_lines([*r[:3], r[3], *r[7:]], {3: line.encode()})


@kind(1)
def truncated(r: Records) -> bytes:
    return ndjson(r)[:-40]


@kind(3)
def some_garbage_lines(r: Records) -> bytes:
    return with_lines(r, {2: b"%&/()", 9: b"}{", 20: b'"text"'})


@kind(None)
def garbage_beyond_tolerance(r: Records) -> bytes:
    return with_lines(r, dict.fromkeys(range(11), b"%&/()"))


@kind(None)
def garbage_only(r: Records) -> bytes:
    return b"this is\nno log"


@kind(2)
def a_word_for_a_time(r: Records) -> bytes:
    return with_fields(r, {"ts": "soon"}, (1, 29))


@kind(1)
def an_object_for_a_number(r: Records) -> bytes:
    return with_fields(r, {"sessionId": {"id": 1}})


@kind(1)
def too_long_text(r: Records) -> bytes:
    return with_fields(r, {"artist": "x" * 2000})


@kind(1)
def too_many_bytes(r: Records) -> bytes:
    return with_lines(
        r, {3: json.dumps(r[3] | {"location": "é" * 300}, ensure_ascii=False).encode()}
    )


@kind(1)
def a_nul_byte(r: Records) -> bytes:
    return with_lines(r, {4: lines(r)[4].replace(b"Gotta", b"Go\x00ta")})


@kind(1)
def an_escaped_nul(r: Records) -> bytes:
    return with_fields(r, {"song": "\x00abc"})


@kind(1)
def invalid_utf8(r: Records) -> bytes:
    return with_lines(r, {5: lines(r)[5].replace(b"Gotta", b"G\xf6tta")})


@kind(1)
def byte_order_mark(r: Records) -> bytes:
    return b"\xef\xbb\xbf" + ndjson(r)


@kind(0, lines=0)
def empty(r: Records) -> bytes:
    return b""


@kind(0, lines=0)
def blank_lines_only(r: Records) -> bytes:
    return b"\n\n  \n"


@kind(0)
def blank_lines(r: Records) -> bytes:
    return b"\n\n".join(lines(r)) + b"\n\n"


@kind(0)
def windows_line_ends(r: Records) -> bytes:
    return b"\r\n".join(lines(r))


@kind(1)
def windows_line_ends_and_a_fault(r: Records) -> bytes:
    return with_fields(r, {"level": "gold"}).replace(b"\n", b"\r\n")


@kind(None, ".json.gz")
def cut_gzip(r: Records) -> bytes:
    return gzip.compress(ndjson(r))[:-20]


@kind(None, ".json.gz")
def gzip_of_garbage(r: Records) -> bytes:
    return gzip.compress(b"this is\nno log")


@kind(None, ".json.gz")
def no_gzip(r: Records) -> bytes:
    return ndjson(r)


@kind(None)
def an_unsaid_gzip(r: Records) -> bytes:
    return gzip.compress(ndjson(r))


@kind(1, ".json.gz")
def two_gzip_members(r: Records) -> bytes:
    """The second member holds the fault: it must be found and read back."""
    return gzip.compress(ndjson(r[:15]) + b"\n") + gzip.compress(
        with_fields(r[15:], {"level": "?"})
    )


@kind(None)
def a_huge_line(r: Records) -> bytes:
    return with_fields(r, {"note": "x" * 5_000_000})


@kind(None)
def utf16(r: Records) -> bytes:
    return ndjson(r).decode().encode("utf-16")


@kind(1)
def a_missing_key(r: Records) -> bytes:
    return ndjson([{k: v for k, v in e.items() if n != 7 or k != "ts"} for n, e in enumerate(r)])


@kind(None)
def a_key_that_is_always_missing(r: Records) -> bytes:
    return ndjson([{k: v for k, v in e.items() if k != "userId"} for e in r])


@kind(0)
def keys_in_capitals(r: Records) -> bytes:
    return ndjson([{k.upper(): v for k, v in e.items()} for e in r])


@kind(0)
def a_number_in_a_text(r: Records) -> bytes:
    return with_fields(r, {"itemInSession": "3"})


@kind(1)
def duplicate_keys(r: Records) -> bytes:
    """The first counts: a fault in the second of two is none."""
    first, second = (json.dumps(r[n])[1:].encode() for n in (6, 7))
    return with_lines(r, {6: b'{"level": "free", ' + first, 7: b'{"level": "gold", ' + second})


@kind(None)
def one_array(r: Records) -> bytes:
    return json.dumps(r).encode()


@kind(2)
def arrays_on_lines(r: Records) -> bytes:
    return with_lines(r, {3: b"[1, 2]", 4: b"[]"})


@kind(0)
def pretty_printed(r: Records) -> bytes:
    return pretty(r)


@kind(2)
def pretty_printed_with_faults(r: Records) -> bytes:
    return pretty([*r[:5], r[5] | {"level": "gold"}, r[6] | {"ts": "soon"}, *r[7:]])


@kind(0)
def an_object_for_a_text(r: Records) -> bytes:
    return with_fields(r, {"location": {"city": "Phoenix"}})


@kind(1)
def a_number_out_of_range(r: Records) -> bytes:
    return with_fields(r, {"itemInSession": 2**40})


@kind(1)
def a_fraction_for_a_whole_number(r: Records) -> bytes:
    return with_fields(r, {"sessionId": 1.5})


@kind(None)
def seconds_for_milliseconds(r: Records) -> bytes:
    return ndjson([e | {"ts": e["ts"] // 1000} for e in r])


@kind(None)
def microseconds_for_milliseconds(r: Records) -> bytes:
    return ndjson([e | {"ts": e["ts"] * 1000} for e in r])


@kind(0)
def times_in_quotes(r: Records) -> bytes:
    return ndjson([e | {"ts": str(e["ts"])} for e in r])


@kind(1)
def a_negative_time(r: Records) -> bytes:
    return with_fields(r, {"ts": -1})


@kind(1)
def a_time_to_come(r: Records) -> bytes:
    return with_fields(r, {"ts": 4102444800000})


@kind(1)
def an_unknown_level(r: Records) -> bytes:
    return with_fields(r, {"level": "gold"})


@kind(1)
def two_faults_in_one_record(r: Records) -> bytes:
    return with_fields(r, {"level": "gold", "song": "x" * 2000})


@kind(2)
def two_records_on_a_line(r: Records) -> bytes:
    two = json.dumps(r[3] | {"level": "gold"}) + json.dumps(r[4] | {"level": "gold"})
    return with_lines(r[:4] + r[5:], {3: two.encode()})


@kind(2)
def two_broken_records_on_a_line(r: Records) -> bytes:
    two = json.dumps(r[3] | {"ts": "soon"}) + json.dumps(r[4] | {"ts": "soon"})
    return with_lines(r[:4] + r[5:], {3: two.encode()})


@kind(1)
def no_number(r: Records) -> bytes:
    return with_fields(r, {"length": float("nan")})


@kind(None)
def single_quotes(r: Records) -> bytes:
    return ndjson(r).replace(b'"', b"'")


@kind(1)
def an_unfinished_text(r: Records) -> bytes:
    return with_lines(r, {3: b'{"ts": 1541106106796, "song": "You Go'})


@kind(1)
def an_unfinished_record(r: Records) -> bytes:
    return with_lines(r, {3: lines(r)[3][:-1]})


@kind(1)
def nested_without_end(r: Records) -> bytes:
    return with_lines(r, {3: b'{"a": ' + b"[" * 5000})


@kind(0, ".csv")
def csv_healthy(r: Records) -> bytes:
    return as_csv(r)


@kind(None, ".csv")
def csv_unknown_header(r: Records) -> bytes:
    return as_csv(r).replace(b"artist", b"performer", 1)


@kind(None, ".csv")
def csv_without_header(r: Records) -> bytes:
    return as_csv(r).partition(b"\n")[2]


@kind(None, ".csv")
def csv_column_twice(r: Records) -> bytes:
    return as_csv(r).replace(b"artist", b"song", 1)


@kind(None, ".csv")
def csv_empty(r: Records) -> bytes:
    return b""


@kind(0, ".csv")
def csv_byte_order_mark(r: Records) -> bytes:
    return b"\xef\xbb\xbf" + as_csv(r)


@kind(1, ".csv")
def csv_extra_field(r: Records) -> bytes:
    return as_csv(r[:-1]) + as_csv(r[-1:]).partition(b"\n")[2].replace(b"\r\n", b",more\r\n")


@kind(1, ".csv")
def csv_fields_missing(r: Records) -> bytes:
    return as_csv(r[:-1]) + b"one,two\r\n"


@kind(1, ".csv")
def csv_unknown_level(r: Records) -> bytes:
    return as_csv([*r[:3], r[3] | {"level": "gold"}, *r[4:]])


@kind(1, ".csv")
def csv_broken_text_of_two_lines(r: Records) -> bytes:
    return as_csv([*r[:3], r[3] | {"level": "gold", "song": "one\ntwo"}, *r[4:]])


@kind(0, ".csv")
def csv_text_of_two_lines(r: Records) -> bytes:
    return as_csv([*r[:3], r[3] | {"song": "one\ntwo"}, *r[4:]])


@kind(None, ".csv.gz")
def csv_cut_gzip(r: Records) -> bytes:
    return gzip.compress(as_csv(r))[:-20]


def song(**fields: Any) -> bytes:
    return json.dumps(SONG | fields).encode()


# Song objects: body, and whether its record is loaded (1), rejected (0) or the object is quarantined.
SONGS: dict[str, tuple[bytes, int | None]] = {
    "good.json": (song(song_id="S1"), 1),
    "pretty.json": (json.dumps(SONG | {"song_id": "S2"}, indent=2).encode(), 1),
    "pretty_too_long.json": (json.dumps(SONG | {"title": "x" * 2000}, indent=2).encode(), 0),
    "truncated.json": (song()[:-9], None),
    "garbage.json": (b"\x00\xff", None),
    "empty.json": (b"", None),
    "latin1.json": (song().replace(b"London", b"M\xfcnchen"), None),
    "array.json": (b"[" + song() + b"]", None),
    "no_title.json": (json.dumps({"song_id": "S3", "artist_id": "A"}).encode(), None),
    "null_title.json": (song(title=None), 0),
    "far_away.json": (song(artist_latitude=91), 0),
    "ours.json": (song(Object_Key="song_data/other.json"), None),
    "huge.json": (song(note="x" * 5_000_000), None),
    "cut.json.gz": (gzip.compress(song())[:-9], None),
    "no_gzip.json.gz": (song(), None),
    "bom.json": (b"\xef\xbb\xbf" + song(), None),
    "a_nul.json": (song(title="Go\x00ta"), None),
}
