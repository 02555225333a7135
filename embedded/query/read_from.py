"""Read FROM: tables, queries, joins."""

from __future__ import annotations

from embedded.errors import NotImitated
from embedded.query.read_call import call
from embedded.query.read_expression import expression
from embedded.query.read_operand import operand
from embedded.query.read_pivot import pivoted
from embedded.query.read_type import read_type
from embedded.query.reader import Reader
from embedded.query.tree import Call
from embedded.query.tree_query import Attributes, Derived, FunctionSource, Join, Source, Table

RECORDS = frozenset(["pg_get_late_binding_view_cols"])  # functions that return records
_JOINS = frozenset(["join", "inner", "left", "right", "full", "cross", "natural"])


def source_list(reader: Reader) -> list[Source]:
    """Take `a, b JOIN c ON ..`."""
    found = [_joined(reader)]
    while reader.accept(","):
        found.append(_joined(reader))
    return found


def _joined(reader: Reader) -> Source:
    left = _source(reader)
    while reader.current.kind == "word" and reader.current.value in _JOINS:
        left = _join(reader, left)
    return left


def _join(reader: Reader, left: Source) -> Source:
    natural = reader.accept("natural")
    kind = "INNER"
    if reader.at("inner", "left", "right", "full", "cross"):
        kind = reader.advance().value.upper()
        if kind in ("LEFT", "RIGHT", "FULL"):
            reader.accept("outer")
    reader.expect("join")
    right = _source(reader) if natural or kind == "CROSS" else _right_side(reader)
    found = Join(kind, left, right, None, [], natural)
    if kind != "CROSS" and not natural:
        _condition(reader, found)
    return found


def _right_side(reader: Reader) -> Source:
    """What follows JOIN; joins may nest to the right: a JOIN b JOIN c ON .. ON .."""
    found = _source(reader)
    while reader.current.kind == "word" and reader.current.value in _JOINS:
        found = _join(reader, found)
    return found


def _condition(reader: Reader, found: Join) -> None:
    if reader.accept("using"):
        found.using = reader.name_list()
    else:
        reader.expect("on")
        found.on = expression(reader)


def _source(reader: Reader) -> Source:
    if reader.at("("):
        return _in_parentheses(reader)
    if reader.at("lateral"):
        reader.advance()
        reader.fail()
    if reader.accept("unpivot"):
        return _attributes(reader)
    reader.accept("only")
    if reader.ahead().text == "(" or (reader.ahead().text == "." and reader.ahead(3).text == "("):
        return _function(reader)
    found = Table(reader.table())
    if reader.at("["):
        raise NotImitated("iteration over an element of a SUPER array in FROM")
    reader.accept("*")
    found.alias = None if reader.at("tablesample") else reader.alias(reserved_after_as=False)
    if found.alias and reader.accept("at"):
        found.position = reader.name()
    if found.alias and reader.at("("):
        found.columns = reader.name_list()
    return pivoted(reader, found)


def _attributes(reader: Reader) -> Source:
    """UNPIVOT t.v AS value AT name."""
    path = operand(reader)
    reader.expect("as")
    value = reader.name()
    return Attributes(path, value, reader.name() if reader.accept("at") else None)


def _in_parentheses(reader: Reader) -> Source:
    from embedded.query.read_operand import at_query
    from embedded.query.read_query import query

    if not at_query(reader):
        reader.expect("(")
        found = _joined(reader)
        reader.expect(")")
        return found
    start = reader.position
    reader.expect("(")
    inner = query(reader)
    if not reader.at(")"):  # ((SELECT ..) a JOIN b ON ..)
        reader.position = start
        reader.expect("(")
        found = _joined(reader)
        reader.expect(")")
        return found
    reader.expect(")")
    alias = reader.alias(reserved_after_as=False)
    columns = reader.name_list() if alias and reader.at("(") else []
    return pivoted(reader, Derived(inner, alias, columns))


def _function(reader: Reader) -> Source:
    found = call(reader)
    if not isinstance(found, Call):
        reader.fail()
    alias = reader.alias(reserved_after_as=False)
    columns: list[str] = []
    if alias and reader.at("("):
        columns = _definitions(reader) if found.name in RECORDS else reader.name_list()
    return FunctionSource(found, alias, columns)


def _definitions(reader: Reader) -> list[str]:
    """The names in `(a name, b varchar)`, which a function that returns records needs."""
    reader.expect("(")
    names: list[str] = []
    while not names or reader.accept(","):
        names.append(reader.column())
        read_type(reader)
    reader.expect(")")
    return names
