"""The warehouse block of the embedded stack: started when it is used, with nothing to set."""

from __future__ import annotations

from typing import Any, Literal

from prefect_aws import AwsCredentials
from pydantic import Field, SecretStr, model_validator

from blocks.door import Door
from blocks.errors import SparkifyError, UsageError
from blocks.lake import Lake
from blocks.login import Login
from blocks.redshift import Redshift
from embedded import home, postgres, s3, stack
from embedded.connection_options import as_postgres
from embedded.cursor import Cursor

ROLE = "arn:aws:iam::123456789012:role/embedded"
APPLICATION_NAME = 63  # bytes that PostgreSQL keeps; of more it complains on standard error


class EmbeddedRedshift(Redshift):
    """The embedded Redshift of this machine, with its lake.

    Example:
        ```python
        from embedded.block import EmbeddedRedshift

        engine = EmbeddedRedshift.load("BLOCK_NAME").engine()
        ```
    """

    _block_type_name = "Embedded Redshift"
    _block_type_slug = "embedded-redshift"

    lake: Lake = Field(default_factory=lambda: local_lake(), description="Found by itself.")
    copy_role: str = Field(default=ROLE, description="Any role: the stand-in only reads its form.")
    database: str = Field(default=postgres.DEFAULT_DATABASE, description="Database of the server.")
    sslmode: Literal["disable"] = Field(default="disable", description="The build has no TLS.")

    @model_validator(mode="after")
    def _fits_together(self) -> EmbeddedRedshift:
        return self  # host, user and password are found by itself

    def door(self) -> Door:
        """The way to the server of this home, which is started for it."""
        start()
        to = postgres.connect_arguments(self.database)
        login = Login(to["user"], to["password"])
        return Door(lambda: (to["host"], to["port"]), lambda: login)

    def _connect_args(self, search_path: str, label: str) -> dict[str, Any]:
        made = super()._connect_args(search_path, label)
        name = str(made["application_name"]).encode()[:APPLICATION_NAME].decode(errors="ignore")
        options = as_postgres(made["options"])
        return {**made, "application_name": name, "options": options, "cursor_factory": Cursor}


def local_lake() -> Lake:
    """The lake of this home, served by the embedded S3."""
    start()
    _require_lake()
    access = s3.access()
    return Lake(
        bucket=home.BUCKET,
        work_bucket=home.WORK_BUCKET,
        region=access.region,
        endpoint=access.endpoint,
        credentials=AwsCredentials(
            aws_access_key_id=access.access_key_id,
            aws_secret_access_key=SecretStr(access.secret_access_key),
        ),
    )


def start() -> None:
    """Start the stack; what is wrong with it is told as the pipeline tells its errors."""
    try:
        stack.start()
    except home.MisusedError as error:
        raise UsageError(str(error)) from None
    except home.StackError as error:
        raise SparkifyError(str(error)) from None


def _require_lake() -> None:
    """A lake that was named must hold something; our own may still be empty."""
    bucket = home.lake() / home.BUCKET
    if home.lake_is_given() and not (bucket.is_dir() and any(bucket.iterdir())):
        raise UsageError(f"SPARKIFY_LAKE {home.lake()} has nothing in {home.BUCKET}/")
