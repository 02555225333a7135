-- SHOW of objects, and the views that administrators ask.

-- CASE SHOW TABLES, COLUMNS and SCHEMAS list what there is
CREATE TABLE plays (id BIGINT NOT NULL DISTKEY, at TIMESTAMP SORTKEY, note VARCHAR(20));
CREATE VIEW recent AS SELECT id FROM plays;
SHOW TABLES FROM SCHEMA $SCHEMA LIKE 'pl%';
SELECT table_name, table_type FROM svv_all_tables WHERE schema_name = '$SCHEMA' ORDER BY 1;
--> | table_name | table_type |
--> | plays      | TABLE      |
--> | recent     | VIEW       |
SHOW TABLES FROM SCHEMA nowhere_at_all;
--> ERROR 3F000 does not exist
SHOW COLUMNS FROM TABLE $SCHEMA.nothing;
--> ERROR 42P01 relation "nothing" does not exist
SHOW COLUMNS FROM TABLE $SCHEMA.plays LIKE 'n%';
SHOW DATABASES LIKE 'nothing%';
--> NO ROWS
SHOW TABLES FROM SCHEMA $SCHEMA LIKE 'x%' LIMIT 5;
--> NO ROWS
SHOW TABLES FROM SCHEMA $SCHEMA LIMIT 20000;
--> ERROR * LIMIT
SHOW TABLES;
--> ERROR 42601 syntax error

-- CASE SHOW VIEW gives the text as it was written  [embedded only]
CREATE TABLE t (n INTEGER);
CREATE VIEW v AS SELECT NVL(n, 0) AS n FROM t;
SHOW VIEW v;
--> | Show View DDL statement |
--> | CREATE OR REPLACE VIEW $SCHEMA.v AS SELECT NVL(n, 0) AS n FROM t; |
SELECT definition FROM pg_views WHERE schemaname = '$SCHEMA';
--> | definition |
--> | SELECT NVL(n, 0) AS n FROM t; |

-- CASE SHOW TABLE gives a text that makes the same table
CREATE TABLE t (id BIGINT IDENTITY(1, 1) PRIMARY KEY, n NUMERIC(9, 2) DEFAULT 0 NOT NULL ENCODE az64, s VARCHAR(10) ENCODE zstd) DISTKEY (id) SORTKEY (s, n);
SHOW TABLE t;
SELECT "column", type, encoding, distkey, sortkey FROM pg_table_def WHERE schemaname = '$SCHEMA' AND tablename = 't';
--> | column | type                  | encoding | distkey | sortkey |
--> | id     | bigint                | az64     | true    | 0       |
--> | n      | numeric(9,2)          | az64     | false   | 2       |
--> | s      | character varying(10) | zstd     | false   | 1       |

-- CASE SHOW GRANTS tells what was granted
CREATE TABLE t (n INTEGER);
GRANT SELECT, INSERT ON t TO PUBLIC;
SELECT privilege_type, identity_name, identity_type FROM svv_relation_privileges WHERE namespace_name = '$SCHEMA' ORDER BY 1;
--> | privilege_type | identity_name | identity_type |
--> | INSERT         | public        | public        |
--> | SELECT         | public        | public        |
SHOW GRANTS ON TABLE $SCHEMA.t FOR PUBLIC LIMIT 1;
SHOW GRANTS ON SCHEMA $SCHEMA;

-- CASE the space that tables take  [embedded only]
CREATE TABLE t (a INTEGER, b INTEGER) BACKUP NO;
INSERT INTO t VALUES (1, 2), (3, 4);
SELECT TRIM(name) AS name, SUM(rows) AS rows, MAX(backup) AS backup FROM stv_tbl_perm WHERE name = 't' GROUP BY name;
--> | name | rows | backup |
--> | t    | 2    | 0      |
SELECT COUNT(*) AS mb FROM stv_blocklist AS b JOIN stv_tbl_perm AS p ON p.id = b.tbl AND p.slice = b.slice WHERE p.name = 't';
--> | mb |
--> | 5  |
SELECT size FROM svv_table_info WHERE "table" = 't' AND "schema" = '$SCHEMA';
--> | size |
--> | 5    |
SELECT MAX(col) AS col FROM svv_diskusage WHERE name = 't';
--> | col |
--> | 4   |

