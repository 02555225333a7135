"""The settings in libpq's `options`: PostgreSQL takes those of Redshift under a name with a prefix."""

from __future__ import annotations

import re

from embedded.statements.parameters import OWN

_SETTING = re.compile(r"(?P<switch>(?:^|(?<=\s))(?:-c\s*|--))(?P<name>[A-Za-z_-]+)(?==)")


def as_postgres(options: str) -> str:
    """Options for a Redshift server as the stand-in's server takes them."""
    return _SETTING.sub(_renamed, options)


def _renamed(match: re.Match[str]) -> str:
    name = match["name"].lower().replace("-", "_")
    return match["switch"] + (f"redshift.{name}" if name in OWN else match["name"])
