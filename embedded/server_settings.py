"""The settings that the PostgreSQL server is started with."""

from __future__ import annotations

from pathlib import Path

from embedded import home

_SETTINGS = {
    # reached from this machine only
    "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",
    "max_connections": "250",
    # as Redshift: UTC, one snapshot per transaction
    "timezone": "UTC",
    "log_timezone": "UTC",
    "default_transaction_isolation": "repeatable read",
    # bulk loads by one person on a laptop; nothing is replicated
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_buffers": "16MB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "max_locks_per_transaction": "256",  # DROP SCHEMA ... CASCADE of a run locks every table
    "jit": "off",
    "enable_nestloop": "off",  # as Redshift, equal keys are joined by hash: new tables have no statistics
    "max_parallel_workers_per_gather": "0",  # containers give /dev/shm 64 MB
    "track_activity_query_size": "16384",
    # no statement in the log: it could hold a secret
    "log_min_error_statement": "panic",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %d ",
    "logging_collector": "off",
}

# A throwaway server of tests need not survive a power cut, only being killed.
_UNSAFE = {"fsync": "off", "full_page_writes": "off"}


def options(port: int, sockets: Path) -> list[str]:
    """The command line that sets them."""
    chosen = _SETTINGS | {"port": str(port), "unix_socket_directories": f'"{sockets}"'}
    chosen |= _UNSAFE if home.is_throwaway() else {}
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
