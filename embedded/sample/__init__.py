"""A sample lake: song data, and hours of listening, for who has no lake at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from embedded.sample.dice import Dice
from embedded.sample.live import live
from embedded.sample.objects import objects_of_hour, write
from embedded.sample.options import Options, options
from embedded.sample.songs import make_songs
from embedded.sample.timeline import hours

__all__ = ["Options", "Summary", "live", "options", "write_lake"]


@dataclass
class Summary:
    """What was written."""

    start: datetime
    end: datetime
    songs: int = 0
    events: int = 0
    plays: int = 0
    objects: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def lines(self) -> Iterator[str]:
        """The summary for a person."""
        yield f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.objects.items()))
        yield f"{self.events:,} events, {self.plays:,} of them plays, in {kinds or 'no'} objects"
        yield f"{self.songs:,} songs, one object each; {self.bytes / 1e6:,.1f} MB in all"


def write_lake(wanted: Options, bucket: Path) -> Summary:
    """Write the sample into a bucket's folder, over what is there under the same keys."""
    summary = Summary(wanted.start, wanted.end)
    known, unknown = make_songs(wanted.songs, wanted.seed)
    for song in known:
        record = song.record()
        write(bucket, song.key, record)
        summary.songs += 1
        summary.bytes += len(record)
    dice = Dice(wanted.seed, "objects")
    for hour, events in hours(wanted, known, unknown):
        summary.events += len(events)
        summary.plays += sum(event.page == "NextSong" for event in events)
        for key, content in objects_of_hour(hour, events, dice):
            write(bucket, key, content)
            summary.objects[key.partition("events")[2].partition(".")[2]] += 1
            summary.bytes += len(content)
    return summary
