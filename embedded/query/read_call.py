"""Read function calls, with the forms that have words inside their parentheses."""

from __future__ import annotations

from embedded.query import read_expression
from embedded.query.read_type import read_type
from embedded.query.reader import Reader
from embedded.query.tree import Call, Cast, Expression, Name, Order, Text, Window

_APPROXIMATE = frozenset(["count", "percentile_disc"])


def niladic(reader: Reader) -> Expression:
    """Take a function without parentheses, such as SYSDATE."""
    return Call(reader.advance().value, "", [], parentheses=False)


def call(reader: Reader) -> Expression:
    """Take a function call and whatever hangs on it."""
    schema = ""
    if reader.ahead().text == ".":
        schema = reader.name()
        reader.expect(".")
    name = reader.label()
    if not schema and name in _FORMS:
        return _FORMS[name](reader)
    found = Call(name, schema, [])
    _arguments(reader, found)
    return _tail(reader, found)


def _arguments(reader: Reader, found: Call) -> None:
    reader.expect("(")
    if reader.at("*") and reader.ahead().text == ")":
        reader.advance()
        found.star = True
    elif not reader.at(")"):
        found.distinct = reader.accept("distinct")
        if not found.distinct:
            reader.accept("all")
        found.arguments = read_expression.expressions(reader)
        _nulls(reader, found)
    reader.expect(")")


def _tail(reader: Reader, found: Call) -> Expression:
    if reader.accept("within", "group", "("):
        found.within = order_by(reader)
        reader.expect(")")
    if reader.at_sequence(reader.current.value, "nulls", "over"):
        _nulls(reader, found)  # without OVER they belong to a call around this one
    if reader.at("over"):
        reader.advance()
        found.over = _window(reader)
    return found


def _nulls(reader: Reader, found: Call) -> None:
    for word in ("ignore", "respect"):
        if reader.accept(word, "nulls"):
            found.nulls = word


def _window(reader: Reader) -> Window:
    reader.expect("(")
    window = Window([], [], "")
    if reader.accept("partition", "by"):
        window.partition = read_expression.expressions(reader)
    if reader.at("order"):
        window.order = order_by(reader)
    if reader.at("rows", "range", "groups"):
        window.frame = _frame(reader)
    reader.expect(")")
    return window


def order_by(reader: Reader) -> list[Order]:
    """Take `ORDER BY a DESC NULLS LAST, b`."""
    reader.expect("order", "by")
    items = [_order_item(reader)]
    while reader.accept(","):
        items.append(_order_item(reader))
    return items


def _order_item(reader: Reader) -> Order:
    value = read_expression.expression(reader)
    descending = reader.accept("desc")
    if not descending:
        reader.accept("asc")
    nulls = ""
    if reader.accept("nulls"):
        nulls = "first" if reader.accept("first") else "last"
        if nulls == "last":
            reader.expect("last")
    return Order(value, descending, nulls)


def _frame(reader: Reader) -> str:
    unit = reader.advance().value
    if reader.accept("between"):
        start = _bound(reader)
        reader.expect("and")
        return f"{unit} BETWEEN {start} AND {_bound(reader)}"
    return f"{unit} {_bound(reader)}"


def _bound(reader: Reader) -> str:
    if reader.accept("current", "row"):
        return "CURRENT ROW"
    if reader.accept("unbounded"):
        edge = "UNBOUNDED"
    elif reader.current.kind == "number" and reader.current.text.isdigit():
        edge = reader.advance().text
    else:
        reader.fail()
    if not reader.at("preceding", "following"):
        reader.fail()
    return f"{edge} {reader.advance().value.upper()}"


def _cast(reader: Reader) -> Cast:
    reader.expect("(")
    value = read_expression.expression(reader)
    reader.expect("as")
    found = Cast(value, read_type(reader))
    reader.expect(")")
    return found


def _try_cast(reader: Reader) -> Expression:
    found = _cast(reader)
    found.attempt = True
    return found


def _convert(reader: Reader) -> Expression:
    """CONVERT(type, value)."""
    reader.expect("(")
    declared = read_type(reader)
    reader.expect(",")
    found = Cast(read_expression.expression(reader), declared)
    reader.expect(")")
    return found


def _extract(reader: Reader) -> Expression:
    reader.expect("(")
    part = Text(reader.advance().value) if reader.current.kind == "string" else Text(reader.label())
    reader.expect("from")
    value = read_expression.expression(reader)
    reader.expect(")")
    return Call("extract", "", [part, value])


def _trim(reader: Reader) -> Expression:
    """TRIM([BOTH | LEADING | TRAILING] ['x' FROM] a), and TRIM(a, 'x') as other functions."""
    reader.expect("(")
    side = reader.advance().value if reader.at("both", "leading", "trailing") else "both"
    function = {"both": "btrim", "leading": "ltrim", "trailing": "rtrim"}[side]
    if reader.accept("from"):
        arguments = [read_expression.expression(reader)]
    else:
        arguments = read_expression.expressions(reader)
        if reader.accept("from"):
            arguments = [read_expression.expression(reader), *arguments]
    reader.expect(")")
    return Call(function, "", arguments)


def _position(reader: Reader) -> Expression:
    reader.expect("(")
    sought = read_expression.expression(reader, 9)  # IN separates here
    reader.expect("in")
    found = Call("strpos", "", [read_expression.expression(reader), sought])
    reader.expect(")")
    return found


def _substring(reader: Reader) -> Expression:
    """SUBSTRING(a FROM 1 FOR 2) as SUBSTRING(a, 1, 2)."""
    reader.expect("(")
    arguments = read_expression.expressions(reader)
    for word in ("from", "for"):
        if reader.accept(word):
            arguments.append(read_expression.expression(reader))
    reader.expect(")")
    return Call("substring", "", arguments)


_FORMS = {
    "cast": _cast,
    "try_cast": _try_cast,
    "convert": _convert,
    "extract": _extract,
    "trim": _trim,
    "position": _position,
    "substring": _substring,
}


def approximate(reader: Reader) -> Expression:
    """Take `APPROXIMATE COUNT(DISTINCT a)`."""
    reader.expect("approximate")
    if reader.current.value not in _APPROXIMATE:
        reader.fail()
    found = call(reader)
    assert isinstance(found, Call)
    found.approximate = True
    return found


def part_name(value: Expression) -> str | None:
    """The date part that a first argument names, bare or quoted."""
    if isinstance(value, Text):
        return value.value.strip().lower()
    if isinstance(value, Name) and len(value.parts) == 1:
        return value.parts[0]
    return None
