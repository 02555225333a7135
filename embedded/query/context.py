"""What the translator may ask of the session it translates for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from embedded.columns import Column


@dataclass(frozen=True)
class Context:
    """The session as the translator sees it.

    `columns(name)` takes a table name as it is written in SQL, folded and with its quotes undone
    (`t`, `s.t`, `redshift_catalog.stl_load_errors`), and gives its columns with Redshift's types, or
    None when there is no such relation. Views and system views answer too: names are resolved, and
    star lists and lateral aliases understood, by these answers. It must be cheap (cache it).
    `look_ahead(names)` tells which relations `columns` may be asked for.
    """

    columns: Callable[[str], Sequence[Column] | None]
    look_ahead: Callable[[Iterable[str]], None] = lambda names: None
    case_sensitive_identifiers: bool = False
    error_on_nondeterministic_update: bool = False
    shuffle_unordered: bool = False