-- CASE what ran, its text in one piece, and its queue
SET query_group TO 'spec';
SELECT 41 + 1 AS answer;
SELECT LISTAGG(RTRIM(text)) WITHIN GROUP (ORDER BY sequence) AS text FROM stl_querytext WHERE query = pg_last_query_id();
SELECT COUNT(*) > 0 AS told FROM stl_wlm_query AS w JOIN stl_query AS q ON q.query = w.query WHERE w.total_queue_time = 0 AND TRIM(q.label) = 'spec';
--> | told |
--> | true |
SELECT COUNT(*) > 0 AS told FROM stl_connection_log WHERE pid = pg_backend_pid();
--> | told |
--> | true |

-- CASE views of what is not there are empty  [embedded only]
SELECT * FROM stl_alert_event_log;
--> NO ROWS
SELECT event, query FROM stl_alert_event_log AS a UNION ALL SELECT error, pid FROM stl_error;
--> NO ROWS
SELECT COUNT(*) AS n FROM svv_datashares, svv_mv_info, svl_s3list, sys_copy_job;
--> | n |
--> | 0 |

-- CASE numbers become text in ||
SELECT 1 || 2 AS a, 'a' || 1 AS b, 1.5 || 'b' AS c;
--> | a  | b  | c    |
--> | 12 | a1 | 1.5b |

-- CASE a user's sessions may start with settings
CREATE USER spec_setting_user PASSWORD 'Abcd1234';
ALTER USER spec_setting_user SET search_path TO public;
ALTER USER spec_setting_user SET query_group = 'own';
ALTER USER spec_setting_user RESET search_path;
ALTER USER spec_setting_user SET nothing_such TO 1;
--> ERROR 42704 unrecognized configuration parameter
DROP USER spec_setting_user;

-- CASE the catalog is asked for a table's text, as administrators do
CREATE TABLE t (a INTEGER NOT NULL ENCODE RAW, b VARCHAR(5) DEFAULT 'x' ENCODE lzo) BACKUP NO;
SELECT QUOTE_IDENT(a.attname) + ' ' + UPPER(format_type(a.atttypid, a.atttypmod)) + CASE WHEN a.attnotnull IS TRUE THEN ' NOT NULL' ELSE '' END
    + ' ENCODE ' + format_encoding((a.attencodingtype)::INTEGER) AS ddl, CASE WHEN a.attencodingtype <> 0 THEN 1 ELSE 0 END AS encoded
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE n.nspname = '$SCHEMA' AND c.relname = 't' AND a.attnum > 0 ORDER BY a.attnum;
--> | ddl                               | encoded |
--> | a INTEGER NOT NULL ENCODE none    | 0       |
--> | b CHARACTER VARYING(5) ENCODE lzo | 1       |
SELECT COUNT(*) AS n FROM pg_class AS c JOIN (SELECT SPLIT_PART(key, '_', 5) AS id FROM pg_conf
    WHERE key LIKE 'pg_class_backup_%' AND SPLIT_PART(key, '_', 4) = (SELECT oid FROM pg_database WHERE datname = current_database())) AS b ON b.id = c.oid
WHERE c.relname = 't';
--> | n |
--> | 1 |
SELECT COUNT(*) AS n FROM pg_description AS d JOIN pg_class AS c ON c.oid = d.objoid WHERE c.relname = 't';
--> | n |
--> | 0 |

-- CASE what ran may hold any letters
SELECT 'Björk – 東京' AS artist;
SELECT COUNT(*) > 0 AS told FROM stl_query WHERE querytxt LIKE '%Björk – 東京%';
--> | told |
--> | true |
SELECT LEN(querytxt) = LEN(RTRIM(querytxt)) AS char_is_trimmed FROM stl_query WHERE querytxt LIKE 'SELECT ''Björk%' LIMIT 1;
--> | char_is_trimmed |
--> | true            |
