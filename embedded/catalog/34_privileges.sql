-- Who may do what, as it was granted; what an owner may do by owning is not shown.

CREATE OR REPLACE VIEW redshift_catalog.identities AS
SELECT
    oid,
    oid::integer AS identity_id,
    rolname::text AS identity_name,
    CASE WHEN rolcanlogin THEN 'user' ELSE coalesce(pg_catalog.shobj_description(oid, 'pg_authid'), 'role') END AS identity_type
FROM pg_catalog.pg_roles
UNION ALL
SELECT 0, 0, 'public', 'public';

CREATE OR REPLACE VIEW redshift_catalog.svv_relation_privileges AS
SELECT
    n.nspname::text AS namespace_name,
    c.relname::text AS relation_name,
    a.privilege_type::text AS privilege_type,
    i.identity_id,
    i.identity_name,
    i.identity_type,
    a.is_grantable AS admin_option
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(c.relacl) AS a
JOIN redshift_catalog.identities AS i ON i.oid = a.grantee
WHERE c.relkind IN ('r', 'v') AND a.grantee <> c.relowner AND a.privilege_type NOT IN ('MAINTAIN', 'TRIGGER')
    AND n.nspname NOT IN ('redshift_catalog', 'pg_catalog', 'information_schema', 'pg_toast');

CREATE OR REPLACE VIEW redshift_catalog.svv_schema_privileges AS
SELECT
    n.nspname::text AS namespace_name,
    a.privilege_type::text AS privilege_type,
    i.identity_id,
    i.identity_name,
    i.identity_type,
    a.is_grantable AS admin_option,
    'SCHEMA'::text AS privilege_scope
FROM pg_catalog.pg_namespace AS n
CROSS JOIN LATERAL aclexplode(n.nspacl) AS a
JOIN redshift_catalog.identities AS i ON i.oid = a.grantee
WHERE a.grantee <> n.nspowner AND n.nspname NOT IN ('redshift_catalog', 'pg_toast');

CREATE OR REPLACE VIEW redshift_catalog.svv_database_privileges AS
SELECT
    d.datname::text AS database_name,
    CASE a.privilege_type WHEN 'TEMPORARY' THEN 'TEMP' WHEN 'CONNECT' THEN 'USAGE' ELSE a.privilege_type END::text AS privilege_type,
    i.identity_id,
    i.identity_name,
    i.identity_type,
    a.is_grantable AS admin_option,
    'DATABASE'::text AS privilege_scope
FROM pg_catalog.pg_database AS d
CROSS JOIN LATERAL aclexplode(d.datacl) AS a
JOIN redshift_catalog.identities AS i ON i.oid = a.grantee
WHERE a.grantee <> d.datdba AND d.datname NOT IN ('postgres', 'redshift_template', 'template0', 'template1');

CREATE OR REPLACE VIEW redshift_catalog.granted_roles AS
SELECT m.roleid, m.member, m.admin_option, r.identity_name AS role_name, r.identity_type AS role_type,
    i.identity_name AS member_name, i.identity_type AS member_type
FROM pg_catalog.pg_auth_members AS m
JOIN redshift_catalog.identities AS r ON r.oid = m.roleid
JOIN redshift_catalog.identities AS i ON i.oid = m.member;

CREATE OR REPLACE VIEW redshift_catalog.svv_user_grants AS
SELECT member::integer AS user_id, member_name AS user_name, roleid::integer AS role_id, role_name, admin_option
FROM redshift_catalog.granted_roles WHERE role_type = 'role' AND member_type = 'user';

CREATE OR REPLACE VIEW redshift_catalog.svv_role_grants AS
SELECT member::integer AS role_id, member_name AS role_name, roleid::integer AS granted_role_id,
    role_name AS granted_role_name
FROM redshift_catalog.granted_roles WHERE role_type = 'role' AND member_type = 'role';

CREATE OR REPLACE VIEW redshift_catalog.svv_default_privileges AS
SELECT
    n.nspname::text AS schema_name,
    CASE d.defaclobjtype WHEN 'r' THEN 'RELATION' WHEN 'f' THEN 'FUNCTION' ELSE d.defaclobjtype::text END AS object_type,
    d.defaclrole::integer AS owner_id,
    o.identity_name AS owner_name,
    o.identity_type AS owner_type,
    a.privilege_type::text AS privilege_type,
    i.identity_id AS grantee_id,
    i.identity_name AS grantee_name,
    i.identity_type AS grantee_type,
    a.is_grantable AS admin_option
FROM pg_catalog.pg_default_acl AS d
JOIN redshift_catalog.identities AS o ON o.oid = d.defaclrole
CROSS JOIN LATERAL aclexplode(d.defaclacl) AS a
JOIN redshift_catalog.identities AS i ON i.oid = a.grantee
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = d.defaclnamespace
WHERE a.grantee <> d.defaclrole AND a.privilege_type NOT IN ('MAINTAIN', 'TRIGGER');

-- All of them as SHOW GRANTS tells them.
CREATE OR REPLACE VIEW redshift_catalog.grants AS
SELECT current_database()::text AS database_name, namespace_name AS schema_name, relation_name AS object_name,
    'TABLE'::text AS object_type, privilege_type, identity_id, identity_name, identity_type, admin_option,
    'TABLE'::text AS privilege_scope
FROM redshift_catalog.svv_relation_privileges
UNION ALL
SELECT current_database(), namespace_name, NULL, 'SCHEMA', privilege_type, identity_id, identity_name, identity_type,
    admin_option, privilege_scope
FROM redshift_catalog.svv_schema_privileges
UNION ALL
SELECT database_name, NULL, NULL, 'DATABASE', privilege_type, identity_id, identity_name, identity_type, admin_option,
    privilege_scope
FROM redshift_catalog.svv_database_privileges;

GRANT SELECT ON ALL TABLES IN SCHEMA redshift_catalog TO PUBLIC;
