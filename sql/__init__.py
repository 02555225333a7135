"""Every statement the pipeline sends, as Redshift SQL in files, and the tables they build."""

from sql.catalog import DIMENSIONS, FACT, SOURCES, TABLES, Column, Source, Table
from sql.files import Statement, bound, columns, execute, read, read_all

__all__ = [
    "DIMENSIONS",
    "FACT",
    "SOURCES",
    "TABLES",
    "Column",
    "Source",
    "Statement",
    "Table",
    "bound",
    "columns",
    "execute",
    "read",
    "read_all",
]
