"""Redshift's configuration parameters: which there are, their defaults, and what they take."""

from __future__ import annotations

import re
from collections.abc import Callable

_BOOLEANS = frozenset(["on", "off", "true", "false", "yes", "no", "1", "0"])


def _boolean(value: str) -> bool:
    return value.lower() in _BOOLEANS


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value.lower() in values


def _number(low: int, high: int) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        return value.lstrip("-").isdigit() and low <= int(value) <= high

    return check


def _fraction(value: str) -> bool:
    return re.fullmatch(r"-?(\d+(\.\d*)?|\.\d+)", value) is not None and -1 <= float(value) <= 1


def _text(value: str) -> bool:
    return True


def _group(value: str) -> bool:
    return len(value.encode()) <= 320


# Parameters that PostgreSQL has too, with the same meaning.
SHARED = {
    "search_path": _text,
    "statement_timeout": _number(0, 2147483647),
    "timezone": _text,
    "datestyle": _text,
    "client_encoding": _text,
    "application_name": _text,
    "extra_float_digits": _number(-15, 2),
    "intervalstyle": _text,
    "client_min_messages": _text,
    "seed": _fraction,
}

# Parameters of Redshift alone, and what they take; their defaults are set in the catalog.
OWN: dict[str, Callable[[str], bool]] = {
    "analyze_threshold_percent": _text,
    "auto_analyze": _boolean,
    "auto_mv": _boolean,
    "cast_super_null_on_error": _boolean,
    "datashare_break_glass_session_var": _text,
    "default_geometry_encoding": _number(1, 2),
    "describe_field_name_in_uppercase": _boolean,
    "downcase_delimited_identifier": _boolean,
    "enable_case_sensitive_identifier": _boolean,
    "enable_case_sensitive_super_attribute": _boolean,
    "enable_large_strings_opt_in": _boolean,
    "enable_numeric_rounding": _boolean,
    "enable_result_cache_for_session": _boolean,
    "enable_vacuum_boost": _boolean,
    "error_on_nondeterministic_update": _boolean,
    "interval_forbid_composite_literals": _boolean,
    "json_parse_dedup_attributes": _boolean,
    "json_parse_truncate_strings": _boolean,
    "json_serialization_enable": _boolean,
    "json_serialization_parse_nested_strings": _boolean,
    "max_concurrency_scaling_clusters": _number(0, 10),
    "max_cursor_result_set_size": _number(0, 14400000),
    "mv_enable_aqmv_for_session": _boolean,
    "navigate_super_null_on_error": _boolean,
    "parse_super_null_on_error": _boolean,
    "pg_federation_repeatable_read": _boolean,
    "query_group": _group,
    "require_ssl": _boolean,
    "shuffle_unordered": _boolean,  # not of Redshift: for tests
    "spectrum_enable_pseudo_columns": _boolean,
    "spectrum_query_maxerror": _text,
    "stored_proc_log_min_messages": _one_of("exception", "warning", "notice", "info", "log"),
    "use_fips_ssl": _boolean,
    "wlm_query_slot_count": _number(1, 50),
    "wlm_json_configuration": _text,
}

# Settings of the cluster, which a session shows and cannot set.
READ_ONLY = {
    "server_version": "8.0.2",
    "server_encoding": "UTF8",
    "max_identifier_length": "127",
    "integer_datetimes": "on",
    "lc_collate": "C",
    "lc_ctype": "C",
    "is_superuser": "on",
}

# What the cursor itself must know.
FLAGS = (
    "enable_case_sensitive_identifier",
    "error_on_nondeterministic_update",
    "query_group",
    "shuffle_unordered",
)
