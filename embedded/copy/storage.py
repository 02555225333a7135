"""The S3 objects that COPY and UNLOAD name: stores, keys, and S3's errors in Redshift's words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from embedded.copy.records import LoadDies
from embedded.errors import NotImitated
from embedded.session import Session

NO_KEY = (
    "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,CanRetry 1"
)
NO_BUCKET = (
    "S3ServiceException:The specified bucket does not exist,"
    "Status 404,Error NoSuchBucket,CanRetry 1"
)
DENIED = "S3ServiceException:Access Denied,Status 403,Error AccessDenied,CanRetry 0"
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]")


@dataclass
class Storage:
    """The S3 of this warehouse; a store per bucket, made when first used."""

    settings: dict[str, str]
    region: str | None = None

    @classmethod
    def of(cls, session: Session, region: str | None = None) -> Storage:
        """The S3 that the warehouse's own settings name."""
        rows = session.run("SELECT name, value FROM redshift_catalog.settings")
        settings: dict[str, str] = dict(rows)
        if not settings.get("s3_endpoint"):
            raise NotImitated("COPY and UNLOAD without an S3 (start it: python -m embedded start)")
        return cls(settings, region)

    @cached_property
    def _options(self) -> dict[str, object]:
        return {
            "endpoint": self.settings["s3_endpoint"],
            "access_key_id": self.settings["s3_access_key_id"],
            "secret_access_key": self.settings["s3_secret_access_key"],
            "region": self.settings.get("s3_region", "us-east-1"),
        }

    def check_region(self) -> None:
        """Refuse a REGION that is none; every region's buckets are served by the one S3 here."""
        if self.region is not None and not _REGION.fullmatch(self.region):
            raise LoadDies(f"The specified region '{self.region}' is not valid")

    def store(self, bucket: str) -> S3Store:
        """The store of one bucket."""
        return _store(os.getpid(), bucket, tuple(self._options.items()))


@lru_cache(maxsize=32)
def _store(process: int, bucket: str, options: tuple[tuple[str, Any], ...]) -> S3Store:
    """A store, whose connections this process uses again: to make one takes as long as a small COPY."""
    return S3Store(
        bucket,
        **dict(options),
        virtual_hosted_style_request=False,
        client_options={"allow_http": True, "timeout": "300s"},
    )


def split_url(url: str) -> tuple[str, str]:
    """Bucket and key of an s3:// URL."""
    bucket, _, key = url.removeprefix("s3://").partition("/")
    if not url.startswith("s3://") or not bucket:
        raise LoadDies(f"The S3 path '{url}' is not of the form s3://bucket/key")
    return bucket, key


@contextmanager
def s3_errors(prefix: str = "") -> Iterator[None]:
    """Tell the errors of the S3 client as Redshift does, without an endpoint or key in them."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        missing = NO_BUCKET if "NoSuchBucket" in str(error) else NO_KEY
        raise LoadDies(prefix + missing) from None
    except (PermissionDeniedError, UnauthenticatedError):
        raise LoadDies(prefix + DENIED) from None
    except BaseError as error:
        known = NO_BUCKET if "NoSuchBucket" in str(error) else None
        message = known or f"S3ServiceException:{type(error).__name__}"
        raise LoadDies(prefix + message) from None
    except ValueError:  # a key that no store of ours can hold
        raise LoadDies(prefix + NO_KEY) from None
