-- Transactions, settings, cursors, prepared statements, privileges and what a session can see of itself.

-- CASE an error kills the block
CREATE TABLE t (a INTEGER);
BEGIN;
INSERT INTO t VALUES (1);
SELECT * FROM nowhere;
--> ERROR 42P01
SELECT 1;
--> ERROR 25P02 current transaction is aborted, commands ignored until end of transaction block
INSERT INTO t VALUES (2);
--> ERROR 25P02
ROLLBACK;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |

-- CASE all the ways to begin and to end
BEGIN WORK;
END TRANSACTION;
START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ WRITE;
ABORT;
BEGIN ISOLATION LEVEL READ UNCOMMITTED;
COMMIT WORK;
BEGIN TRANSACTION READ ONLY;
CREATE TABLE t (a INTEGER);
--> ERROR 25006
ROLLBACK;
BEGIN ISOLATION LEVEL CHAOS;
--> ERROR 42601
COMMIT PREPARED 'x';
--> ERROR 0A000

-- CASE several statements in one text are one transaction
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1); SELECT * FROM nowhere;
--> ERROR 42P01
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |
INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 2 |
BEGIN; INSERT INTO t VALUES (3); COMMIT; SELECT MAX(a) AS a FROM t;
--> | a |
--> | 3 |
SELECT 1; VACUUM;
--> ERROR * multiple commands

-- CASE the catalog shows what others have committed, the tables do not  [embedded only]
CREATE TABLE t (a INTEGER);
BEGIN;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |
--@session 2
CREATE TABLE young (a INTEGER);
INSERT INTO t VALUES (1);
--@session 1
SELECT tablename FROM pg_table_def WHERE schemaname = '$SCHEMA' ORDER BY 1;
--> | tablename |
--> | t         |
--> | young     |
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |
SELECT * FROM young;
--> ERROR XX000 1018
ROLLBACK;
SELECT * FROM young;
--> NO ROWS

-- CASE LOCK outside of the reach of an older snapshot
CREATE TABLE a (n INTEGER);
CREATE TABLE b (n INTEGER);
BEGIN;
SELECT 1 AS one;
SHOW query_group;
LOCK TABLE a, b;
INSERT INTO a VALUES (1);
COMMIT;
LOCK nothing;
--> ERROR 42P01
LOCK TABLE a IN EXCLUSIVE MODE;
--> ERROR 42601
LOCK a NOWAIT;
--> ERROR 42601

-- CASE settings are checked, shown and reset
SET query_group TO 'nightly';
SHOW query_group;
--> | query_group |
--> | nightly     |
RESET query_group;
SHOW query_group;
--> | query_group |
--> | default     |
SET statement_timeout = 60000;
SHOW statement_timeout;
--> ANY ORDER
SET statement_timeout TO 'soon';
--> ERROR 22023
SET enable_result_cache_for_session TO OFF;
SET enable_result_cache_for_session TO maybe;
--> ERROR 22023
SET work_mem TO '1GB';
--> ERROR 42704 unrecognized configuration parameter "work_mem"
SET standard_conforming_strings TO on;
--> ERROR 42704
SHOW max_connections;
--> ERROR 42704
SET server_version TO '9';
--> ERROR *
SET wlm_query_slot_count TO 51;
--> ERROR 22023

-- CASE a setting of a transaction that is rolled back was never made
BEGIN;
SET query_group TO 'x';
ROLLBACK;
SHOW query_group;
--> | query_group |
--> | default     |
BEGIN;
SET LOCAL query_group TO 'y';
COMMIT;
SHOW query_group;
--> | query_group |
--> | default     |

-- CASE search_path decides where tables are made and found
CREATE SCHEMA $SCHEMA_b;
SET search_path TO $SCHEMA_b, $SCHEMA;
CREATE TABLE t (a INTEGER);
SELECT current_schema() = '$SCHEMA_b' AS there;
--> | there |
--> | true  |
SELECT schemaname = '$SCHEMA_b' AS there FROM pg_tables WHERE tablename = 't' AND schemaname LIKE '$SCHEMA%';
--> | there |
--> | true  |
DROP SCHEMA $SCHEMA_b;
--> ERROR 2BP01
DROP SCHEMA $SCHEMA_b CASCADE;
DROP SCHEMA IF EXISTS $SCHEMA_b;
--> NOTICE will be skipped
CREATE SCHEMA pg_mine;
--> ERROR 42939

-- CASE a cursor lives in a transaction, and alone
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1), (2), (3);
DECLARE c CURSOR FOR SELECT a FROM t;
--> ERROR 25P01
BEGIN;
DECLARE c CURSOR FOR SELECT a FROM t ORDER BY a;
FETCH NEXT FROM c;
--> | a |
--> | 1 |
FETCH FORWARD ALL FROM c;
--> | a |
--> | 2 |
--> | 3 |
CLOSE c;
DECLARE d CURSOR FOR SELECT a FROM t;
DECLARE e CURSOR FOR SELECT a FROM t;
--> ERROR *
ROLLBACK;
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT 1;
--> ERROR 42601
ROLLBACK;

