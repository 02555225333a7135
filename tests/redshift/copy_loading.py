"""Load a few bytes with COPY and look at what became of them."""

from __future__ import annotations

from typing import Any

ERRORS = """
SELECT line_number, TRIM(colname), TRIM(type), TRIM(col_length), err_code, TRIM(err_reason)
FROM stl_load_errors ORDER BY query, filename, line_number
"""
DOWN = "Load into table 't' failed.  Check 'stl_load_errors' system table for details."


class Loading:
    """A connection and a bucket, with a table `t` that files are loaded into."""

    def __init__(self, connection: Any, lake: Any) -> None:
        self.connection = connection
        self.connection.autocommit = True
        self.lake = lake

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run SQL; `{bucket}` stands for the bucket's name."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql.replace("{bucket}", self.lake.bucket))
            return cursor.fetchall() if cursor.description else []

    def table(self, columns: str) -> None:
        """An empty table `t`."""
        self.run("DROP TABLE IF EXISTS t")
        self.run(f"CREATE TABLE t ({columns})")

    def copy(self, content: str | bytes, options: str, key: str = "in/file") -> None:
        """COPY one file into `t`."""
        self.lake.put(key, content)
        self.run(f"COPY t FROM 's3://{{bucket}}/{key}' IAM_ROLE default {options}")

    def rows(self) -> list[tuple[Any, ...]]:
        """What is in `t`."""
        return sorted(self.run("SELECT * FROM t"), key=repr)

    def errors(self) -> list[tuple[Any, ...]]:
        """What STL_LOAD_ERRORS tells of all loads so far."""
        return self.run(ERRORS)
