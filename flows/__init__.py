"""The flows: the order of the work, the only logging, and the commands."""

import os

# A temporary server that reports its use trips over its own database when it starts.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
