"""Read queries: WITH, SELECT, set operations, ORDER BY, LIMIT."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query.read_call import order_by
from embedded.query.read_expression import expression, expressions
from embedded.query.read_from import source_list
from embedded.query.reader import Reader
from embedded.query.tree import Constant, Expression, Number, Star
from embedded.query.tree_query import (
    CommonTable,
    Grouping,
    Item,
    Query,
    Select,
    SetOperation,
    Table,
)

_OPERATORS = {"union": "UNION", "except": "EXCEPT", "minus": "EXCEPT", "intersect": "INTERSECT"}


def query(reader: Reader) -> Query:
    """Take a whole query."""
    reader.enter()
    tables, recursive = with_clause(reader)
    if tables and not reader.at("select", "("):
        reader.fail()
    found = _set_operations(reader, 1)
    if found.parenthesised:
        found = Query(found, [], False, [], None, None)
    found.tables, found.recursive = tables, recursive
    _order_and_limit(reader, found)
    reader.depth -= 1
    return found


def with_clause(reader: Reader) -> tuple[list[CommonTable], bool]:
    """Take `WITH [RECURSIVE] a (b) AS (..), ..` if it is there."""
    if not reader.accept("with"):
        return [], False
    recursive = reader.accept("recursive")
    tables = [_common_table(reader)]
    while reader.accept(","):
        tables.append(_common_table(reader))
    return tables, recursive


def _common_table(reader: Reader) -> CommonTable:
    name = reader.name()
    columns = reader.name_list() if reader.at("(") else []
    reader.expect("as", "(")
    if not reader.at("select", "with", "("):
        reader.fail()  # data-modifying WITH
    found = CommonTable(name, columns, query(reader))
    reader.expect(")")
    return found


def _set_operations(reader: Reader, level: int) -> Query:
    """UNION and EXCEPT at level 1, INTERSECT, which binds tighter, at level 2."""
    words = ("union", "except", "minus") if level == 1 else ("intersect",)
    left = _set_operations(reader, 2) if level == 1 else _primary(reader)
    while reader.at(*words):
        word = reader.current
        reader.advance()
        keep_all = reader.accept("all")
        if keep_all and word.value != "union":
            raise Refused("0A000", f"{word.value.upper()} ALL is not supported")
        reader.accept("distinct")
        right = _set_operations(reader, 2) if level == 1 else _primary(reader)
        body = SetOperation(_OPERATORS[word.value], keep_all, left, right)
        left = Query(body, [], False, [], None, None)
    return left


def _primary(reader: Reader) -> Query:
    if reader.accept("("):
        found = query(reader)
        reader.expect(")")
        found.parenthesised = True
        return found
    if not reader.at("select"):
        reader.fail()  # VALUES and TABLE too
    return Query(_select(reader), [], False, [], None, None)


def _order_and_limit(reader: Reader, found: Query) -> None:
    if reader.at("order"):
        found.order = order_by(reader)
    for _ in range(2):
        if reader.at("limit") and found.limit is None:
            reader.advance()
            found.limit = _limit(reader)
        if reader.at("offset") and found.offset is None:
            reader.advance()
            found.offset = expression(reader)
            reader.accept("rows") or reader.accept("row")
    if reader.at("for", "fetch"):
        if reader.at_sequence("for", "update") or reader.at_sequence("for", "share"):
            raise Refused("0A000", "SELECT FOR UPDATE/SHARE is not supported")
        reader.fail()


def _limit(reader: Reader) -> Expression:
    return Constant("all") if reader.accept("all") else expression(reader)


def _select(reader: Reader) -> Select:
    reader.expect("select")
    found = Select([], False, [], None, [], None, None, None, None, False)
    _top(reader, found)
    found.distinct = _distinct(reader)
    _top(reader, found)
    found.items = _items(reader)
    if reader.at("into"):
        _into(reader, found)
    if reader.accept("from"):
        found.sources = source_list(reader)
    found.where = expression(reader) if reader.accept("where") else None
    if reader.accept("group", "by"):
        found.group_all = reader.at("all") and reader.ahead().text != "("
        found.group = [] if found.group_all and reader.accept("all") else _group(reader)
    found.having = expression(reader) if reader.accept("having") else None
    found.qualify = expression(reader) if reader.accept("qualify") else None
    if reader.at_sequence("connect", "by") or reader.at_sequence("start", "with"):
        raise NotImitated("CONNECT BY")
    return found


def _distinct(reader: Reader) -> bool:
    if reader.accept("distinct"):
        if reader.at("on") and reader.ahead().text == "(":
            raise Refused("0A000", "SELECT DISTINCT ON is not supported")
        return True
    reader.accept("all")
    return False


def _top(reader: Reader, found: Select) -> None:
    if reader.at("top") and reader.ahead().kind in ("number", "punctuation"):
        reader.advance()
        if reader.accept("("):
            found.top = expression(reader)
            reader.expect(")")
        else:
            found.top = Number(reader.advance().text)


def _items(reader: Reader) -> list[Item]:
    found = [_item(reader)]
    while reader.accept(","):
        found.append(_item(reader))
    return found


def _item(reader: Reader) -> Item:
    value = expression(reader)
    if isinstance(value, Star):
        if reader.accept("exclude"):
            value.excluded = tuple(_excluded(reader))
        return Item(value, None)
    return Item(value, reader.alias(reserved_after_as=True))


def _excluded(reader: Reader) -> list[str]:
    return reader.name_list() if reader.at("(") else [reader.column()]


def _into(reader: Reader, found: Select) -> None:
    reader.expect("into")
    found.into_temporary = reader.accept("temporary") or reader.accept("temp")
    reader.accept("table")
    found.into = Table(reader.table())


def _group(reader: Reader) -> list[Expression | Grouping]:
    found = [_grouping(reader)]
    while reader.accept(","):
        found.append(_grouping(reader))
    return found


def _grouping(reader: Reader) -> Expression | Grouping:
    for words in (("grouping", "sets"), ("rollup",), ("cube",)):
        if reader.at_sequence(*words, "("):
            reader.position += len(words)
            return _grouping_items(reader, " ".join(words).upper())
    return expression(reader)


def _grouping_items(reader: Reader, kind: str) -> Grouping:
    reader.expect("(")
    found = Grouping(kind, [_grouping_item(reader)])
    while reader.accept(","):
        found.items.append(_grouping_item(reader))
    reader.expect(")")
    return found


def _grouping_item(reader: Reader) -> list[Expression] | Grouping:
    if reader.accept("(", ")"):
        return []
    if reader.at("rollup", "cube", "grouping"):
        item = _grouping(reader)
        return item if isinstance(item, Grouping) else [item]
    if reader.at("("):
        reader.expect("(")
        found = expressions(reader)
        reader.expect(")")
        return found
    return [expression(reader)]
