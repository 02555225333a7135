"""What looking at one thing found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `verdict` is ok, wrong, or skipped because of what went before."""

    what: str
    verdict: str
    words: str

    def __str__(self) -> str:
        return f"{self.verdict:7} {self.what}: {self.words}"
