"""Read PIVOT and UNPIVOT behind a table or a query."""

from __future__ import annotations

from embedded.query.read_call import call
from embedded.query.read_expression import expression
from embedded.query.reader import Reader
from embedded.query.tree import Call, Expression, Text
from embedded.query.tree_query import Pivot, Source, Unpivot


def pivoted(reader: Reader, source: Source) -> Source:
    """The source with what follows it, if that is PIVOT or UNPIVOT."""
    if reader.accept("pivot", "("):
        return _pivot(reader, source)
    if reader.accept("unpivot"):
        return _unpivot(reader, source)
    return source


def _pivot(reader: Reader, source: Source) -> Source:
    aggregate = call(reader)
    if not isinstance(aggregate, Call):
        reader.fail()
    suffix = reader.alias(reserved_after_as=True) if not reader.at("for") else None
    reader.expect("for")
    column = reader.name()
    reader.expect("in", "(")
    values = [_value(reader)]
    while reader.accept(","):
        values.append(_value(reader))
    reader.expect(")", ")")
    return Pivot(source, aggregate, suffix, column, values, reader.alias(reserved_after_as=False))


def _value(reader: Reader) -> tuple[Expression, str | None]:
    return expression(reader), reader.alias(reserved_after_as=True)


def _unpivot(reader: Reader, source: Source) -> Source:
    include = reader.accept("include", "nulls")
    if not include:
        reader.accept("exclude", "nulls")
    reader.expect("(")
    value = reader.name()
    reader.expect("for")
    name = reader.name()
    reader.expect("in", "(")
    columns = [_column(reader)]
    while reader.accept(","):
        columns.append(_column(reader))
    reader.expect(")", ")")
    alias = reader.alias(reserved_after_as=False)
    return Unpivot(source, include, value, name, columns, alias)


def _column(reader: Reader) -> tuple[str, Expression | None]:
    name = reader.name()
    labelled = reader.accept("as")
    if labelled and reader.current.kind in ("word", "quoted"):
        return name, Text(reader.label())
    labelled = labelled or reader.current.kind in ("string", "number")
    return name, expression(reader) if labelled else None
