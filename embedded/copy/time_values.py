"""Dates and times into their columns."""

from __future__ import annotations

import re

from embedded.columns import Column
from embedded.copy import time_formats
from embedded.copy.calendar_values import Moment, NoSuchTime, from_epoch, zone_offset
from embedded.copy.number_values import Converter
from embedded.copy.options import Options
from embedded.copy.records import BadValue, Field
from embedded.errors import Refused

_EPOCHS = {"epochsecs": 6, "epochmillisecs": 3}
_EPOCH = re.compile(r"([+-]?)([0-9]{1,20})(?:\.([0-9]+))?")
_TIME = re.compile(
    r"(\d{1,2}):?(\d\d)(?::?(\d\d)(?:\.(\d{1,6})\d*)?)?\s*([AaPp][Mm])?\s*"
    r"([+-]\d{1,2}(?::?\d\d)?|[A-Za-z]+(?:/[A-Za-z_]+)*)?"
)
_SHOWN = {time_formats.DEFAULT_TIME: "YYYY-MM-DD HH24:MI:SS"}


def check_formats(options: Options) -> None:
    """Refuse a DATEFORMAT or TIMEFORMAT that cannot be read."""
    for name, form in (("DATEFORMAT", options.date_format), ("TIMEFORMAT", options.time_format)):
        keywords = ("auto", *_EPOCHS) if name == "TIMEFORMAT" else ("auto",)
        if form is not None and form not in keywords and not time_formats.is_readable(form):
            raise Refused("22023", f"Invalid {name} '{form}'")


def date(column: Column, options: Options) -> Converter:
    """DATE."""
    form = options.date_format or time_formats.DEFAULT_DATE

    def convert(field: Field) -> str | None:
        text = _text(field)
        if not text:
            return None
        try:
            return time_formats.parse(text, form).date()
        except NoSuchTime:
            if options.accept_any_date:
                return None
        if form == time_formats.DEFAULT_DATE and len(text) < 10:
            raise BadValue(1205, "Invalid Date Format - length must be 10 or more")
        raise BadValue(1205, f"Invalid date format or value [{form}]")

    return convert


def timestamp(column: Column, options: Options) -> Converter:
    """TIMESTAMP, whose zones are ignored, and TIMESTAMPTZ, whose zones are converted."""
    form = options.time_format or time_formats.DEFAULT_TIME
    zoned = column.type == "timestamptz"

    def convert(field: Field) -> str | None:
        text = _text(field)
        if not text:
            return None
        try:
            moment = _epoch(text, form) if form in _EPOCHS else time_formats.parse(text, form)
            return moment.timestamp(zoned)
        except NoSuchTime:
            if options.accept_any_date:
                return None
        raise BadValue(1206, f"Invalid timestamp format or value [{_SHOWN.get(form, form)}]")

    return convert


def _epoch(text: str, form: str) -> Moment:
    match = _EPOCH.fullmatch(text)
    if match is None:
        raise NoSuchTime
    digits = _EPOCHS[form]
    fraction = (match[3] or "")[:digits].ljust(digits, "0")
    return from_epoch(int(match[1] + match[2] + fraction)).check()


def time(column: Column, options: Options) -> Converter:
    """TIME and TIMETZ."""

    def convert(field: Field) -> str | None:
        text = _text(field)
        if not text:
            return None
        try:
            return _time_of_day(text, column.type == "timetz")
        except NoSuchTime:
            raise BadValue(1206, "Invalid time format or value [HH24:MI:SS]") from None

    return convert


def _time_of_day(text: str, zoned: bool) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        raise NoSuchTime
    hour, minute, second, fraction, half, zone = match.groups()
    today = Moment(2000, 1, 1, int(hour), int(minute), int(second or 0))
    today.microsecond = int((fraction or "0").ljust(6, "0"))
    if half:
        today.hour = today.hour % 12 + (12 if half.lower() == "pm" else 0)
    today.check()
    today.offset = zone_offset(zone, today) if zone else None
    return today.timestamp(zoned).split(" ", 1)[1]


def _text(field: Field) -> str:
    return field[1].decode(errors="replace").strip()
