"""Read whole statements: queries, INSERT, UPDATE, DELETE, MERGE."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.read_expression import expression, expressions
from embedded.query.read_from import source_list
from embedded.query.read_query import query, with_clause
from embedded.query.reader import Reader
from embedded.query.tree import Constant, Expression, Subquery
from embedded.query.tree_query import Delete, Insert, Merge, Select, Statement, Table, Update


def read_statement(sql: str, case_sensitive: bool) -> tuple[Statement, list[tuple[str, ...]]]:
    """Parse one statement, refusing what Redshift's grammar does not have; also the tables it names."""
    reader = Reader(sql, case_sensitive)
    found = _statement(reader)
    reader.finish()
    return found, reader.tables


def read_expression(sql: str, case_sensitive: bool) -> Expression:
    """Parse one expression."""
    reader = Reader(sql, case_sensitive)
    found = expression(reader)
    reader.finish()
    return found


def _statement(reader: Reader) -> Statement:
    if reader.at("insert"):
        return _insert(reader)
    if reader.at("merge"):
        return _merge(reader)
    if reader.at("update", "delete") or (reader.at("with") and _changes(reader)):
        tables, recursive = with_clause(reader)
        if reader.at("update"):
            found: Update | Delete = _update(reader)
        elif reader.at("delete"):
            found = _delete(reader)
        else:
            reader.fail()  # WITH .. INSERT
        found.tables, found.recursive = tables, recursive
        return found
    if not reader.at("select", "with", "("):
        reader.fail()
    return query(reader)


def _changes(reader: Reader) -> bool:
    """Whether what follows WITH is no query."""
    depth = 0
    for token in reader.tokens[reader.position :]:
        if token.kind == "punctuation" and token.text in "()":
            depth += 1 if token.text == "(" else -1
        if depth == 0 and token.is_word("select"):
            return False
        if depth == 0 and token.is_word("insert", "update", "delete", "merge"):
            return True
    return False


def _insert(reader: Reader) -> Insert:
    reader.expect("insert", "into")
    reader.accept("table")
    found = Insert(Table(reader.table()), [], [], None)
    if reader.at("as") or (reader.is_name() and not reader.at("values", "default")):
        reader.fail()
    if reader.at("(") and not _starts_query(reader):
        found.columns = reader.name_list()
    if reader.accept("default", "values"):
        return found
    if reader.accept("values"):
        found.rows = _rows(reader)
    else:
        found.query = query(reader)
    return found


def _starts_query(reader: Reader) -> bool:
    distance = 0
    while reader.ahead(distance).text == "(":
        distance += 1
    return reader.ahead(distance).is_word("select", "with")


def _rows(reader: Reader) -> list[list[Expression]]:
    found = [_row(reader)]
    while reader.accept(","):
        found.append(_row(reader))
    if len(found) > 1 and any(isinstance(value, Subquery) for row in found for value in row):
        raise Refused("0A000", "Subqueries are not supported in a multi-row VALUES list")
    return found


def _row(reader: Reader) -> list[Expression]:
    reader.expect("(")
    found = expressions(reader)
    reader.expect(")")
    return found


def _assignments(reader: Reader) -> list[tuple[str, Expression]]:
    found = [_assignment(reader)]
    while reader.accept(","):
        found.append(_assignment(reader))
    return found


def _assignment(reader: Reader) -> tuple[str, Expression]:
    column = reader.column()
    reader.expect("=")
    return column, expression(reader)


def _update(reader: Reader) -> Update:
    reader.expect("update")
    table = Table(reader.table())
    if not reader.at("set"):
        table.alias = reader.alias(reserved_after_as=False)
    reader.expect("set")
    found = Update([], False, table, _assignments(reader), [], None)
    found.sources = source_list(reader) if reader.accept("from") else []
    found.where = expression(reader) if reader.accept("where") else None
    return found


def _delete(reader: Reader) -> Delete:
    reader.expect("delete")
    reader.accept("from")
    found = Delete([], False, Table(reader.table()), [], None)
    found.sources = source_list(reader) if reader.accept("using") else []
    found.where = expression(reader) if reader.accept("where") else None
    return found


def _merge(reader: Reader) -> Merge:
    reader.expect("merge", "into")
    table = Table(reader.table())
    reader.expect("using")
    source = Table(reader.table())
    source.alias = reader.alias(reserved_after_as=False)
    reader.expect("on")
    found = Merge(table, source, expression(reader))
    if reader.accept("remove", "duplicates"):
        found.remove_duplicates = True
        return found
    _when_matched(reader, found)
    _when_not_matched(reader, found)
    return found


def _when_matched(reader: Reader, found: Merge) -> None:
    reader.expect("when", "matched", "then")
    if reader.accept("delete"):
        return
    reader.expect("update", "set")
    found.matched = _assignments(reader)


def _when_not_matched(reader: Reader, found: Merge) -> None:
    reader.expect("when", "not", "matched", "then", "insert")
    if reader.at("("):
        found.columns = reader.name_list()
    reader.expect("values")
    found.values = _row(reader)


def selects_into(statement: Statement) -> Select | None:
    """The SELECT of a query that makes a table, if it is one."""
    from embedded.query.tree_query import Query

    body = statement
    while isinstance(body, Query):
        if isinstance(body.body, Select):
            return body.body if body.body.into else None
        body = body.body if isinstance(body.body, Query) else Constant("")  # type: ignore[assignment]
    return None
