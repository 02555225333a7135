"""The functions of Redshift that are not imitated: all other unknown names do not exist there."""

from __future__ import annotations

from embedded.query.words import words

ARRAY = words(
    "array_contains array_distinct array_except array_intersection"
    " array_position array_positions array_sort array_union"
)
OBJECT = words("object_transform get_number_attributes lower_attribute_names"
               " upper_attribute_names")  # fmt: skip
TYPE_INFORMATION = words(
    "decimal_precision decimal_scale is_bigint is_decimal is_float is_integer is_smallint json_size"
)
VARBYTE = words("getbit json_serialize_to_varbyte")
HASHES = words("checksum farmfingerprint64 xxhash64")
HYPERLOGLOG = words("hll hll_create_sketch hll_cardinality hll_combine ")
JSON = words("json_size json_serialize_to_varbyte")
MACHINE_LEARNING = words("explain_model")
FORMATS = words("text_to_numeric_alt")
STRINGS = words("collate text_pattern_cmp")
LEADER = words(
    "get_bit get_byte set_bit set_byte to_ascii getbit "
    " has_assumerole_privilege has_column_privilege has_language_privilege has_function_privilege"
    " current_aws_account current_namespace current_session_arn "
)
SYSTEM = words(
    "current_aws_account current_namespace default_iam_role last_user_query_id pg_get_cols"
    " pg_get_grantee_by_iam_role pg_get_iam_role_by_user pg_get_late_binding_view_cols"
    " pg_get_session_roles pg_last_query_id pg_last_unload_id reboot_cluster slice_num"
    " user_is_member_of role_is_member_of pg_stat_get_numscans set_config"
    " change_query_priority change_session_priority change_user_priority current_session_arn"
)
SPATIAL = words(
    "addbbox dropbbox geometrytype supportsbbox h3_boundary h3_center h3_fromlonglat h3_frompoint"
    " h3_isvalid h3_polyfill h3_resolution h3_tochildren h3_toparent"
)

CATALOGS = words(
    "pg_aggregate pg_am pg_amop pg_amproc pg_attrdef pg_attribute pg_cast pg_class pg_constraint"
    " pg_conversion pg_database pg_depend pg_description pg_group pg_index pg_indexes pg_inherits"
    " pg_language pg_locks pg_namespace pg_opclass pg_operator pg_proc pg_rewrite pg_rules pg_settings"
    " pg_stat_activity pg_stats pg_tables pg_tablespace pg_trigger pg_type pg_user pg_views"
    " pg_default_acl"
)

NOT_IMITATED = (
    FORMATS | ARRAY | OBJECT | TYPE_INFORMATION | VARBYTE | HASHES | HYPERLOGLOG | JSON | MACHINE_LEARNING
    | STRINGS | LEADER | SYSTEM | SPATIAL
)  # fmt: skip


def exists_in_redshift(name: str) -> bool:
    """Whether Redshift has a function of this name."""
    return name in NOT_IMITATED or name.startswith("st_")
