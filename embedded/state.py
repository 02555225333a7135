"""What a connection remembers between statements."""

from __future__ import annotations

from dataclasses import dataclass, field

IDS_AT_ONCE = 1000  # the increment of redshift_catalog.query_ids


@dataclass(frozen=True)
class Prepared:
    """A prepared statement: its text with $1, $2, ... and the types that were declared for them."""

    text: str
    types: list[str]


@dataclass
class State:
    """Small and mutable, one per connection.

    `query_id` is the id of the statement that is running; COPY writes the two `last_copy` values.
    `flags` are the parameters that this side of the server must know, as they were SET.
    `settings` are those that the session was opened with, and the rows of redshift_catalog.settings.
    """

    last_copy_id: int = -1
    last_copy_count: int = 0
    query_id: int = 0
    last_query_id: int = -1
    isolation: str = "snapshot"
    flags: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    prepared: dict[str, Prepared] = field(default_factory=dict)

    def is_on(self, flag: str) -> bool:
        """Whether a parameter is switched on; off unless it was set, or a test's settings say so."""
        value = self.flags.get(flag) or self.settings.get(flag) or "off"
        return value.lower() in ("on", "true", "yes", "1")

    @property
    def case_sensitive(self) -> bool:
        """Whether quoted identifiers keep their case."""
        return self.is_on("enable_case_sensitive_identifier")
