"""The grammar of CREATE TABLE."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.statements.column_grammar import column, references
from embedded.statements.definitions import Attributes, Key, TableDefinition
from embedded.statements.reader import Reader

_TABLE_CONSTRAINTS = ("constraint", "unique", "primary", "foreign", "check", "exclude")


def table(reader: Reader, definition: TableDefinition) -> None:
    """Read the columns, keys and attributes of a table."""
    reader.expect("(")
    while True:
        _element(reader, definition)
        if not reader.accept(","):
            break
    reader.expect(")")
    attributes(reader, definition.attributes)
    reader.finish()
    _column_attributes(definition)
    _primary_key(definition)
    definition.attributes.check()


def _element(reader: Reader, definition: TableDefinition) -> None:
    if reader.accept("like"):
        source = reader.qualified_name()
        choice = reader.accept_any("including", "excluding")
        if choice:
            reader.expect("defaults")
        definition.likes.append((len(definition.columns), source, choice == "including"))
    elif reader.peek().is_word(*_TABLE_CONSTRAINTS):
        definition.keys.append(constraint(reader))
    else:
        found, keys = column(reader, definition.name[-1])
        if any(found.name == other.name for other in definition.columns):
            raise Refused("42701", f'column "{found.name}" duplicated')
        definition.columns.append(found)
        definition.keys.extend(keys)


def constraint(reader: Reader) -> Key:
    """Read a table constraint."""
    name = reader.name() if reader.accept("constraint") else None
    if reader.accept("unique"):
        return Key("u", reader.names(), name)
    if reader.accept("primary", "key"):
        return Key("p", reader.names(), name)
    if reader.accept("foreign", "key"):
        columns = reader.names()
        reader.expect("references")
        return references(reader, columns, name)
    if reader.sees("check"):
        raise Refused("0A000", "CHECK constraints are not supported")
    return reader.fail()


def attributes(reader: Reader, found: Attributes) -> None:
    """Read table attributes, in any order."""
    while not reader.done:
        if reader.accept("backup"):
            found.backup = reader.expect_any("yes", "no") == "yes"
        elif reader.accept("diststyle"):
            found.diststyle = reader.expect_any("auto", "even", "key", "all")
        elif reader.accept("distkey"):
            found.distkey = _one_name(reader)
        elif reader.accept("encode"):
            reader.expect("auto")
            found.encode_auto = True
        elif not sort_key(reader, found):
            return


def sort_key(reader: Reader, found: Attributes) -> bool:
    """Read [COMPOUND | INTERLEAVED] SORTKEY (...) or SORTKEY AUTO."""
    style = reader.accept_any("compound", "interleaved")
    if not style and not reader.sees("sortkey"):
        return False
    reader.expect("sortkey")
    if not style and reader.accept("auto"):
        found.sortstyle = "auto"
        return True
    found.sortstyle = style or "compound"
    found.sortkey = reader.names()
    return True


def _one_name(reader: Reader) -> str:
    names = reader.names()
    if len(names) > 1:
        raise Refused("42P16", "a table can have only one DISTKEY column")
    return names[0]


def _column_attributes(definition: TableDefinition) -> None:
    attributes_ = definition.attributes
    for found in definition.columns:
        if found.distkey:
            if attributes_.distkey:
                raise Refused("42P16", "a table can have only one DISTKEY column")
            attributes_.distkey = found.name
        if found.sortkey:
            if attributes_.sortkey:
                raise Refused("42P16", "use the SORTKEY table attribute for several sort columns")
            attributes_.sortkey = [found.name]
            attributes_.sortstyle = "compound"


def _primary_key(definition: TableDefinition) -> None:
    primary = [key for key in definition.keys if key.kind == "p"]
    name = definition.name[-1]
    if len(primary) > 1:
        raise Refused("42P16", f'multiple primary keys for table "{name}" are not allowed')
    for key in primary:
        for found in definition.columns:
            found.not_null |= found.name in key.columns
