"""Sessions and clients of AWS whose credentials renew themselves, and what AWS says against a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)
from prefect_aws import AwsCredentials

from blocks.errors import SparkifyError, UsageError
from blocks.transient import is_aws_away

PATIENCE = Config(connect_timeout=10, read_timeout=30, retries={"mode": "standard"})
MISSING = (NoCredentialsError, PartialCredentialsError, ProfileNotFound, CredentialRetrievalError)


class _Assumed(CredentialProvider):  # type: ignore[misc]  # botocore has no types
    """Credentials of an assumed role, fetched again before they expire."""

    METHOD = CANONICAL_NAME = "assumed-role"

    def __init__(self, fetcher: AssumeRoleCredentialFetcher) -> None:
        self._fetcher = fetcher

    def load(self) -> DeferredRefreshableCredentials:
        return DeferredRefreshableCredentials(self._fetcher.fetch_credentials, self.METHOD)


@lru_cache(maxsize=16)
def session_of(credentials: AwsCredentials, region: str) -> boto3.Session:
    """A session with these credentials; those of a role outlive the hour that AWS gives them."""
    own = {"assume_role_arn": None, "region_name": region}
    base = credentials.model_copy(update=own).get_boto3_session()
    if not credentials.assume_role_arn:
        return base
    source = base.get_credentials()
    if source is None:
        raise no_credentials()
    fetcher = AssumeRoleCredentialFetcher(
        lambda service, **keys: base.client(
            service,
            aws_access_key_id=keys["aws_access_key_id"],
            aws_secret_access_key=keys["aws_secret_access_key"],
            aws_session_token=keys["aws_session_token"],
        ),
        source,
        credentials.assume_role_arn,
        extra_args=credentials.assume_role_kwargs.get_params_override(),
    )
    made = botocore.session.get_session()
    made.get_component("credential_provider").insert_before("env", _Assumed(fetcher))
    return boto3.Session(botocore_session=made, region_name=region)


@lru_cache(maxsize=32)
def client(credentials: AwsCredentials, service: str, region: str) -> Any:
    """The client of a service; one serves all threads."""
    options = credentials.aws_client_parameters.get_params_override()
    options = {"config": PATIENCE, **options}
    return session_of(credentials, region).client(service, **options)


def no_credentials() -> UsageError:
    """No AWS credentials are to be found where the block says they are."""
    return UsageError(
        "no AWS credentials are found: fill in the AWS Credentials block, or give the worker a role,"
        " a profile or AWS_ACCESS_KEY_ID"
    )


@contextmanager
def told(action: str) -> Iterator[None]:
    """Say in one line why AWS refused an action; what another try can mend is raised as it is."""
    try:
        yield
    except MISSING:
        raise no_credentials() from None
    except ClientError as error:
        if is_aws_away(error):
            raise
        said = error.response.get("Error", {})
        raise SparkifyError(
            f"AWS refuses {action}: {said.get('Code')}: {' '.join(str(said.get('Message')).split())}"
        ) from None
    except BotoCoreError as error:
        if is_aws_away(error):
            raise
        raise UsageError(f"{action} cannot be asked for: {' '.join(str(error).split())}") from None
