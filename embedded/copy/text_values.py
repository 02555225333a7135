"""Character values: UTF-8, NUL bytes, blanks, and lengths in bytes."""

from __future__ import annotations

from dataclasses import dataclass

from embedded.columns import Column
from embedded.copy.options import Options
from embedded.copy.records import BadValue, Field, Kind

TOO_LONG = "String length exceeds DDL length"
MAX_VARCHAR = 65_535


@dataclass(frozen=True)
class TextConverter:
    """Fields into a VARCHAR or CHAR column; `replaced` counts what ACCEPTINVCHARS changed."""

    column: Column
    options: Options

    def __call__(self, field: Field) -> str | None:
        """The value that the column takes; None for NULL."""
        kind, raw = field
        if kind is Kind.NULL or self._is_null(raw):
            return None
        is_char = self.column.type == "char"
        if self.options.trim_blanks and not is_char:
            raw = raw.rstrip(b" ")
        if not raw.isascii():
            raw = _single_byte(raw) if is_char else self.valid(raw)
        if b"\0" in raw:
            raw = _cut_at_nul(raw)
        return self._fit(raw).decode()

    def _is_null(self, raw: bytes) -> bool:
        if not raw:
            return self.options.empty_as_null
        return self.options.blanks_as_null and raw.isspace()

    def valid(self, raw: bytes) -> bytes:
        """The same bytes when they are UTF-8, with their bad parts replaced where that is asked."""
        try:
            raw.decode()
            return raw
        except UnicodeDecodeError as error:
            if self.options.replace_invalid is None:
                raise _bad_utf8(raw, error) from None
        return replace_invalid(raw, self.options.replace_invalid.encode())

    def _fit(self, raw: bytes) -> bytes:
        length = self.column.length or MAX_VARCHAR
        if len(raw) <= length:
            return raw
        if not raw[length:].strip(b" "):
            return raw[:length]
        if self.options.truncate_columns:
            return raw[:length].decode(errors="ignore").encode()
        raise BadValue(1204, TOO_LONG)


def replace_invalid(raw: bytes, replacement: bytes) -> bytes:
    """Each invalid byte sequence becomes as many replacement characters as it has bytes."""
    done, position = [], 0
    while True:
        try:
            raw[position:].decode()
        except UnicodeDecodeError as error:
            start, end = position + error.start, position + error.end
            done += [raw[position:start], replacement * (end - start)]
            position = end
        else:
            return b"".join([*done, raw[position:]])


def _cut_at_nul(raw: bytes) -> bytes:
    if raw[0] == 0 and len(raw) > 1:
        raise BadValue(1218, "Invalid null byte - field longer than 1 byte")
    return raw[: raw.index(b"\0")]


def _single_byte(raw: bytes) -> bytes:
    start = next(i for i, byte in enumerate(raw) if byte > 127)
    lead = raw[start]
    size = 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1
    reason = "Multibyte character not supported for CHAR (Hint: Try using VARCHAR). Invalid char: "
    raise BadValue(1220, reason + raw[start : start + size].hex(" "), start)


def _bad_utf8(raw: bytes, error: UnicodeDecodeError) -> BadValue:
    """Redshift's three kinds: more than four bytes, not all there, no such byte."""
    start = error.start
    lead = raw[start]
    size = 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1
    sequence = raw[start : start + size]
    continued = all(byte & 0xC0 == 0x80 for byte in sequence[1:])
    if lead in range(0xF8, 0xFE):
        number, sequence = 1, sequence[:1]
    elif size > 1 and (len(sequence) < size or not continued):
        number, sequence = 2, raw[start : error.end]
    else:
        number = 3
    reason = "String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: "
    return BadValue(1220, f"{reason}{sequence.hex(' ')} (error {number})", start)
