"""The functions, by family; importing this package registers them all."""

import embedded.query.functions.aggregates
import embedded.query.functions.arrays
import embedded.query.functions.casts
import embedded.query.functions.conditional
import embedded.query.functions.date_arithmetic
import embedded.query.functions.date_formats
import embedded.query.functions.date_parts
import embedded.query.functions.hashes
import embedded.query.functions.json
import embedded.query.functions.maths
import embedded.query.functions.strings
import embedded.query.functions.system
import embedded.query.functions.windows  # noqa: F401
from embedded.query.functions.registry import FUNCTIONS, Function, unknown

__all__ = ["FUNCTIONS", "Function", "unknown"]
