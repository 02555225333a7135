"""Whether the warehouse lets us in, and what its refusals mean."""

from __future__ import annotations

import re

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

REFUSALS = (
    (r"authentication failed", "user or password are refused: check both"),
    (
        r'database "([^"]*)" (?:is not|does not)',
        "there is no database {0}: check the block's database",
    ),
    (
        r'permission denied for database "?([^"\s]*)"?',
        "this user may not connect to database {0}: GRANT it",
    ),
    (
        r'role "([^"]*)" is not permitted to log in',
        "user {0} may not log in: it is a role or disabled",
    ),
    (
        r"too many (?:connections|clients)",
        "the warehouse has no connection left: end idle ones or wait",
    ),
    (r"statement timeout|canceled on user's request", "the warehouse took longer than the limit"),
)


def logging_in(engine: Engine) -> str:
    """Log in and ask who we are; says which server answered."""
    with engine.connect() as connection:
        user = connection.exec_driver_sql("SELECT current_user").scalar_one()
        version = str(connection.exec_driver_sql("SELECT version()").scalar_one())
    server = re.search(r"Redshift [\d.]+", version)
    return f"as {user} on {server[0] if server else version}"


def words_of_login(error: DBAPIError) -> str:
    """What a driver's error means, with the server's own words after it."""
    said = " ".join(str(error.orig).split())
    for pattern, words in REFUSALS:
        if found := re.search(pattern, said):
            return f"{words.format(*found.groups())} ({said})"
    return said
