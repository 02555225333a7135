"""Where the machine code of the scanner is kept: in the home, by the state of the scanner's files.

Numba's cache knows a function by the file that it is in, and not by those that it calls.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from embedded import home


def folder() -> Path:
    """The folder for the files as they are now."""
    sources = sorted(Path(__file__).parent.glob("scan_*.py"))
    state = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return home.folder() / "compiled" / state[:12]


def fill() -> None:
    """Compile in a process of its own, once: the compiler's 60 MB are gone with it."""
    if not folder().exists():
        compiling = [sys.executable, "-c", "import embedded.copy.scan_json"]
        subprocess.run(compiling, check=False, capture_output=True)
