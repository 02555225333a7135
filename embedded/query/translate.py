"""Redshift text in, PostgreSQL text out."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from embedded.columns import Column
from embedded.errors import Refused
from embedded.query import (  # noqa: F401
    write_cast,
    write_predicates,
    write_super,
)
from embedded.query.context import Context
from embedded.query.fast_values import fast_values
from embedded.query.piece import Piece, quoted
from embedded.query.read_statement import read_expression, read_statement
from embedded.query.scope import Scope, is_of_users
from embedded.query.task import Columns, Task
from embedded.query.tree_query import Delete, Insert, Merge, Query, Select, Update
from embedded.query.write import write
from embedded.query.write_change import write_delete, write_insert, write_update
from embedded.query.write_merge import write_merge
from embedded.query.write_query import write_query

Asked = tuple[tuple[str, tuple[Column, ...] | None], ...]
Key = tuple[str, bool, bool, bool]

_CACHED = 1000
_LONGEST = 100_000
_cache: OrderedDict[Key, tuple[Asked, str]] = OrderedDict()
_lock = Lock()


def translate(sql: str, context: Context) -> str:
    """The PostgreSQL text of one Redshift query or DML statement.

    Raises Refused for what Redshift refuses, NotImitated for what is not imitated.
    """
    key = (
        sql,
        context.case_sensitive_identifiers,
        context.error_on_nondeterministic_update,
        context.shuffle_unordered,
    )
    known = _remembered(key, context)
    if known is not None:
        return known
    task = Task(context)
    translated = _translate(sql, task)
    if len(sql) <= _LONGEST:
        _remember(key, tuple(task.asked.items()), translated)
    return translated


def _remembered(key: Key, context: Context) -> str | None:
    """An earlier translation, if the tables that it names are still what they were."""
    with _lock:
        entry = _cache.get(key)
    if entry is None:
        return None
    context.look_ahead(name for name, _ in entry[0])
    for name, columns in entry[0]:
        found = context.columns(name)
        if (tuple(found) if found else None) != columns:
            return None
    return entry[1]


def _remember(key: Key, asked: Asked, translated: str) -> None:
    with _lock:
        _cache[key] = (asked, translated)
        _cache.move_to_end(key)
        if len(_cache) > _CACHED:
            _cache.popitem(last=False)


def _translate(sql: str, task: Task) -> str:
    try:
        return fast_values(sql, task) or _through_the_tree(sql, task)
    except RecursionError:
        raise Refused("54001", "stack depth limit exceeded") from None


def _through_the_tree(sql: str, task: Task) -> str:
    statement, tables = read_statement(sql, task.context.case_sensitive_identifiers)
    task.context.look_ahead(quoted(*parts[-2:]) for parts in tables if is_of_users(parts))
    scope = Scope(task)
    if isinstance(statement, Query):
        translated = _query(statement, scope)
    elif isinstance(statement, Insert):
        translated = write_insert(statement, scope)
        if statement.query is None:
            return translated
    elif isinstance(statement, Update):
        translated = write_update(statement, scope)
    elif isinstance(statement, Delete):
        translated = write_delete(statement, scope)
    else:
        assert isinstance(statement, Merge)
        translated = write_merge(statement, scope)
    task.check_nodes()
    return translated


def _query(query: Query, scope: Scope) -> str:
    if isinstance(query.body, Select) and query.body.into is not None:
        raise Refused("42601", 'syntax error at or near "into"')
    if not scope.task.context.shuffle_unordered or query.order:
        return write_query(query, scope)[0]
    limit, offset, query.limit, query.offset = query.limit, query.offset, None, None
    sql = f"SELECT * FROM ({write_query(query, scope)[0]}) AS q ORDER BY random()"
    for word, expression in (("LIMIT", limit), ("OFFSET", offset)):
        sql += f" {word} {write(expression, scope).sql}" if expression is not None else ""
    return sql


def translate_expression(sql: str, context: Context) -> str:
    """The PostgreSQL text of one expression without columns, such as a default."""
    return translated_expression(sql, context).sql


def translated_expression(sql: str, context: Context) -> Piece:
    """The same with what is known about its type."""
    task = Task(context)
    try:
        piece = write(read_expression(sql, context.case_sensitive_identifiers), Scope(task))
    except RecursionError:
        raise Refused("54001", "stack depth limit exceeded") from None
    return piece


def output_columns(sql: str, context: Context) -> Columns | None:
    """Names and Redshift types of a query's columns, for CREATE TABLE AS.

    None where a star stands for columns that are not known; a type is None where it is not known.
    """
    statement, _ = read_statement(sql, context.case_sensitive_identifiers)
    if not isinstance(statement, Query):
        return None
    task = Task(context)
    columns = write_query(statement, Scope(task))[1]
    if "generate_series" in task.leader_calls:
        task.user_table = True  # its rows cannot leave the leader node
        task.check_nodes()
    return columns
