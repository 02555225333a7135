"""What tables, views and columns mean: said once, in the headers of their files.

A header's first line names the table and says its grain; under `Columns:` each line explains one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sql.files import ROOT, read

EXPLAINED = re.compile(r"^--   (\w+) +(\S.*)$", re.MULTILINE)


def grain(name: str) -> str:
    """What a row of the table or view is."""
    words = read(name).title.partition(": ")[2]
    return words[:1].upper() + words[1:]


def explanations(name: str) -> dict[str, str]:
    """Each column with its meaning, in order."""
    content = (ROOT / f"{name}.sql").read_text(encoding="utf-8")
    return dict(EXPLAINED.findall(content.partition("-- Columns:\n")[2]))


def comments(kind: str, name: str, file: str) -> Iterator[tuple[str, str]]:
    """What is commented on a TABLE or VIEW of that name, and the words: itself, then its columns."""
    yield f"{kind} {name}", grain(file)
    for column, meaning in explanations(file).items():
        yield f"COLUMN {name}.{column}", meaning
