"""The grammar of a column definition."""

from __future__ import annotations

from embedded.errors import Refused, syntax_error
from embedded.query.types import redshift_type
from embedded.statements.definitions import ColumnDefinition, Key
from embedded.statements.encodings import check_encoding
from embedded.statements.reader import Reader

_WORDS = """
default identity generated encode distkey sortkey not null unique primary references collate
constraint check deferrable initially
"""
_IN_TYPES = (
    "precision", "varying", "with", "without", "time", "zone", "year", "month", "day", "hour",
    "minute", "second", "to",
)  # fmt: skip
_ATTRIBUTES = frozenset(_WORDS.split())


def column(reader: Reader, table: str) -> tuple[ColumnDefinition, list[Key]]:
    """Read one column with its attributes and the keys that it declares."""
    name = reader.name()
    declared = _type(reader)
    type_ = redshift_type(declared, f"{table}.{name}")
    found = ColumnDefinition(name, declared, type_.postgres)
    keys: list[Key] = []
    while not reader.done and not reader.sees(",") and not reader.sees(")"):
        _attribute(reader, found, keys, type_.name)
    if found.encoding:
        check_encoding(found.name, type_.name, found.encoding)
    return found, keys


def _type(reader: Reader) -> str:
    """The text of a type: one word, those that may follow it, and numbers in parentheses."""
    start = reader.peek().start
    if reader.peek().is_word("not", "null", "default", "exists"):
        reader.fail()
    reader.any_word()
    while reader.peek().is_word(*_IN_TYPES) or reader.peek().text in ("(", "[", "]"):
        if reader.sees("("):
            reader.nested()
        else:
            reader.take()
    return reader.text[start : reader.peek(-1).end]


def _upto_attributes(reader: Reader, at_least: int = 1) -> str:
    start, first = reader.peek().start, reader.position
    while not reader.done and not reader.sees(",") and not reader.sees(")"):
        token = reader.peek()
        if reader.position - first >= at_least and token.is_word(*_ATTRIBUTES):
            break
        if token.text == "(":
            reader.nested()
        else:
            reader.take()
    if reader.position == first:
        reader.fail()
    return reader.text[start : reader.peek(-1).end]


def _attribute(reader: Reader, found: ColumnDefinition, keys: list[Key], type_name: str) -> None:
    if reader.accept("default"):
        _once(found.default is None and found.identity is None, found.name, "DEFAULT")
        found.default = _upto_attributes(reader)
    elif reader.accept("identity"):
        _identity(reader, found, type_name)
    elif reader.accept("generated"):
        reader.expect("by", "default", "as", "identity")
        found.by_default = True
        _identity(reader, found, type_name)
    elif reader.accept("encode"):
        found.encoding = reader.any_word().lower()
    elif reader.accept("distkey"):
        found.distkey = True
    elif reader.accept("sortkey"):
        found.sortkey = True
    elif reader.accept("collate"):
        _collate(reader)
    else:
        _constraint(reader, found, keys)


def _once(right: bool, name: str, what: str) -> None:
    if not right:
        raise Refused("42601", f'multiple {what} values specified for column "{name}"')


def _identity(reader: Reader, found: ColumnDefinition, type_name: str) -> None:
    if type_name not in ("integer", "bigint"):
        raise Refused("42P16", f'identity column "{found.name}" must be of type INT or BIGINT')
    _once(found.default is None and found.identity is None, found.name, "DEFAULT")
    reader.expect("(")
    seed = reader.integer()
    reader.expect(",")
    found.identity = (seed, reader.integer())
    reader.expect(")")
    if found.identity[1] == 0:
        raise Refused("22023", "the step of an identity column must not be zero")
    found.not_null = True


def _collate(reader: Reader) -> None:
    from embedded.errors import NotImitated

    if reader.expect_any("case_sensitive", "cs", "case_insensitive", "ci").startswith("case_i"):
        raise NotImitated("COLLATE CASE_INSENSITIVE")


def _constraint(reader: Reader, found: ColumnDefinition, keys: list[Key]) -> None:
    name = reader.name() if reader.accept("constraint") else None
    if reader.accept("not", "null"):
        found.not_null = True
    elif reader.accept("null"):
        pass
    elif reader.accept("unique"):
        keys.append(Key("u", [found.name], name))
    elif reader.accept("primary", "key"):
        keys.append(Key("p", [found.name], name))
    elif reader.accept("references"):
        keys.append(references(reader, [found.name], name))
    elif reader.sees("check"):
        raise Refused("0A000", "CHECK constraints are not supported")
    else:
        raise syntax_error(reader.peek().text)


def references(reader: Reader, columns: list[str], name: str | None) -> Key:
    """Read what follows REFERENCES."""
    table = reader.qualified_name()
    to = reader.names() if reader.sees("(") else []
    return Key("f", columns, name, table, to)
