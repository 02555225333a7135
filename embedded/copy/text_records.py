"""Cut delimited text, CSV and fixed-width files into records."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embedded.copy.json_records import Outcome, check_size
from embedded.copy.options import Options
from embedded.copy.records import NOTHING, BadRecord, Field, Kind, Record

BAD_QUOTES = "Invalid quote formatting for CSV"

Cut = tuple[list[Field], list[int], int]
"""The fields of a record, where each begins, and where the record ends."""


class Unfinished(Exception):
    """The data end inside a quoted field or after an escape."""


class Broken(Exception):
    """A line that cannot be cut: code, reason, place, and the column that was being read."""

    def __init__(self, code: int, reason: str, position: int, column: int) -> None:
        super().__init__(code, reason, position, column)
        self.code = code
        self.reason = reason
        self.position = position
        self.column = column


class TextReader:
    """Reads the records of one file; `line` is the number of the line that comes next."""

    def __init__(self, options: Options, character_columns: Sequence[bool], line: int = 1) -> None:
        self._options = options
        self._cutter = cutter(options)
        self._is_text = character_columns
        self.line = line

    def next(self, data: bytes, position: int, final: bool) -> Outcome:
        """The record that begins at a position."""
        while position < len(data):
            if not final and data.find(b"\n", position) < 0:
                return self._wait(data, position)
            end = _end_of_line(data, position)
            if data[position:end].strip(b"\r") or not self._skips_blank_lines():
                return self._record(data, position, final)
            position = end + 1
            self.line += 1
        return None, len(data)

    def _skips_blank_lines(self) -> bool:
        return self._options.ignore_blank_lines

    def _wait(self, data: bytes, position: int) -> Outcome:
        check_size(len(data) - position, self.line, data[position : position + 1024])
        return None, position

    def _record(self, data: bytes, start: int, final: bool) -> Outcome:
        try:
            fields, offsets, end = self._cutter(data, start)
        except Unfinished:
            return self._unfinished(data, start, final)
        except Broken as broken:
            if not final and data.find(b"\n", broken.position) < 0:
                return self._wait(data, start)
            end = _end_of_line(data, broken.position)
            return self._bad(data, start, end, broken)
        if not final and end >= len(data):
            return self._wait(data, start)
        check_size(end - start, self.line, data[start : start + 1024])
        raw = data[start:end].removesuffix(b"\r")
        try:
            self._match(fields, offsets, raw, start)
        except Broken as broken:
            return self._bad(data, start, end, broken)
        line = self._pass_lines(data, start, end)
        return Record(line, raw, fields, [offset - start for offset in offsets]), end + 1

    def _unfinished(self, data: bytes, start: int, final: bool) -> Outcome:
        if not final:
            return self._wait(data, start)
        return self._bad(data, start, len(data), Broken(1216, BAD_QUOTES, start, -1))

    def _bad(self, data: bytes, start: int, end: int, broken: Broken) -> Outcome:
        line = self._pass_lines(data, start, end)
        raw = data[start:end].removesuffix(b"\r")
        place = max(0, broken.position - start)
        return BadRecord(broken.code, broken.reason, line, raw, place, broken.column), end + 1

    def _pass_lines(self, data: bytes, start: int, end: int) -> int:
        last = self.line + data.count(b"\n", start, end)
        self.line = last + 1
        return last

    def _match(self, fields: list[Field], offsets: list[int], raw: bytes, start: int) -> None:
        """Make the fields as many as the columns, where that may be."""
        wanted = len(self._is_text)
        if not raw and wanted > 1 and not self._options.fill_record:
            raise Broken(1211, "Line is empty", start, 0)
        if b"\0" in raw and not (self._options.null_as == "\0" and _lone_nuls(fields)):
            _refuse_nul(raw, start)
        if len(fields) == wanted + 1 and self._options.format == "text" and not fields[-1][1]:
            fields.pop()  # a delimiter at the end of the line closes the last field
        if len(fields) > wanted:
            raise Broken(1202, "Extra column(s) found", offsets[wanted], wanted - 1)
        if len(fields) < wanted and not self._options.fill_record:
            raise Broken(1214, "Delimiter not found", start + len(raw), len(fields) - 1)
        for is_text in self._is_text[len(fields) :]:
            fields.append((Kind.TEXT, b"") if is_text else NOTHING)
            offsets.append(start + len(raw))


def _lone_nuls(fields: list[Field]) -> bool:
    return not any(b"\0" in raw for _, raw in fields)


def _refuse_nul(raw: bytes, start: int) -> None:
    """A NUL byte ends a record, so that whatever comes after it is out of place."""
    place = raw.index(b"\0") + 1
    shown = raw[place : place + 1].hex() or "00"
    reason = f"Missing newline: Unexpected character 0x{shown} found at location {place}"
    raise Broken(1216, reason, start + place, -1)


def _end_of_line(data: bytes, position: int) -> int:
    end = data.find(b"\n", position)
    return len(data) if end < 0 else end


class CsvCutter:
    """Fields in quotes or not; blanks around the quotes do not count."""

    def __init__(self, options: Options) -> None:
        d, q = (re.escape(mark.encode()) for mark in (options.delimiter, options.quote))
        blank = rb"[ \t]*+" if options.delimiter != "\t" else b" *+"
        self._null = options.null_as.encode()
        self._quote = options.quote.encode()
        self._plain = re.compile(rb"([^%b%b\n]*+)(?:(%b)|(?=\n|\Z))" % (d, q, d))
        self._quoted = re.compile(
            rb"%b%b((?:[^%b]++|%b%b)*+)(%b)?%b(?:(%b)|(?=\r?\n|\r?\Z))?"
            % (blank, q, q, q, q, q, blank, d)
        )

    def __call__(self, data: bytes, position: int) -> Cut:
        """The record at a position."""
        fields: list[Field] = []
        offsets: list[int] = []
        while True:
            offsets.append(position)
            match = self._plain.match(data, position)
            if match is not None:
                fields.append(self._field(match, data))
            else:
                match = self._match_quoted(data, position, len(fields))
                fields.append((Kind.TEXT, self._undoubled(match[1])))
            position = match.end()
            if match[match.re.groups] is None:
                return fields, offsets, _past_return(data, position)

    def _field(self, match: re.Match[bytes], data: bytes) -> Field:
        raw = match[1] if match[2] else match[1].removesuffix(b"\r")
        return NOTHING if raw == self._null else (Kind.TEXT, raw)

    def _undoubled(self, raw: bytes) -> bytes:
        return raw.replace(self._quote * 2, self._quote) if self._quote in raw else raw

    def _match_quoted(self, data: bytes, position: int, column: int) -> re.Match[bytes]:
        match = self._quoted.match(data, position)
        if match is None:
            raise Broken(1216, BAD_QUOTES, position, column)
        if match[2] is None:
            raise Unfinished
        end = match.end()
        if match[3] is None and end < len(data) and data[end : end + 1] not in (b"\n", b"\r"):
            raise Broken(1216, BAD_QUOTES, end, column)
        return match


def _past_return(data: bytes, position: int) -> int:
    return position + 1 if data[position : position + 1] == b"\r" else position


class DelimitedCutter:
    """Fields between delimiters, with ESCAPE and REMOVEQUOTES where they are asked for."""

    def __init__(self, options: Options) -> None:
        d = re.escape(options.delimiter.encode())
        escaped = rb"|\\(?s:.)" if options.escape else b""
        stop = rb"\\" if options.escape else b""
        plain = rb"(?:[^%b\n%b]++%b)*+" % (d, stop, escaped)
        quoted = b"".join(
            rb"%b(?:[^%b%b]++%b)*+%b(?=%b|\r?\n|\r?\Z)|" % (q, q, stop, escaped, q, d)
            for q in ((b'"', b"'") if options.remove_quotes else ())
        )
        self._field = re.compile(rb"(%b%b)(?:(%b)|(?=\n|\Z))" % (quoted, plain, d))
        self._null = options.null_as.encode()
        self._options = options

    def __call__(self, data: bytes, position: int) -> Cut:
        """The record at a position."""
        fields: list[Field] = []
        offsets: list[int] = []
        while True:
            match = self._field.match(data, position)
            if match is None:
                raise Unfinished
            offsets.append(position)
            raw = match[1] if match[2] else match[1].removesuffix(b"\r")
            fields.append(self._meant(raw, position, len(fields)))
            position = match.end()
            if match[2] is None:
                return fields, offsets, position

    def _meant(self, raw: bytes, position: int, column: int) -> Field:
        if raw == self._null:
            return NOTHING
        if self._options.remove_quotes and raw[:1] in (b'"', b"'"):
            if len(raw) < 2 or raw[-1:] != raw[:1]:
                raise Broken(1216, "Missing end quote", position, column)
            raw = raw[1:-1]
        if self._options.escape and b"\\" in raw:
            raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
        return Kind.TEXT, raw


class FixedWidthCutter:
    """Fields at fixed places, counted in characters."""

    def __init__(self, options: Options) -> None:
        self._widths = [width for _, width in options.widths]
        self._null = options.null_as

    def __call__(self, data: bytes, position: int) -> Cut:
        """The record at a position."""
        end = _end_of_line(data, position)
        line = data[position:end].removesuffix(b"\r").decode(errors="surrogateescape")
        fields: list[Field] = []
        offsets: list[int] = []
        place = 0
        for column, width in enumerate(self._widths):
            if place >= len(line):
                raise Broken(1203, "Input line is shorter than the columns", end, column)
            part = line[place : place + width]
            offsets.append(position + place)
            raw = part.encode(errors="surrogateescape")
            fields.append(NOTHING if part == self._null else (Kind.TEXT, raw))
            place += width
        if line[place:].strip(" "):
            raise Broken(1202, "Extra column(s) found", position + place, len(self._widths) - 1)
        return fields, offsets, end


def cutter(options: Options) -> CsvCutter | DelimitedCutter | FixedWidthCutter:
    """What cuts the lines of a file in this format."""
    if options.format == "csv":
        return CsvCutter(options)
    return FixedWidthCutter(options) if options.widths else DelimitedCutter(options)
