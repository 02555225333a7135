"""A bucket for one test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import s3

if TYPE_CHECKING:
    from obstore.store import S3Store


@dataclass(frozen=True)
class Lake:
    """A bucket and the folder that it lies in."""

    bucket: str
    folder: Path

    @classmethod
    def make(cls, bucket: str) -> Lake:
        """Add an empty bucket to the running stack."""
        return cls(bucket, s3.add_bucket(bucket))

    @property
    def store(self) -> S3Store:
        """The obstore store on this bucket."""
        return s3.store(self.bucket)

    def put(self, key: str, content: str | bytes) -> None:
        """Write an object, text as UTF-8, replacing what was there."""
        self.store.put(key, content.encode() if isinstance(content, str) else content)

    def get(self, key: str) -> bytes:
        """Read an object; FileNotFoundError when there is none."""
        return bytes(self.store.get(key).bytes())

    def keys(self, prefix: str = "") -> list[str]:
        """The keys below a prefix of whole path segments, sorted."""
        return sorted(item["path"] for page in self.store.list(prefix) for item in page)

    def url(self, key: str = "") -> str:
        """The s3:// address of a key."""
        return f"s3://{self.bucket}/{key}"

    def remove(self) -> None:
        """Take the bucket out of the stack with all that is in it."""
        s3.remove_bucket(self.bucket)
