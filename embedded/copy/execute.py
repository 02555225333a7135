"""Execute a COPY statement from its text to its notice."""

from __future__ import annotations

from datetime import datetime

from embedded.copy import journal
from embedded.copy.load import Load
from embedded.copy.options import CopyStatement
from embedded.copy.plan import Plan, plan
from embedded.copy.records import LoadDies
from embedded.copy.selection import Source, select
from embedded.copy.statement import read_copy
from embedded.copy.storage import Storage
from embedded.errors import Refused
from embedded.session import Session


def copy(session: Session, sql: str) -> None:
    """Load what the statement names, or refuse it and load nothing."""
    statement = read_copy(sql)
    target = plan(session, statement)
    started, query_id = journal.now(), journal.next_query_id(session)
    load, sources = _prepare(session, statement, target, query_id)
    remember(session, "copy", query_id, 0)
    load.run(sources)
    if load.died or load.outcome.failed:
        _fail(session, statement, load, query_id, started, len(sources))
    _succeed(session, statement, load, query_id, started, len(sources))


def _prepare(
    session: Session, statement: CopyStatement, target: Plan, query_id: int
) -> tuple[Load, list[Source]]:
    """All that can go wrong before the first object is read."""
    options = statement.options
    storage = Storage.of(session, options.region)
    try:
        storage.check_region()
        columnar = options.format == "parquet"
        sources = select(storage, statement.source, options.manifest, columnar)
        return Load(session, statement, target, storage), sources
    except LoadDies as died:
        raise refusal(session, died, query_id) from None


def _succeed(
    session: Session, statement: CopyStatement, load: Load, query_id: int, started: datetime,
    sources: int,
) -> None:  # fmt: skip
    outcome = load.outcome
    common = journal.common(session, query_id, started)
    journal.load_entry(session, statement, common, outcome, True, sources).write(session)
    name = statement.table_name
    if statement.options.no_load:
        session.notice(
            f"Load into table '{name}' completed, {outcome.rows} record(s) were checked."
        )
        return
    remember(session, "copy", query_id, outcome.rows)
    session.notice(
        f"Load into table '{name}' completed, {outcome.rows} record(s) loaded successfully."
    )
    if outcome.errors:
        session.notice(
            f"Load into table '{name}' completed, {outcome.errors} record(s) could not be loaded."
            "  Check 'stl_load_errors' system table for details."
        )


def _fail(
    session: Session, statement: CopyStatement, load: Load, query_id: int, started: datetime,
    sources: int,
) -> None:  # fmt: skip
    common = journal.common(session, query_id, started)
    entry = journal.load_entry(session, statement, common, load.outcome, False, sources)
    if session.transaction.own:
        # The rollback of this statement must not take pg_last_copy_id() with it.
        session.control("ROLLBACK")
        remember(session, "copy", query_id, 0)
    entry.write_outside(session)
    if load.died:
        raise refusal(session, load.died, query_id)
    raise Refused(
        "XX000",
        f"Load into table '{statement.table_name}' failed."
        "  Check 'stl_load_errors' system table for details.",
    )


def remember(session: Session, verb: str, query_id: int, count: int) -> None:
    """Set what pg_last_copy_id() and pg_last_copy_count() tell."""
    session.control(
        "SELECT set_config(%s, %s, false), set_config(%s, %s, false)",
        (f"redshift.last_{verb}_id", str(query_id), f"redshift.last_{verb}_count", str(count)),
    )
    if verb == "copy":
        session.state.last_copy_id, session.state.last_copy_count = query_id, count


def refusal(session: Session, died: LoadDies, query_id: int) -> Refused:
    """An error of S3 or of a file's make, with the block that Redshift sends along."""
    rule = "-----------------------------------------------"
    detail = (
        f"\n  {rule}\n  error:  {died.message}\n  code:      {died.code}\n"
        f"  context:   {died.context}\n  query:     {query_id}\n  location:  s3_utility.cpp:568\n"
        f"  process:   padbmaster [pid={session.connection.info.backend_pid}]\n  {rule}\n"
    )
    return Refused("XX000", died.message, detail)
