"""ALTER TABLE ... ALTER DISTSTYLE, DISTKEY, SORTKEY and ENCODE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import literal, quoted, to_regclass
from embedded.statements import declared
from embedded.statements.alter_column import existing
from embedded.statements.definitions import Attributes
from embedded.statements.encodings import check_encoding
from embedded.statements.reader import Reader
from embedded.statements.relations import zone_map
from embedded.statements.table_grammar import sort_key

if TYPE_CHECKING:
    from embedded.session import Session


def alter(session: Session, name: list[str], reader: Reader) -> None:
    """Change how the rows are spread or sorted."""
    if reader.accept("distkey"):
        _distribute(session, name, reader, "key", reader.name())
    elif reader.accept("diststyle"):
        style = reader.expect_any("all", "even", "auto", "key")
        if style == "key":
            reader.expect("distkey")
        _distribute(session, name, reader, style, reader.name() if style == "key" else None)
    elif reader.accept("encode"):
        reader.expect("auto")
        reader.finish()
        _update(session, name, {"encodings": {}})
    elif reader.accept("sortkey", "none"):
        _sort(session, name, reader, Attributes())
    else:
        wanted = Attributes()
        if not sort_key(reader, wanted):
            reader.fail()
        _sort(session, name, reader, wanted)


def _distribute(
    session: Session, name: list[str], reader: Reader, style: str, column: str | None
) -> None:
    reader.finish()
    session.transaction.touch_data()
    number = None
    if column:
        existing(session, name, column)
        number = declared.numbers(session, name)[column]
    _update(session, name, {"diststyle": style, "distkey": number})


def _sort(session: Session, name: list[str], reader: Reader, wanted: Attributes) -> None:
    reader.finish()
    if wanted.sortstyle == "interleaved":
        raise Refused("0A000", "ALTER TABLE ALTER SORTKEY does not support INTERLEAVED")
    session.transaction.touch_data()
    for column in wanted.sortkey:
        existing(session, name, column)
    number = declared.numbers(session, name)
    _update(
        session,
        name,
        {"sortstyle": wanted.sortstyle, "sortkey": [number[column] for column in wanted.sortkey]},
    )
    _replace_zone_map(session, name, wanted.sortkey)


def _replace_zone_map(session: Session, name: list[str], sortkey: list[str]) -> None:
    table = quoted(*name[-2:])
    indexes = session.run(
        "SELECT indexrelid::regclass::text FROM pg_catalog.pg_index"
        f" WHERE indrelid = {literal(table)}::regclass"
    )
    for (index,) in indexes:
        session.run(f"DROP INDEX {index}")
    temporary = session.run(
        f"SELECT relpersistence = 't' FROM pg_catalog.pg_class WHERE oid = {to_regclass(table)}"
    )[0][0]
    if sortkey and not temporary:
        zone_map(session, table, sortkey[0])


def _update(session: Session, name: list[str], changes: declared.About) -> None:
    session.transaction.touch_data()
    session.columns(".".join(map(quoted, name)))
    about = declared.load(session, name)
    declared.save(session, name, {**(about or {}), **changes}, new=about is None)


def encode(session: Session, name: list[str], column: str, reader: Reader) -> None:
    """ALTER COLUMN c ENCODE e [, ALTER COLUMN ...]."""
    while True:
        encoding = reader.any_word().lower()
        session.transaction.touch_data()
        check_encoding(column, existing(session, name, column).type, encoding)
        number = str(declared.numbers(session, name)[column])
        known = (declared.load(session, name) or {}).get("encodings", {})
        _update(session, name, {"encodings": {**known, number: encoding}})
        if not reader.accept(","):
            break
        reader.expect("alter")
        reader.accept("column")
        column = reader.name()
        reader.expect("encode")
    reader.finish()
