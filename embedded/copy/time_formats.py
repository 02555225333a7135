"""DATEFORMAT and TIMEFORMAT: regular expressions made of format strings, and 'auto'."""

from __future__ import annotations

import re
from functools import lru_cache

from embedded.copy import calendar_values as calendar
from embedded.copy.calendar_values import Moment, NoSuchTime

DEFAULT_DATE = "YYYY-MM-DD"
DEFAULT_TIME = "YYYY-MM-DD HH:MI:SS"

_TOKEN = re.compile(r"YYYY|YY|MONTH|MON|MM|DDD|DD|HH24|HH12|HH|MI|SS|AM|PM|A\.M\.|P\.M\.", re.I)
_PARTS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short_year>\d\d)", "MM": r"(?P<month>\d{1,2})",
    "MON": r"(?P<month_name>[A-Za-z]{3})", "MONTH": r"(?P<month_name>[A-Za-z]{3,9})",
    "DDD": r"(?P<year_day>\d{3})", "DD": r"(?P<day>\d{1,2})", "HH24": r"(?P<hour>\d{1,2})",
    "HH12": r"(?P<hour>\d{1,2})", "HH": r"(?P<hour>\d{1,2})", "MI": r"(?P<minute>\d{1,2})",
    "SS": r"(?P<second>\d{1,2})(?:\.(?P<fraction>\d+))?", "AM": r"(?P<half>[AaPp]\.?[Mm]\.?)",
}  # fmt: skip
_CLOCK_TOKENS = frozenset(["HH24", "HH12", "HH", "MI", "SS", "AM"])
_ZONE = r"(?:\s*(?P<zone>[+-]\d{1,2}(?::?\d\d){0,2}|[A-Za-z]+(?:[/_-][A-Za-z_]+)*))?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[AaPp][Mm])\b)?"
)
_PACKED_CLOCK = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?:\.(?P<fraction>\d+))?"
_ERA = r"(?:\s*(?P<era>BC|AD|B\.C\.|A\.D\.))?"
_AUTO_DATES = (
    r"(?P<year>\d{4,6})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<short_year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<year>\d{4})\.(?P<year_day>\d{3})",
    r"[Jj](?P<julian>\d{1,7})",
    r"(?P<month>\d{1,2})(?P<mark>[-/.])(?P<day>\d{1,2})(?P=mark)(?P<year>\d{4})",
    r"(?P<month>\d{1,2})(?P<mark>[-/.])(?P<day>\d{1,2})(?P=mark)(?P<short_year>\d\d)",
    r"(?P<month_name>[A-Za-z]{3,9})[-/. ]\s*(?P<day>\d{1,2})[-/, ]\s*(?P<year>\d{2,6})",
    r"(?P<day>\d{1,2})[-/. ](?P<month_name>[A-Za-z]{3,9})[-/. ](?P<year>\d{2,6})",
    r"(?P<year>\d{4})[-/. ](?P<month_name>[A-Za-z]{3,9})[-/. ](?P<day>\d{1,2})",
)
_AUTO = [
    *(
        re.compile(rf"{date}(?:(?:[T ]\s*|(?<=\d)\s*T){clock}{_ZONE})?{_ERA}")
        for clock in (_CLOCK, _PACKED_CLOCK)
        for date in _AUTO_DATES
    ),
    re.compile(
        rf"(?P<day>\d{{1,2}}) (?P<month_name>[A-Za-z]{{3,9}}) {_CLOCK} (?P<year>\d{{4}}){_ZONE}"
    ),
]


def parse(text: str, form: str) -> Moment:
    """The moment that a text means in a format string, or 'auto'; NoSuchTime otherwise."""
    for pattern in _AUTO if form == "auto" else _patterns(form):
        if match := pattern.fullmatch(text):
            return _moment(match.groupdict())
    raise NoSuchTime


@lru_cache(maxsize=64)
def _patterns(form: str) -> tuple[re.Pattern[str], ...]:
    """A format as it is, and only as far as its date goes when the time of day comes last."""
    whole, date_only, position = "", None, 0
    matches = list(_TOKEN.finditer(form))
    for number, match in enumerate(matches):
        name = {"PM": "AM", "A.M.": "AM", "P.M.": "AM"}.get(match[0].upper(), match[0].upper())
        if name in _CLOCK_TOKENS and date_only is None:
            date_only = whole
        packed = number + 1 < len(matches) and matches[number + 1].start() == match.end()
        part = _PARTS[name].replace(r"\d{1,2}", r"\d\d") if packed else _PARTS[name]
        whole += re.escape(form[position : match.start()]) + part
        position = match.end()
    found = [re.compile(whole + re.escape(form[position:]) + _ZONE)]
    if date_only and "day" in date_only:
        found.append(re.compile(date_only))
    elif date_only is None:
        found.append(re.compile(rf"{whole}[T ]\s*{_CLOCK}{_ZONE}"))  # a DATE drops the time
    return tuple(found)


def is_readable(form: str) -> bool:
    """Whether a format string names each part at most once and has no time zone in it."""
    names = [match[0].upper()[:4] for match in _TOKEN.finditer(form)]
    kinds = [{"HH24": "HH", "HH12": "HH", "PM": "AM", "MONT": "MON"}.get(n, n) for n in names]
    rest = _TOKEN.sub("", form)
    return bool(names) and len(set(kinds)) == len(kinds) and not re.search("tz|of", rest, re.I)


def _moment(parts: dict[str, str | None]) -> Moment:
    moment = _day(parts)
    moment.hour = _hour(int(parts.get("hour") or 0), parts.get("half"))
    moment.minute = int(parts.get("minute") or 0)
    moment.second = int(parts.get("second") or 0)
    moment.microsecond = int((parts.get("fraction") or "0")[:6].ljust(6, "0"))
    moment.before_christ = (parts.get("era") or "").upper().startswith("B")
    moment.check()
    if zone := parts.get("zone"):
        moment.offset = calendar.zone_offset(zone, moment)
    return moment


def _day(parts: dict[str, str | None]) -> Moment:
    if julian := parts.get("julian"):
        return calendar.from_julian(int(julian))
    year = calendar.full_year(int(parts["short_year"] or 0)) if parts.get("short_year") else 0
    year = year or int(parts.get("year") or 0)
    if year_day := parts.get("year_day"):
        return Moment(year, *calendar.from_day_of_year(year, int(year_day)))
    if month_name := parts.get("month_name"):
        month = calendar.month_number(month_name)
    else:
        month = int(parts.get("month") or 1)
    return Moment(year, month, int(parts.get("day") or 1))


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise NoSuchTime
    return hour % 12 + (12 if half[0] in "pP" else 0)
