"""Names of relations, from SQL text to PostgreSQL's catalog."""

from __future__ import annotations

from embedded.statements.lexer import tokens

_SYSTEM_PREFIXES = ("pg_", "stl_", "stv_", "svl_", "svv_", "svcs_", "sys_")


def quoted(*parts: str) -> str:
    """A name, quoted for PostgreSQL, with its schema in front if given."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def literal(text: str) -> str:
    """A string literal of PostgreSQL."""
    escaped = text.replace("'", "''")
    return f"E'{escaped}'".replace("\\", "\\\\") if "\\" in escaped else f"'{escaped}'"


def split_name(name: str) -> list[str]:
    """The parts of a qualified name, as it is written in SQL or with its quotes already undone."""
    return [token.value for token in tokens(name) if token.text != "."] or [name]


def to_regclass(name: str) -> str:
    """PostgreSQL SQL that finds a relation, or NULL; system views come before the user's."""
    parts = split_name(name)[-2:]
    found = f"to_regclass({literal(quoted(*parts))})"
    if len(parts) == 1 and parts[0].startswith(_SYSTEM_PREFIXES):
        system = f"to_regclass({literal(quoted('redshift_catalog', parts[0]))})"
        return f"coalesce({system}, {found})"
    return found
