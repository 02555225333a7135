"""A COPY that is long enough for the scanner: through the door, with odd lines and bad ones near its end."""

from __future__ import annotations

import json
import sys
from typing import Any

from copy_loading import Loading

from embedded.copy.scan_path import LONG

BLOCK = "".join(json.dumps({"id": n, "name": "é" * 500}) + "\n" for n in range(1000))
ODD = '{"id": "12", "name": "\\u00e9 \\"quoted\\"\\n"}\n{"ID": 13}\n{"id": 1.5}\n\n{"id": 14.0}\n'


def test_a_long_copy_reads_odd_lines_and_tells_of_bad_ones(redshift: Any, lake: Any) -> None:
    loading = Loading(redshift, lake)
    loading.table("id BIGINT, name VARCHAR(1000)")
    blocks = LONG // len(BLOCK) + 1
    loading.copy(BLOCK * blocks + ODD + BLOCK, "JSON 'auto ignorecase' MAXERROR 5")
    assert "embedded.copy.scan_json" in sys.modules
    assert loading.run("SELECT COUNT(*), COUNT(DISTINCT id), MAX(LEN(name)) FROM t") == [
        (1000 * (blocks + 1) + 3, 1000, 500)
    ]
    rows = loading.run("SELECT id, name FROM t WHERE name IS NULL OR LEN(name) < 500 ORDER BY id")
    assert rows == [(12, 'é "quoted"\n'), (13, None), (14, None)]
    reason = "Invalid digit, Value '.', Pos 1, Type: Long"
    assert loading.errors() == [(1000 * blocks + 3, "id", "int8", "", 1207, reason)]
