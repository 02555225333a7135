"""Whether a statement touches data, that is: takes Redshift's snapshot."""

from __future__ import annotations

import re

from embedded.statements.split import Statement

_CATALOGS = ("pg_catalog", "information_schema")
_CATALOG_PREFIXES = ("pg_", "svv_")


_CATALOG_NAME = re.compile(r"\b(pg_[a-z]|svv_|information_schema)", re.IGNORECASE)


def reads_catalog(text: str) -> bool:
    """Whether a query that reads no table reads the catalog, and does not merely compute."""
    return _CATALOG_NAME.search(text) is not None and " from " in " ".join(text.lower().split())


def reads_tables(statement: Statement) -> bool:
    """Whether a query reads a table that is not of the catalog."""
    tokens = statement.tokens
    for i, token in enumerate(tokens[:-1]):
        if token.is_word("from", "join"):
            name = tokens[i + 1]
            called = i + 2 < len(tokens) and tokens[i + 2].text == "("
            if name.kind in ("word", "quoted") and not called and not _of_the_catalog(name.value):
                return True
    return False


def _of_the_catalog(name: str) -> bool:
    return name in _CATALOGS or name.startswith(_CATALOG_PREFIXES)
