"""Big INSERT .. VALUES lists, read with one regular expression instead of a tree.

Only literals are understood here; anything else goes the ordinary way.
"""

from __future__ import annotations

import re

from embedded.columns import Column
from embedded.errors import Refused
from embedded.query.piece import quoted
from embedded.query.reader import Reader
from embedded.query.task import Task
from embedded.query.tree_query import Insert, Table
from embedded.query.write_change import chosen_columns

_MANY = 20_000
_HEAD = re.compile(
    r"\s*insert\s+into\s+[^'(;]{1,300}(?:\([^'();]*\))?\s*values\s*(?=\()", re.IGNORECASE
)
_STRING = r"'[^'\\\0]*(?:''[^'\\\0]*)*'"
_VALUE = rf"\s*(?:{_STRING}|[-+]?\d+(?:\.\d*)?|[-+]?\.\d+|null|true|false|default)\s*"
_ROW = re.compile(rf"\s*\({_VALUE}(?:,{_VALUE})*\)\s*", re.IGNORECASE)
_FIELD = re.compile(rf"{_STRING}|[^,()\s']+", re.IGNORECASE)


def fast_values(sql: str, task: Task) -> str | None:
    """The translation of a long list of literals; None when it is not one."""
    if len(sql) < _MANY or (head := _HEAD.match(sql)) is None:
        return None
    end = _rows_end(sql, head.end())
    if end is None:
        return None
    insert = _read_head(sql[: head.end()], task)
    name = quoted(*insert.table.parts[-2:])
    columns = task.columns(name)
    listed = f" ({', '.join(map(quoted, insert.columns))})" if insert.columns else ""
    _check_rows(sql, head.end(), end, chosen_columns(insert, columns))
    return f"INSERT INTO {quoted(*insert.table.parts)}{listed} VALUES {sql[head.end() : end]}"


def _rows_end(sql: str, position: int) -> int | None:
    """Where the list ends, None when something in it is no literal."""
    while match := _ROW.match(sql, position):
        position = match.end()
        if position == len(sql) or sql[position:].strip() in ("", ";"):
            return position
        if sql[position] != ",":
            return None
        position += 1
    return None


def _read_head(head: str, task: Task) -> Insert:
    reader = Reader(head + "(", task.context.case_sensitive_identifiers)
    reader.expect("insert", "into")
    insert = Insert(Table(reader.table()), [], [], None)
    if reader.at("("):
        insert.columns = reader.name_list()
    reader.expect("values")
    return insert


def _check_rows(sql: str, start: int, end: int, chosen: list[Column] | None) -> None:
    """What the tree would have checked and the server would not, or in other words."""
    fixed = [n for n, column in enumerate(chosen or []) if _is_fixed(column)]
    for row in _ROW.finditer(sql, start, end):
        fields = _FIELD.findall(row.group())
        if chosen is not None and len(fields) > len(chosen):
            raise Refused("42601", "INSERT has more expressions than target columns")
        for n in fixed:
            if n < len(fields) and fields[n].lower() != "default":
                raise Refused("0A000", "cannot set an identity column to a value")
        if not fixed:
            return  # the server wants all rows as long as the first


def _is_fixed(column: Column) -> bool:
    return column.identity is not None and not column.generated_by_default
