"""What a warehouse block is told: which settings go together, and the settings of its sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blocks.redshift import Redshift

QUERY_GROUP_BYTES = 30


def blank_is_none(value: Any) -> Any:
    """Forms send an empty text for a field that was left alone."""
    return (value.strip() or None) if isinstance(value, str) else value


def listed(value: Any) -> Any:
    """A text from the environment stands for the names between its commas."""
    if isinstance(value, str):
        return [name for part in value.split(",") if (name := part.strip())]
    return value


def contradiction(block: Redshift) -> str | None:
    """What is missing from a block's settings or speaks against them, in one line."""
    if block.cluster and block.workgroup:
        return "give a cluster or a workgroup, not both"
    if block.sslmode == "disable" and block.sign_in != "password":
        return f"sign_in {block.sign_in} sends a password of AWS: sslmode disable is not for it"
    if block.ca_bundle == "system" and block.sslmode != "verify-full":
        return "ca_bundle 'system' needs sslmode verify-full"
    located = block.host or block.cluster or block.workgroup
    if not located and block.sign_in != "secret":
        return "give the host, or a cluster or workgroup to look it up by"
    return _of_sign_in(block)


def _of_sign_in(block: Redshift) -> str | None:
    asked, how = block.sign_in, f"sign_in {block.sign_in}"
    if asked == "secret":
        return None if block.secret else f"{how} needs the name or ARN of the secret"
    if block.secret:
        return f"a secret is given, but {how} does not read it: set sign_in to secret"
    if asked == "password":
        return None if block.user and block.password else f"{how} needs user and password"
    if block.password:
        return f"a password is given, but {how} does not use it: take it out"
    if asked == "iam":
        return None if block.cluster or block.workgroup else f"{how} needs a cluster or a workgroup"
    if block.workgroup:
        return f"{how} is for clusters: with a workgroup set sign_in to iam"
    return None if block.user and block.cluster else f"{how} needs user and cluster"


def options(search_path: str, label: str, statement_timeout: int) -> str:
    """libpq's `options`: what a session is set to from its start."""
    settings = {
        "statement_timeout": str(statement_timeout * 1000),
        "query_group": label.encode()[:QUERY_GROUP_BYTES].decode(errors="ignore"),
    }
    if search_path:
        settings["search_path"] = search_path
    return " ".join(f"-c {name}={escaped(value)}" for name, value in settings.items())


def escaped(value: str) -> str:
    """A value for libpq's `options`, which the server cuts at blanks that no backslash precedes."""
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
