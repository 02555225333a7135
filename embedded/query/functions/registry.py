"""The functions that are imitated: what they take, and how each is written for PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from embedded.errors import Refused
from embedded.query.piece import DATES, NUMBERS, TIMES, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.types import Type

Write = Callable[[Call, list[Piece], Scope], Piece]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how many arguments, who can run it, and its writer.

    `kind` is scalar, aggregate, window, or raw: a writer that reads the arguments itself.
    `node` is 'leader' or 'compute' where only that one can run it.
    """

    write: Write
    fewest: int
    most: int
    kind: str = "scalar"
    node: str = ""


FUNCTIONS: dict[str, Function] = {}


def register(
    names: str, fewest: int, most: int, kind: str = "scalar", node: str = ""
) -> Callable[[Write], Write]:
    """Register a writer under one or more names."""

    def decorate(write: Write) -> Write:
        for name in names.split():
            FUNCTIONS[name] = Function(write, fewest, most, kind, node)
        return write

    return decorate


def simple(name: str, target: str, arguments: str, result: Type | None, node: str = "") -> None:
    """Register a function that PostgreSQL, or our catalog, has under another name.

    `arguments` has a letter for each: s string (numbers and times become one), n number, i integer,
    x anything; those after `?` may be left out.
    """
    letters = arguments.replace("?", "")
    fewest = arguments.index("?") if "?" in arguments else len(letters)

    def write(call: Call, pieces: list[Piece], _: Scope) -> Piece:
        texts = [_argument(piece, letter) for piece, letter in zip(pieces, letters, strict=False)]
        if None in texts:
            raise unknown(call.name, pieces)
        return compose(f"{target}({', '.join(map(str, texts))})", result, pieces, name)

    FUNCTIONS[name] = Function(write, fewest, len(letters), "scalar", node)


def _argument(piece: Piece, letter: str) -> str | None:
    kind = piece.kind
    if letter == "s":
        if kind == "boolean":
            return None
        becomes_text = kind in NUMBERS or kind in DATES or kind in TIMES or kind == "super"
        return as_varchar(piece) if becomes_text else piece.sql
    if letter in "ni" and (kind in DATES or kind in TIMES or kind in ("boolean", "interval")):
        return None
    if letter in "ni" and kind in ("varchar", "char"):
        return f"CAST({piece.sql} AS {'integer' if letter == 'i' else 'double precision'})"
    if letter == "i" and kind in ("bigint", "numeric", "double precision", "real"):
        return f"CAST({piece.sql} AS integer)"
    return piece.sql


def unknown(name: str, pieces: list[Piece]) -> Refused:
    """The error of a function that does not exist, or not for these types."""
    types = ", ".join(str(piece.type) if piece.type else '"unknown"' for piece in pieces)
    hint = (
        "No function matches the given name and argument types."
        " You may need to add explicit type casts."
    )
    return Refused("42883", f"function {name}({types}) does not exist", hint)
