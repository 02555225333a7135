"""Find the warehouse that a run was told to load, by its block's name."""

from __future__ import annotations

from functools import cache
from typing import cast

from prefect.blocks.core import Block
from prefect.plugins import load_prefect_collections
from prefect.utilities.dispatch import lookup_type
from pydantic import ValidationError

from blocks.errors import UsageError
from blocks.redshift import Redshift

LOCAL = "embedded-redshift/local"


def load_warehouse(slug: str) -> Redshift:
    """The block `type/name`; a type that needs no settings need not have been saved.

    Raises `UsageError` when there is no such block or when it is not a warehouse.
    """
    block_type, separator, name = slug.partition("/")
    if not separator or not name:
        raise UsageError(f"warehouse {slug!r} is not of the form TYPE/NAME, such as {LOCAL}")
    block = _load(_block_class(block_type, slug), slug, name)
    if not isinstance(block, Redshift):
        raise UsageError(f"warehouse {slug!r} is a {type(block).__name__}, not a Redshift")
    return block


@cache
def _block_class(block_type: str, slug: str) -> type[Block]:
    load_prefect_collections()
    try:
        return lookup_type(Block, block_type)
    except KeyError:
        raise UsageError(f"warehouse {slug!r}: no block type {block_type!r} is installed") from None


def _load(block_class: type[Block], slug: str, name: str) -> Block:
    try:
        return cast(Block, block_class.load(name))
    except RuntimeError as error:
        if isinstance(error.__cause__, ValidationError):
            raise UsageError(f"warehouse {slug!r}: {_wrong_settings(error.__cause__)}") from None
        raise
    except ValueError:
        if any(field.is_required() for field in block_class.model_fields.values()):
            raise UsageError(f"warehouse {slug!r} is not saved in this Prefect") from None
        return block_class()


def _wrong_settings(error: ValidationError) -> str:
    """What a form let pass, in one line and without the values: one of them is a password."""
    told = (
        (".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, "))
        for one in error.errors(include_input=False, include_url=False)
    )
    return "; ".join(f"{where}: {words}" if where else words for where, words in told)
