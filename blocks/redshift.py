"""The warehouse block: how to reach an Amazon Redshift, and how its COPY reaches the lake."""

from __future__ import annotations

from typing import Any

from prefect.blocks.core import Block
from pydantic import Field, SecretStr
from sqlalchemy import URL, Engine, create_engine

from blocks.lake import Lake

KEEPALIVES = {"keepalives": 1, "keepalives_idle": 200, "keepalives_interval": 60}
QUERY_GROUP_BYTES = 30


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

    host: str = Field(description="Endpoint of the cluster or workgroup, without port.")
    port: int = Field(default=5439, description="Port of the endpoint.")
    database: str = Field(default="dev", description="Database that holds sparkify and etl.")
    user: str = Field(description="Database user that the pipeline's runs connect as.")
    password: SecretStr = Field(description="Password of that user.")
    sslmode: str = Field(default="verify-full", description="libpq sslmode.")
    copy_role: str = Field(
        default="default", description="IAM role for COPY: 'default', or one ARN or a chain."
    )
    connect_timeout: int = Field(default=30, description="Seconds to wait for a connection.")
    statement_timeout: int = Field(default=3600, description="Seconds that a statement may take.")
    lake: Lake = Field(description="The lake that this warehouse loads from.")

    def engine(
        self, search_path: str = "", label: str = "sparkify", connections: int = 8
    ) -> Engine:
        """A pool of at most `connections`, whose sessions see `search_path` and carry `label`."""
        engine = create_engine(
            self._url(),
            connect_args=self._connect_args(search_path, label),
            pool_size=connections,
            max_overflow=2,
            pool_recycle=3 * 3600,
        )
        for flag in ("insert_returning", "update_returning", "delete_returning"):
            setattr(engine.dialect, flag, False)
        return engine

    def copy_authority(self) -> str:
        """The value of COPY's IAM_ROLE parameter."""
        return self.copy_role

    def _url(self) -> URL:
        return URL.create(
            "redshift+psycopg2",
            username=self.user,
            password=self.password.get_secret_value(),
            host=self.host,
            port=self.port,
            database=self.database,
        )

    def _connect_args(self, search_path: str, label: str) -> dict[str, Any]:
        return {
            **KEEPALIVES,
            "sslmode": self.sslmode,
            "connect_timeout": self.connect_timeout,
            "application_name": label,
            "options": self._options(search_path, label),
        }

    def _options(self, search_path: str, label: str) -> str:
        settings = {
            "statement_timeout": str(self.statement_timeout * 1000),
            "query_group": label.encode()[:QUERY_GROUP_BYTES].decode(errors="ignore"),
        }
        if search_path:
            settings["search_path"] = search_path
        return " ".join(f"-c {name}={escaped(value)}" for name, value in settings.items())


def escaped(value: str) -> str:
    """A value for libpq's `options`, which the server cuts at blanks that no backslash precedes."""
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
