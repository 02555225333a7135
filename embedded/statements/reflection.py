"""The catalog queries of SQLAlchemy's dialect, which use what only the leader node of a cluster takes.

Only in queries of nothing but the catalog: PostgreSQL arrays, `WHERE 1`, and functions that return
records have no place in any other.
"""

from __future__ import annotations

import re

_REWRITES = [
    (re.compile(r"=\s*ANY\s*\(\s*ARRAY\s*\[([^\]]*)\]\s*\)", re.IGNORECASE), r"IN (\1)"),
    (re.compile(r"\barray\s*\[\s*1::smallint\s*\]", re.IGNORECASE), "NULL"),
    (re.compile(r"\bwhere\s+1\s+(?=and\b|order\b|union\b|\)|$)", re.IGNORECASE), "WHERE TRUE "),
    (re.compile(r"\bwhere\s+1\s*$", re.IGNORECASE), "WHERE TRUE"),
]
_REGCLASS = re.compile(r"\s*select\s+'([^']+)'::regclass::oid\s*", re.IGNORECASE)


def rewritten(text: str) -> str:
    """The same query without what the translator does not know."""
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text


def table_oid(text: str) -> str | None:
    """The table whose oid a query asks for, if it asks for nothing else."""
    match = _REGCLASS.fullmatch(text)
    return match[1] if match else None
