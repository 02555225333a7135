"""Jsonpaths files: the expressions of Redshift's subset, and the values that they find."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embedded.copy import jsonscan
from embedded.copy.json_records import Mismatch
from embedded.copy.jsonscan import Malformed, Span
from embedded.copy.records import NOTHING, Field, Kind, LoadDies

Step = bytes | int
Path = tuple[Step, ...]

_DOT_STEP = re.compile(r"\.([^'.\[\]\"*]+)|\[([0-9]+)\]")
_BRACKET_STEP = re.compile(r"\['((?:[^'\\]|\\.)*)'\]|\[\"((?:[^\"\\]|\\.)*)\"\]|\[([0-9]+)\]")


def read_jsonpaths(data: bytes, columns: int) -> list[Path] | None:
    """The paths of a jsonpaths file, one per column; None when it has no "jsonpaths" in it.

    Such a file makes COPY behave as with 'auto'.
    """
    try:
        root = jsonscan.span(data, jsonscan.skip_space(data, 0))
        if jsonscan.skip_space(data, root[2]) != len(data) or data[root[1] : root[1] + 1] != b"{":
            raise Malformed(root[2])
    except Malformed:
        raise LoadDies(
            "Invalid JSONPath format: JSONPaths file is not a valid JSON object"
        ) from None
    found = jsonscan.read_object(data, root[1])[0].get(b"jsonpaths")
    if found is None:
        return None
    paths = _paths(data, found)
    if len(paths) != columns:
        raise LoadDies(
            f"Number of jsonpaths and the number of columns should match."
            f" JSONPath size: {len(paths)}, Number of columns in table or column list: {columns}"
        )
    return paths


def _paths(data: bytes, found: Span) -> list[Path]:
    if data[found[1] : found[1] + 1] != b"[":
        raise LoadDies("Invalid JSONPath format: jsonpaths is not an array")
    texts = []
    for value in jsonscan.elements(data, found[1]):
        if value[0] is not Kind.TEXT:
            raise LoadDies("Invalid JSONPath format: a path is not a string")
        texts.append(jsonscan.field(data, value)[1].decode(errors="replace"))
    notations = {text[1] for text in texts if len(text) > 1}
    if "." in notations and any(re.match(r"\$\[['\"]", text) for text in texts):
        raise LoadDies("Invalid JSONPath format: dot and bracket notation cannot be mixed")
    return [parse(text) for text in texts]


def parse(text: str) -> Path:
    """One path; refused when it is not in Redshift's subset of JSONPath."""
    if not text.startswith("$"):
        raise LoadDies(f"Invalid JSONPath format: {text}")
    step = _DOT_STEP if text.startswith("$.") else _BRACKET_STEP
    steps: list[Step] = []
    position = 1
    while position < len(text):
        match = step.match(text, position)
        if match is None:
            raise LoadDies(f"Invalid JSONPath format: {text}")
        name = next((group for group in match.groups()[:-1] if group is not None), None)
        steps.append(int(match[match.re.groups]) if name is None else _unquoted(name))
        position = match.end()
    return tuple(steps)


def _unquoted(name: str) -> bytes:
    return re.sub(r"\\(.)", r"\1", name).encode()


class Paths:
    """The fields that jsonpaths pick."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def keys(self) -> list[str] | None:
        """The keys, when every path is a member of the root object of its own."""
        found = [
            path[0].decode()
            for path in self._paths
            if len(path) == 1 and isinstance(path[0], bytes)
        ]
        return found if len(set(found)) == len(self._paths) else None

    def __call__(self, data: bytes, root: Span) -> tuple[Sequence[Field], Sequence[int]]:
        """See Extractor."""
        known: dict[int, dict[bytes, Span]] = {}
        spans = [_follow(data, root, path, known) for path in self._paths]
        fields = [jsonscan.field(data, value) if value else NOTHING for value in spans]
        return fields, [value[1] if value else root[1] for value in spans]


def _follow(
    data: bytes, root: Span, path: Path, known: dict[int, dict[bytes, Span]]
) -> Span | None:
    """The value at the end of a path; a missing member is None, a missing element an error."""
    value: Span | None = root
    for step in path:
        if value is None:
            return None
        start = value[1]
        if isinstance(step, int):
            value = _element(data, start, step)
        elif data[start : start + 1] == b"{":
            if start not in known:
                known[start] = jsonscan.read_object(data, start)[0]
            value = known[start].get(step)
        elif value[0] is Kind.NULL:
            return None
        else:
            raise Mismatch("Invalid JSONPath format: Member is not an object.")
    return value


def _element(data: bytes, start: int, number: int) -> Span:
    if data[start : start + 1] == b"[":
        found = jsonscan.elements(data, start)
        if number < len(found):
            return found[number]
    raise Mismatch("Invalid JSONPath format: Not an array or index out of range.")
