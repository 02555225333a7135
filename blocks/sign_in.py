"""How a block signs in: by password, by a secret of Secrets Manager, or by a password that IAM lends."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from blocks.aws import client, told
from blocks.errors import UsageError
from blocks.login import MARGIN, Login

if TYPE_CHECKING:
    from blocks.redshift import Redshift

SECRET_IS_READ_AGAIN = timedelta(minutes=10)  # a rotated password shows at the next refusal anyway
LIFETIME = 3600  # seconds that a password of IAM is asked to last; the role may allow fewer


def login(block: Redshift) -> Login:
    """User and password for a new connection."""
    return {
        "password": _by_password,
        "secret": _by_secret,
        "iam": _by_identity,
        "iam-db-user": _by_database_user,
    }[block.sign_in](block)


def _by_password(block: Redshift) -> Login:
    assert block.user is not None
    assert block.password is not None
    return Login(block.user, block.password.get_secret_value())


def _by_secret(block: Redshift) -> Login:
    content = read_secret(block)
    if not content.get("username") or not content.get("password"):
        raise UsageError(f"the secret {block.secret} does not hold username and password")
    expires = datetime.now(UTC) + SECRET_IS_READ_AGAIN + MARGIN
    return Login(str(content["username"]), str(content["password"]), expires)


def read_secret(block: Redshift) -> dict[str, Any]:
    """What the block's secret holds; never part of a message."""
    with told(f"secretsmanager:GetSecretValue on {block.secret}"):
        asked = client(block.aws, "secretsmanager", block.home_region)
        text = asked.get_secret_value(SecretId=block.secret).get("SecretString", "")
    try:
        content = json.loads(text)
    except json.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        raise UsageError(f"the secret {block.secret} is not a JSON object")
    return content


def _by_identity(block: Redshift) -> Login:
    """The database user that AWS maps our own identity to."""
    if block.workgroup:
        with told(f"redshift-serverless:GetCredentials on workgroup {block.workgroup}"):
            lent = client(block.aws, "redshift-serverless", block.home_region).get_credentials(
                workgroupName=block.workgroup, dbName=block.database, durationSeconds=LIFETIME
            )
        return Login(lent["dbUser"], lent["dbPassword"], lent["expiration"])
    with told(f"redshift:GetClusterCredentialsWithIAM on cluster {block.cluster}"):
        lent = client(block.aws, "redshift", block.home_region).get_cluster_credentials_with_iam(
            ClusterIdentifier=block.cluster, DbName=block.database, DurationSeconds=LIFETIME
        )
    return Login(lent["DbUser"], lent["DbPassword"], lent["Expiration"])


def _by_database_user(block: Redshift) -> Login:
    """A database user that we name; AWS prefixes its name, and makes it when that is asked."""
    asked: dict[str, Any] = {"AutoCreate": True} if block.create_user else {}
    if block.groups:
        asked["DbGroups"] = list(block.groups)
    with told(f"redshift:GetClusterCredentials for {block.user} on cluster {block.cluster}"):
        lent = client(block.aws, "redshift", block.home_region).get_cluster_credentials(
            DbUser=block.user,
            ClusterIdentifier=block.cluster,
            DbName=block.database,
            DurationSeconds=LIFETIME,
            **asked,
        )
    return Login(lent["DbUser"], lent["DbPassword"], lent["Expiration"])
