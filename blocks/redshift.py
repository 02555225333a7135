"""The warehouse block: how to reach an Amazon Redshift, and how its COPY reaches the lake."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import sqlalchemy_redshift.dialect  # noqa: F401  create_engine would import it, within a run
from prefect.blocks.core import Block
from prefect.context import FlowRunContext
from prefect_aws import AwsCredentials
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    model_validator,
)
from sqlalchemy import Engine, create_engine

from blocks import door, endpoint, role_arn, settings, sign_in, tls
from blocks.finding import Finding
from blocks.lake import Lake

KEEPALIVES = {"keepalives": 1, "keepalives_idle": 200, "keepalives_interval": 60}
KEEPALIVES |= {"keepalives_count": 5, "tcp_user_timeout": 300_000}
CONNECTIONS = 8  # as many as a flow's task runner has threads
APPLICATION_NAME = 250  # bytes that Redshift keeps
Text = Annotated[str | None, BeforeValidator(settings.blank_is_none)]


class Redshift(Block):
    """An Amazon Redshift cluster or Serverless workgroup with its lake.

    Example:
        Load a stored warehouse and ask it something:
        ```python
        from blocks import Redshift

        warehouse = Redshift.load("BLOCK_NAME")
        with warehouse.engine().connect() as connection:
            print(connection.exec_driver_sql("SELECT COUNT(*) FROM sparkify.songplays").scalar())
        ```
    """

    _block_type_name = "Redshift"
    _block_type_slug = "redshift"
    _logo_url = HttpUrl(str(AwsCredentials._logo_url))
    _documentation_url = HttpUrl("https://docs.aws.amazon.com/redshift/latest/mgmt/welcome.html")
    model_config = ConfigDict(hide_input_in_errors=True)  # the input has the password

    host: Text = Field(
        default=None,
        title="Where: host",
        description="Endpoint without port; empty: looked up by the cluster or the workgroup.",
    )
    port: int | None = Field(
        default=None,
        title="Where: port",
        description="Port of the endpoint; empty: as looked up, else 5439.",
        ge=1,
        le=65535,
    )
    cluster: Text = Field(
        default=None,
        title="Where: cluster identifier",
        description="Identifier of a provisioned cluster; for IAM, and to look up the host.",
    )
    workgroup: Text = Field(
        default=None,
        title="Where: Serverless workgroup",
        description="Name of a Serverless workgroup, instead of a cluster.",
    )
    region: Text = Field(
        default=None,
        title="Where: AWS region",
        description="Region of the cluster, the workgroup and the secret; empty: the lake's.",
    )
    database: str = Field(
        default="dev",
        title="Where: database",
        description="Database that holds sparkify and etl.",
        min_length=1,
    )
    sign_in: Literal["password", "secret", "iam", "iam-db-user"] = Field(
        default="password",
        title="Sign in: how",
        description=(
            "password: as the user below. secret: as a secret of AWS Secrets Manager says."
            " iam: as the database user that AWS maps our identity to (cluster or workgroup)."
            " iam-db-user: as the user below, with a password that IAM lends (cluster only)."
        ),
    )
    user: Text = Field(
        default=None,
        title="Sign in: database user",
        description="Database user of the pipeline's runs, for password and iam-db-user.",
    )
    password: SecretStr | None = Field(
        default=None, title="Sign in: password", description="Password of that user, for password."
    )
    secret: Text = Field(
        default=None,
        title="Sign in: secret",
        description="Name or ARN of the secret, for secret; username and password are enough in it.",
    )
    create_user: bool = Field(
        default=False,
        title="Sign in: create the user",
        description="Have AWS make the database user when there is none, for iam-db-user.",
    )
    groups: Annotated[list[str], BeforeValidator(settings.listed)] = Field(
        default_factory=list,
        title="Sign in: groups",
        description="Groups that the user joins for the session, for iam-db-user.",
    )
    aws: AwsCredentials = Field(
        default_factory=AwsCredentials,
        title="Sign in: AWS credentials",
        description="For everything but password; empty means boto3's own chain.",
    )
    sslmode: Literal["verify-full", "verify-ca", "require", "disable"] = Field(
        default="verify-full",
        title="Encryption: libpq sslmode",
        description="verify-full checks the certificate and its host; keep it.",
    )
    ca_bundle: Text = Field(
        default=None,
        title="Encryption: CA bundle",
        description="PEM file on the workers, or 'system'; empty: Amazon's own, which come along.",
    )
    lake: Lake = Field(title="Lake", description="The lake that this warehouse loads from.")
    copy_role: Annotated[str, AfterValidator(role_arn.copy_role)] = Field(
        default="default",
        title="COPY: IAM role",
        description="Role that reads the lake: 'default', or one ARN, or a chain with commas.",
    )
    connect_timeout: int = Field(
        default=30,
        title="Limits: connect timeout",
        description="Seconds to wait for a connection.",
        ge=2,
    )
    statement_timeout: int = Field(
        default=3600,
        title="Limits: statement timeout",
        description="Seconds that a statement may take, queueing included.",
        ge=1,
        le=86_399,
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Redshift:
        if wrong := settings.contradiction(self):
            raise ValueError(wrong)
        return self

    @property
    def home_region(self) -> str:
        """The region of the warehouse."""
        return self.region or self.lake.region

    def engine(
        self, search_path: str = "", label: str = "sparkify", connections: int = CONNECTIONS
    ) -> Engine:
        """A pool of at most `connections`, whose sessions see `search_path` and carry `label`."""
        engine = create_engine(
            f"redshift+psycopg2:///{self.database}",
            connect_args=self._connect_args(search_path, label),
            pool_size=connections,
            max_overflow=2,
            pool_recycle=3 * 3600,
        )
        for flag in ("insert_returning", "update_returning", "delete_returning"):
            setattr(engine.dialect, flag, False)
        self.door().guard(engine)
        return engine

    def door(self) -> door.Door:
        """Where connections go, and as whom."""
        return door.Door(lambda: endpoint.address(self), lambda: sign_in.login(self))

    def copy_authority(self) -> str:
        """The value of COPY's IAM_ROLE parameter."""
        return self.copy_role

    def check_connection(self) -> list[Finding]:
        """Try everything that a run needs; each finding says in plain words what is wrong, if it is."""
        from blocks.connection_check import look_at

        return look_at(self)

    def _connect_args(self, search_path: str, label: str) -> dict[str, Any]:
        return {
            **KEEPALIVES,
            **tls.arguments(self.sslmode, self.ca_bundle),
            "gssencmode": "disable",
            "connect_timeout": self.connect_timeout,
            "application_name": application_name(label),
            "options": settings.options(search_path, label, self.statement_timeout),
        }


def application_name(label: str) -> str:
    """The label, and the name of the flow run that connects."""
    context = FlowRunContext.get()
    name = context.flow_run.name if context and context.flow_run else ""
    return f"{label} {name}".strip().encode()[:APPLICATION_NAME].decode(errors="ignore")
