"""CREATE VIEW and ALTER VIEW."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import literal, quoted, to_regclass
from embedded.statements import late_views
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def create_view(session: Session, reader: Reader, replace: bool = False) -> Answer:
    """CREATE [OR REPLACE] VIEW name [(columns)] AS query."""
    name = reader.qualified_name()
    check_name(name)
    columns = reader.names() if reader.sees("(") else []
    reader.expect("as")
    query, late = _query(reader)
    session.transaction.touch_data()
    if late:
        return _late(session, name, query, replace, columns)
    late_views.forget(session, name)
    listed = f" ({', '.join(map(quoted, columns))})" if columns else ""
    command = "CREATE OR REPLACE VIEW" if replace else "CREATE VIEW"
    view = quoted(*name[-2:])
    session.run(f"{command} {view}{listed} AS {session.translate(query)}")
    text = literal(query.rstrip().removesuffix(";") + ";")
    session.run(f'COMMENT ON RULE "_RETURN" ON {view} IS {text}')  # what the catalog shows of it
    session.transaction.tables_changed()
    return Answer(status="CREATE VIEW")


def _late(
    session: Session, name: list[str], query: str, replace: bool, columns: list[str]
) -> Answer:
    if columns:
        raise NotImitated("column names of views WITH NO SCHEMA BINDING")
    check_qualified(query)
    view = quoted(*name[-2:])
    if session.run(f"SELECT {to_regclass(view)} IS NOT NULL")[0][0]:
        if not replace:
            raise Refused("42P07", f'Relation "{name[-1]}" already exists')
        if not late_views.forget(session, name):
            session.run(f"DROP VIEW {view}")
    late_views.keep(session, name, query)
    session.transaction.tables_changed()
    return Answer(status="CREATE VIEW")


def check_qualified(query: str) -> None:
    """Refuse names without a schema: a late-binding view finds them nowhere."""
    statement = Statement(query)
    for i, token in enumerate(statement.tokens[:-1]):
        if token.is_word("from", "join") and unqualified(statement, i + 1):
            message = "All the relation names inside should be qualified when creating VIEW"
            raise Refused("42601", f"{message} WITH NO SCHEMA BINDING.")


def unqualified(statement: Statement, place: int) -> bool:
    """Whether a name in FROM is a table's, with no schema and no WITH that defines it."""
    tokens = statement.tokens
    name = tokens[place]
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if name.kind not in ("word", "quoted") or after in (".", "(") or name.value == "select":
        return False
    return not any(
        other.value == name.value and tokens[i + 1].is_word("as") and tokens[i + 2].text == "("
        for i, other in enumerate(tokens[:-2])
        if i != place
    )


def _query(reader: Reader) -> tuple[str, bool]:
    if reader.accept("("):
        reader.position -= 1
    elif not reader.sees("select") and not reader.sees("with"):
        reader.fail()
    text = reader.rest()
    tail = [token.value for token in reader.statement.tokens[-4:]]
    if tail == ["with", "no", "schema", "binding"]:
        start = reader.statement.tokens[-4].start
        return text[: len(text) - (len(reader.text) - start)], True
    if tail[-2:] == ["check", "option"]:
        raise Refused("0A000", "WITH CHECK OPTION is not supported")
    return text, False


def alter_view(session: Session, reader: Reader) -> Answer:
    """ALTER VIEW name RENAME TO | OWNER TO."""
    name = quoted(*reader.qualified_name()[-2:])
    if reader.accept("rename", "to"):
        change = f"RENAME TO {quoted(reader.name())}"
    else:
        reader.expect("owner", "to")
        change = f"OWNER TO {quoted(reader.name())}"
    reader.finish()
    session.transaction.touch_data()
    session.run(f"ALTER VIEW {name} {change}")
    session.transaction.tables_changed()
    return Answer(status="ALTER VIEW")
