"""Where the flows run: what Prefect must know beforehand, the local stack, the container, AWS."""
