"""Save the blocks that the settings describe, over what is saved under their names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prefect.blocks.core import Block
from prefect.plugins import load_prefect_collections
from prefect.utilities.dispatch import lookup_type
from prefect_aws import AwsCredentials
from pydantic import ValidationError

from blocks import Lake, Redshift
from blocks.errors import UsageError
from deployments.settings import LOCAL, Settings


def register_types(settings: Settings) -> list[str]:
    """Make the block types known to the API, so that the UI has forms for them."""
    kinds: list[type[Block]] = [Lake, Redshift]
    if settings.warehouse == LOCAL:
        kinds.append(_type("embedded-redshift"))
    for kind in kinds:
        kind.register_type_and_schema()
    return [kind.get_block_type_slug() for kind in kinds]


def save_warehouse(settings: Settings) -> str | None:
    """Save the Redshift block and its lake under the same name; None when none is described."""
    if not settings.redshift:
        return None
    lake = _make(Lake, settings.lake, settings)
    lake.save(settings.block, overwrite=True)
    warehouse = _make(Redshift, {**settings.redshift, "lake": lake}, settings)
    warehouse.save(settings.block, overwrite=True)
    return f"redshift/{settings.block}"


def block_id(slug: str) -> UUID:
    """The id of the saved block TYPE/NAME."""
    kind, _, name = slug.partition("/")
    try:
        block: Any = _type(kind).load(name)
    except ValueError:
        raise UsageError(f"the block {slug!r} is not saved in this Prefect") from None
    found: UUID = block._block_document_id
    return found


def save_as(block: Block, name: str) -> str:
    """Save a block over what is saved under its name; its id."""
    return str(block.save(name, overwrite=True))


def _type(slug: str) -> type[Block]:
    load_prefect_collections()
    try:
        return lookup_type(Block, slug)
    except KeyError:
        raise UsageError(f"no block type {slug!r} is installed") from None


def _make(kind: type[Block], given: dict[str, Any], settings: Settings) -> Any:
    name = kind.get_block_type_slug()
    if unknown := sorted(given.keys() - kind.model_fields.keys()):
        raise UsageError(f"{name} has no field {unknown[0]!r}: {', '.join(kind.model_fields)}")
    try:
        return kind(**given, **_credentials(kind, settings))
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        raise UsageError(f"{name} {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from None


def _credentials(kind: type[Block], settings: Settings) -> dict[str, Any]:
    """The saved AWS credentials, for the field that takes some."""
    if not settings.aws_credentials:
        return {}
    fields = kind.model_fields.items()
    wanted = [name for name, field in fields if field.annotation is AwsCredentials]
    return dict.fromkeys(wanted, AwsCredentials.load(settings.aws_credentials))
