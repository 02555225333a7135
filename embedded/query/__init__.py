"""Redshift queries and DML as PostgreSQL text.

    translate             one statement: SELECT, INSERT, UPDATE, DELETE, MERGE
    translate_expression  one expression without columns: a column default
    output_columns        what comes out of a query, with Redshift's types

A statement is read (read_*) into a tree that can hold nothing that Redshift's grammar does not have,
and written (write_*) with the type of every piece, as far as the tables tell it. What has no writer
cannot get through.
"""

from embedded.query.context import Context
from embedded.query.translate import output_columns, translate, translate_expression

__all__ = ["Context", "output_columns", "translate", "translate_expression"]
