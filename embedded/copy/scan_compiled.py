"""How the functions of the scanner are compiled."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

from embedded.copy import scan_cache

Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int64]

numba.config.CACHE_DIR = str(scan_cache.folder())  # type: ignore[attr-defined]

compiled = numba.njit(nogil=True, cache=True, forceinline=True)
