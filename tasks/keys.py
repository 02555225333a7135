"""What the key of an object says: the hour or day of its events, its format, its compression.

log_data/2018/11/2018-11-01-events.json                        a day
log_data/2018/11/01/2018-11-01-05-events[-0001].json[.gz]      an hour, in parts or not
song_data/A/B/C/TRxxxx.json                                    a song
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.windows import DAY, HOUR, Window

EVENTS_KEY = re.compile(
    r"^(?P<day>\d{4}-\d{2}-\d{2})(?:-(?P<hour>\d{2}))?-events(?:-\d+)?"
    r"\.(?P<format>json|csv)(?P<gz>\.gz)?$"
)
SONGS_KEY = re.compile(r"\.json(?P<gz>\.gz)?$")


@dataclass(frozen=True)
class EventsKey:
    """`begins` is the hour or midnight that the key names; `covers` an hour or a day."""

    begins: datetime
    covers: timedelta
    format: str
    compression: str

    @property
    def window(self) -> Window:
        """The time that the object stands for."""
        return Window(self.begins, self.begins + self.covers)


def parse_events_key(key: str) -> EventsKey | None:
    """What the key of an activity log says, or None when it is not one."""
    match = EVENTS_KEY.search(key.rpartition("/")[2])
    if not match:
        return None
    try:
        begins = datetime.fromisoformat(f"{match['day']}T{match['hour'] or '00'}:00")
    except ValueError:
        return None
    covers = HOUR if match["hour"] else DAY
    return EventsKey(begins, covers, match["format"], "gz" if match["gz"] else "")


def is_songs_key(key: str) -> bool:
    """Whether the object holds song metadata."""
    return SONGS_KEY.search(key) is not None
