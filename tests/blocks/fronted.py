"""The production block in front of the embedded PostgreSQL: its statements are read as Redshift's."""

from __future__ import annotations

from typing import Any

from blocks import Redshift
from embedded.connection_options import as_postgres
from embedded.cursor import Cursor


class FrontedRedshift(Redshift):
    """Everything is the production block's, but for the cursor that stands for the server."""

    _block_type_name = "Fronted Redshift"
    _block_type_slug = "fronted-redshift"

    def _connect_args(self, search_path: str, label: str) -> dict[str, Any]:
        made = super()._connect_args(search_path, label)
        return {**made, "options": as_postgres(made["options"]), "cursor_factory": Cursor}
