"""Read a type name where SQL has one: after `::`, in CAST, before a literal."""

from __future__ import annotations

from embedded.query.reader import Reader

_TWO_WORDS = {"double": "precision", "character": "varying", "binary": "varying"}
_LITERAL_TYPES = frozenset(
    [
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "timetz",
        "datetime",
        "bool",
        "boolean",
        "varchar",
        "char",
    ]
)


def read_type(reader: Reader) -> str:
    """Take a type name with its length; gives text for `types.redshift_type`."""
    words = [reader.label() if reader.at("timestamp", "interval", "binary") else reader.name()]
    if reader.at(_TWO_WORDS.get(words[0], " ")):
        words.append(reader.label())
    if reader.at("("):
        words.append(_length(reader))
    if words[0] in ("time", "timestamp"):
        words += _zone(reader)
    if reader.at("["):
        words.append("[]")
        reader.advance()
        while not reader.accept("]"):
            reader.advance()
    return " ".join(words).replace(" []", "[]")


def _length(reader: Reader) -> str:
    reader.expect("(")
    text = reader.advance().text
    if reader.accept(","):
        text += "," + ("-" if reader.accept("-") else "") + reader.advance().text
    reader.expect(")")
    return f"({text})"


def _zone(reader: Reader) -> list[str]:
    for words in (("with", "time", "zone"), ("without", "time", "zone")):
        if reader.accept(*words):
            return list(words)
    return []


def at_typed_literal(reader: Reader) -> bool:
    """Whether a literal with its type in front follows: DATE '2018-11-01'."""
    if reader.current.kind != "word" or reader.current.value not in _LITERAL_TYPES:
        return False
    if reader.ahead().kind == "string":
        return True
    return reader.at("time", "timestamp") and (
        reader.ahead().value in ("with", "without") and reader.ahead(4).kind == "string"
    )
