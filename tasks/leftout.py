"""What the attempts to stage a part have found out about it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from blocks.lake import Lake
from tasks.batch import BatchObject
from tasks.judge import BadObjects, Reject
from tasks.raw_text import with_raw_text


@dataclass
class LeftOut:
    """The objects that are left out, with why; some of their rejects; and among how many COPYs the
    others are divided, because one of them would skip more lines than a COPY may.
    """

    reasons: dict[BatchObject, str] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    copies: int = 1

    def add(self, lake: Lake, bad: BadObjects) -> None:
        """Leave these out too; the words of their rejects are kept while the lake has them."""
        self.reasons |= bad.reasons
        try:
            self.rejects += with_raw_text(lake, bad.rejects)
        except BadObjects:
            self.rejects += bad.rejects