-- CASE prepared statements
CREATE TABLE t (a INTEGER, b VARCHAR(10));
PREPARE add_one (INTEGER, VARCHAR(10)) AS INSERT INTO t VALUES ($1, $2);
EXECUTE add_one (1, 'x, (y)');
EXECUTE add_one (2);
--> ERROR 42601
PREPARE find (VARCHAR) AS SELECT a FROM t WHERE b = $1;
EXECUTE find ('x, (y)');
--> | a |
--> | 1 |
PREPARE find AS SELECT 1;
--> ERROR 42P05
DEALLOCATE find;
EXECUTE find ('x');
--> ERROR 26000
DEALLOCATE ALL;

-- CASE groups, users and privileges  [embedded only]
CREATE USER $SCHEMA_u PASSWORD 'Abcd1234';
CREATE GROUP $SCHEMA_g WITH USER $SCHEMA_u;
CREATE ROLE $SCHEMA_r;
CREATE TABLE t (a INTEGER);
GRANT USAGE ON SCHEMA $SCHEMA TO GROUP $SCHEMA_g;
GRANT SELECT, INSERT ON t TO $SCHEMA_u, GROUP $SCHEMA_g, ROLE $SCHEMA_r;
GRANT ALL ON ALL TABLES IN SCHEMA $SCHEMA TO GROUP $SCHEMA_g;
GRANT ROLE $SCHEMA_r TO $SCHEMA_u;
ALTER DEFAULT PRIVILEGES IN SCHEMA $SCHEMA GRANT SELECT ON TABLES TO GROUP $SCHEMA_g;
GRANT DROP, ALTER ON t TO $SCHEMA_u;
GRANT USAGE ON t TO $SCHEMA_u;
--> ERROR 42601
GRANT SELECT ON t TO nobody_of_this_name;
--> ERROR 42704
SELECT groname = '$SCHEMA_g' AS there FROM pg_group WHERE groname LIKE '$SCHEMA%';
--> | there |
--> | true  |
ALTER DEFAULT PRIVILEGES IN SCHEMA $SCHEMA REVOKE SELECT ON TABLES FROM GROUP $SCHEMA_g;
REVOKE ALL ON t FROM $SCHEMA_u, GROUP $SCHEMA_g, ROLE $SCHEMA_r;
REVOKE USAGE ON SCHEMA $SCHEMA FROM GROUP $SCHEMA_g;
DROP GROUP $SCHEMA_g;
DROP ROLE $SCHEMA_r;
ALTER USER $SCHEMA_u CONNECTION LIMIT 5;
DROP USER $SCHEMA_u;

-- CASE comments
CREATE TABLE t (a INTEGER);
COMMENT ON TABLE t IS 'it''s a table';
COMMENT ON COLUMN t.a IS 'a column';
SELECT remarks FROM svv_tables WHERE table_schema = '$SCHEMA';
--> | remarks        |
--> | "it's a table" |
SELECT remarks FROM svv_columns WHERE table_schema = '$SCHEMA';
--> | remarks  |
--> | a column |
COMMENT ON INDEX i IS 'x';
--> ERROR 42601

-- CASE a session finds itself, and what it ran, without its secrets
CREATE TABLE t (a INTEGER);
SELECT COUNT(*) AS n FROM stv_sessions WHERE process = pg_backend_pid();
--> | n |
--> | 1 |
COPY t FROM 's3://$BUCKET/nothing/' ACCESS_KEY_ID 'AKIAEXAMPLE' SECRET_ACCESS_KEY 'hush-hush' CSV;
--> ERROR *
SELECT COUNT(*) AS n FROM sys_query_history WHERE session_id = pg_backend_pid() AND query_text LIKE 'COPY t FROM%' AND status = 'failed';
--> | n |
--> | 1 |
SELECT COUNT(*) AS n FROM sys_query_history WHERE query_text LIKE '%hush-hush%' AND query_text LIKE 'COPY%';
--> | n |
--> | 0 |
SELECT COUNT(*) > 0 AS some FROM stl_query WHERE pid = pg_backend_pid();
--> | some |
--> | true |

-- CASE literals take backslash escapes
SELECT 'it\'s' AS a, 'a\\b' AS b, LENGTH('\n') AS c;
--> | a      | b   | c |
--> | "it's" | a\b | 1 |

-- CASE comments and semicolons inside of literals
/* a; /* nested; */ comment */ SELECT ';' AS a -- ; the end
;
--> | a |
--> | ; |
SELECT 'open;
--> ERROR 42601 unterminated quoted string
