"""A table as CREATE TABLE declares it."""

from __future__ import annotations

from dataclasses import dataclass, field

from embedded.errors import Refused


@dataclass
class Key:
    """A key that is remembered and never enforced: `kind` is p, u or f, as in pg_constraint."""

    kind: str
    columns: list[str]
    name: str | None = None
    table: list[str] = field(default_factory=list)
    table_columns: list[str] = field(default_factory=list)


@dataclass
class ColumnDefinition:
    """One column: `type` as written, `default` in Redshift's words."""

    name: str
    type: str
    postgres_type: str
    not_null: bool = False
    default: str | None = None
    encoding: str | None = None
    identity: tuple[int, int] | None = None
    by_default: bool = False
    distkey: bool = False
    sortkey: bool = False


@dataclass
class Attributes:
    """What follows the columns: how the rows are spread and sorted."""

    diststyle: str | None = None
    distkey: str | None = None
    sortstyle: str | None = None
    sortkey: list[str] = field(default_factory=list)
    backup: bool = True
    encode_auto: bool = False

    @property
    def given(self) -> bool:
        """Whether anything was said."""
        return self != Attributes()

    def check(self) -> None:
        """Refuse attributes that contradict each other."""
        if self.distkey and self.diststyle not in (None, "key", "auto"):
            raise Refused(
                "42P16", f"DISTKEY cannot be used with DISTSTYLE {self.diststyle.upper()}"
            )
        if self.diststyle == "key" and not self.distkey:
            raise Refused("42P16", "DISTSTYLE KEY requires a DISTKEY column")
        limit = 8 if self.sortstyle == "interleaved" else 400
        if len(self.sortkey) > limit:
            raise Refused("54011", f"a sort key cannot have more than {limit} columns")
        if len(set(self.sortkey)) < len(self.sortkey):
            raise Refused("42701", "a column appears twice in the sort key")


@dataclass
class TableDefinition:
    """A whole CREATE TABLE."""

    name: list[str]
    temporary: bool
    if_not_exists: bool = False
    columns: list[ColumnDefinition] = field(default_factory=list)
    likes: list[tuple[int, list[str], bool]] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    attributes: Attributes = field(default_factory=Attributes)
