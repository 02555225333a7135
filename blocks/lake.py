"""The lake: the S3 bucket that producers write, and the one of our own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Any

import obstore
from obstore.auth.boto3 import Boto3CredentialProvider
from obstore.exceptions import BaseError, GenericError
from obstore.store import S3Store
from prefect.blocks.core import Block
from prefect_aws import AwsCredentials
from pydantic import ConfigDict, Field, HttpUrl, PrivateAttr

from blocks.aws import no_credentials, session_of, told
from blocks.errors import UsageError

KEPT = timedelta(minutes=10)  # botocore's credentials are good for that long whenever it gives them
NOT_ALLOWED = "may not be {verb} with these credentials"
REFUSALS = {
    "NoSuchBucket": "does not exist",
    "AccessDenied": NOT_ALLOWED,
    "InvalidAccessKeyId": NOT_ALLOWED,
    "SignatureDoesNotMatch": NOT_ALLOWED,  # what S3 says of it repeats the request, and its token
    "ExpiredToken": NOT_ALLOWED,
    "InvalidToken": NOT_ALLOWED,
}


@dataclass(frozen=True, order=True, slots=True)
class LakeObject:
    """One object as a listing shows it; `last_modified` is naive UTC, `size` in bytes."""

    key: str
    etag: str
    size: int
    last_modified: datetime


def lake_object(meta: Any) -> LakeObject:
    """The listing entry of obstore as a `LakeObject`."""
    modified = meta["last_modified"].astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return LakeObject(meta["path"], (meta["e_tag"] or "").strip('"'), meta["size"], modified)


class Lake(Block):
    """Where producers land events and songs, and where the pipeline keeps manifests and bundles.

    Example:
        Load a stored lake and list its songs:
        ```python
        from blocks import Lake

        lake = Lake.load("BLOCK_NAME")
        songs = list(lake.walk("song_data"))
        ```
    """

    _block_type_name = "Sparkify Lake"
    _block_type_slug = "sparkify-lake"
    _logo_url = HttpUrl(str(AwsCredentials._logo_url))
    _documentation_url = HttpUrl(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html"
    )
    model_config = ConfigDict(hide_input_in_errors=True)  # the input has keys

    bucket: str = Field(
        title="Lake: bucket",
        description="Bucket that holds log_data/ and song_data/; only read.",
        min_length=1,
    )
    events_prefix: str = Field(
        default="log_data", title="Lake: events", description="Prefix of the activity logs."
    )
    songs_prefix: str = Field(
        default="song_data", title="Lake: songs", description="Prefix of the song metadata."
    )
    work_bucket: str = Field(
        title="Work: bucket",
        description="Bucket for manifests and bundles; read and written.",
        min_length=1,
    )
    work_prefix: str = Field(
        default="sparkify", title="Work: prefix", description="Prefix inside the work bucket."
    )
    region: str = Field(
        default="us-east-1", title="S3: region", description="Region of both buckets."
    )
    endpoint: str | None = Field(
        default=None, title="S3: endpoint", description="S3 endpoint, when it is not AWS's."
    )
    credentials: AwsCredentials = Field(
        default_factory=AwsCredentials,
        title="S3: AWS credentials",
        description="AWS credentials; empty means boto3's own chain (role, profile, variables).",
    )

    # A store has connections and credentials of its own: a new one for each request costs ten times
    # the request, and with a role a call of STS.
    _stores: dict[str, S3Store] = PrivateAttr(default_factory=dict)

    def __copy__(self) -> Lake:
        made = super().__copy__()
        made._stores = {}  # a copy is made to change what a store depends on
        return made

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        return state | {"__pydantic_private__": {"_stores": {}}}

    def store(self, bucket: str) -> S3Store:
        """The object store over one of the two buckets."""
        if bucket not in self._stores:
            self._stores[bucket] = self._new_store(bucket)
        return self._stores[bucket]

    def _new_store(self, bucket: str) -> S3Store:
        options: dict[str, Any] = {"region": self.region, "virtual_hosted_style_request": True}
        if self.endpoint:
            options |= {"endpoint": self.endpoint, "virtual_hosted_style_request": False}
            options |= {"client_options": {"allow_http": self.endpoint.startswith("http:")}}
        return S3Store(bucket, **options, **self._authentication())

    def _authentication(self) -> dict[str, Any]:
        given = self.credentials
        if given.aws_access_key_id and given.aws_secret_access_key and not given.assume_role_arn:
            return {
                "access_key_id": given.aws_access_key_id,
                "secret_access_key": given.aws_secret_access_key.get_secret_value(),
                **({"session_token": given.aws_session_token} if given.aws_session_token else {}),
            }
        with told("credentials for the lake"):
            session = session_of(given, self.region)
            if session.get_credentials() is None:
                raise no_credentials()
        return {"credential_provider": Boto3CredentialProvider(session, ttl=KEPT)}

    def walk(self, prefix: str) -> Iterator[LakeObject]:
        """Every object under a folder, page by page."""
        with self._told():
            for page in obstore.list(self.store(self.bucket), prefix=prefix, chunk_size=1000):
                yield from map(lake_object, page)

    def folder(self, prefix: str) -> tuple[list[str], list[LakeObject]]:
        """The folders and the objects directly in a folder."""
        with self._told():
            listing = obstore.list_with_delimiter(self.store(self.bucket), prefix=prefix)
        return list(listing["common_prefixes"]), [lake_object(meta) for meta in listing["objects"]]

    @contextmanager
    def _told(self, verb: str = "listed", bucket: str = "") -> Iterator[None]:
        """Say in one line what S3 says against using the bucket at all."""
        try:
            yield
        except (BaseError, OSError) as error:  # NoSuchBucket comes as a FileNotFoundError
            for code, words in REFUSALS.items():
                if f"<Code>{code}</Code>" in str(error):
                    why = words.format(verb=verb)
                    whose = (
                        f"work bucket {bucket!r}" if bucket else f"lake's bucket {self.bucket!r}"
                    )
                    raise UsageError(f"the {whose} {why}") from None
            raise

    def url(self, key: str) -> str:
        """The s3:// address of an object that producers wrote."""
        return f"s3://{self.bucket}/{key}"

    def put_work(self, name: str, body: bytes | IO[bytes]) -> str:
        """Write an object of our own and return its s3:// address."""
        path = f"{self.work_prefix}/{name}"
        with self._told("written", self.work_bucket):
            obstore.put(self.store(self.work_bucket), path, body)
        return f"s3://{self.work_bucket}/{path}"

    def work_folders(self, name: str) -> list[str]:
        """The names of the folders in a folder of our own."""
        store, prefix = self.store(self.work_bucket), f"{self.work_prefix}/{name}"
        try:
            listing = obstore.list_with_delimiter(store, prefix=prefix)
        except GenericError as error:
            if "<Code>NoSuchBucket</Code>" in str(error):
                return []  # nothing was ever written
            raise
        return sorted(folder.rpartition("/")[2] for folder in listing["common_prefixes"])

    def walk_work(self, name: str) -> Iterator[LakeObject]:
        """Every object under a folder of our own."""
        prefix = f"{self.work_prefix}/{name}"
        for page in obstore.list(self.store(self.work_bucket), prefix=prefix, chunk_size=1000):
            yield from map(lake_object, page)

    def delete_work(self, keys: Sequence[str]) -> None:
        """Delete objects of our own, by the keys that `walk_work` gives; what is gone is no error."""
        if outside := [key for key in keys if not key.startswith(f"{self.work_prefix}/")]:
            raise ValueError(f"{outside[0]} is not under {self.work_prefix}/")
        if keys:
            obstore.delete(self.store(self.work_bucket), list(keys))
