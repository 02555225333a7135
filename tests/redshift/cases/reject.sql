-- What must be refused, in the order of claims.txt.

-- CASE there is no upsert  [reject 1]
CREATE TABLE t (n INTEGER);
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING;
--> ERROR 42601 syntax error at or near "ON"
INSERT INTO t VALUES (1) ON CONFLICT (n) DO UPDATE SET n = 2;
--> ERROR 42601 syntax error at or near "ON"

-- CASE nothing returns its rows  [reject 2]
CREATE TABLE t (n INTEGER);
INSERT INTO t VALUES (1) RETURNING n;
--> ERROR 42601 syntax error at or near "RETURNING"
UPDATE t SET n = 2 RETURNING n;
--> ERROR 42601 syntax error at or near "RETURNING"
DELETE FROM t RETURNING *;
--> ERROR 42601 syntax error at or near "RETURNING"

-- CASE WITH does not stand before INSERT  [reject 3]
CREATE TABLE t (n INTEGER);
WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x;
--> ERROR 42601 syntax error at or near "INSERT"

-- CASE there is no DISTINCT ON  [reject 4]
CREATE TABLE t (a INTEGER, b INTEGER);
SELECT DISTINCT ON (a) a, b FROM t;
--> ERROR 0A000 SELECT DISTINCT ON is not supported

-- CASE there are no savepoints  [reject 5]
BEGIN;
SAVEPOINT s;
--> ERROR 0A000 SQL command "SAVEPOINT s" not supported.
ROLLBACK;
BEGIN;
ROLLBACK TO SAVEPOINT s;
--> ERROR 0A000 SQL command "ROLLBACK TO SAVEPOINT s" not supported.
ROLLBACK;
RELEASE SAVEPOINT s;
--> ERROR * RELEASE

-- CASE there is no SERIAL  [reject 6]
CREATE TABLE t (id SERIAL);
--> ERROR 0A000 Column "t.id" has unsupported type "serial".
CREATE TABLE t (id BIGSERIAL);
--> ERROR 0A000 Column "t.id" has unsupported type "bigserial".

-- CASE types that Redshift lacks  [reject 7]
CREATE TABLE t (c UUID);
--> ERROR 0A000/42704
CREATE TABLE t (c JSON);
--> ERROR 0A000/42704
CREATE TABLE t (c JSONB);
--> ERROR 0A000/42704
CREATE TABLE t (c BYTEA);
--> ERROR 0A000/42704
CREATE TABLE t (c TEXT[]);
--> ERROR 0A000/42704/42601
CREATE TABLE t (c INET);
--> ERROR 0A000/42704
CREATE TABLE t (c MONEY);
--> ERROR 0A000/42704
CREATE TABLE t (c XML);
--> ERROR 0A000/42704
CREATE TABLE t (c INT4RANGE);
--> ERROR 0A000/42704
CREATE TABLE t (c mood);
--> ERROR 0A000/42704
CREATE TABLE t (c INTERVAL);
--> ERROR 0A000/42704/42601
CREATE TABLE t (c nonsense);
--> ERROR 0A000/42704

-- CASE there are no indexes  [reject 8]
CREATE TABLE t (n INTEGER);
CREATE INDEX i ON t (n);
--> ERROR 0A000/42601
CREATE UNIQUE INDEX i ON t (n);
--> ERROR 0A000/42601

-- CASE there are no sequences  [reject 9]
CREATE SEQUENCE s;
--> ERROR 0A000/42601
SELECT nextval('s');
--> ERROR 42883/0A000

-- CASE only informational constraints  [reject 10]
CREATE TABLE t (n INTEGER CHECK (n > 0));
--> ERROR 0A000/42601
CREATE TABLE t (n INTEGER, CHECK (n > 0));
--> ERROR 0A000/42601
CREATE TABLE t (n INTEGER, EXCLUDE USING gist (n WITH =));
--> ERROR 0A000/42601
CREATE TABLE t (n INTEGER PRIMARY KEY DEFERRABLE);
--> ERROR 0A000/42601

-- CASE there are no triggers, domains and enums  [reject 11]
CREATE TABLE t (n INTEGER);
CREATE TRIGGER x BEFORE INSERT ON t EXECUTE PROCEDURE p();
--> ERROR 0A000/42601
CREATE DOMAIN positive AS INTEGER;
--> ERROR 0A000/42601
CREATE TYPE mood AS ENUM ('sad', 'ok');
--> ERROR 0A000/42601

-- CASE a window aggregate with ORDER BY needs a frame  [reject 12]
CREATE TABLE t (x INTEGER, y INTEGER);
SELECT SUM(x) OVER (ORDER BY y) FROM t;
--> ERROR */0A000 Aggregate window functions with an ORDER BY clause require a frame clause

-- CASE frames count rows only  [reject 13]
CREATE TABLE t (x INTEGER, y INTEGER);
SELECT SUM(x) OVER (ORDER BY y RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t;
--> ERROR */0A000 RANGE clause of window functions not yet implemented
SELECT SUM(x) OVER (ORDER BY y GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;
--> ERROR 42601/0A000

-- CASE a window is not ordered by a constant  [reject 14]
CREATE TABLE t (x INTEGER);
SELECT ROW_NUMBER() OVER (ORDER BY 1) FROM t;
--> ERROR 0A000/42601
SELECT ROW_NUMBER() OVER (ORDER BY 'x') FROM t;
--> ERROR 0A000/42601
SELECT ROW_NUMBER() OVER (PARTITION BY 'x' ORDER BY x) FROM t;
--> ERROR 0A000/42601

-- CASE aggregates of PostgreSQL  [reject 15]
CREATE TABLE t (a VARCHAR(5), b BOOLEAN);
SELECT string_agg(a, ',') FROM t;
--> ERROR 42883 does not exist
SELECT array_agg(a) FROM t;
--> ERROR 42883 does not exist
SELECT json_agg(a) FROM t;
--> ERROR 42883 does not exist
SELECT every(b) FROM t;
--> ERROR 42883 does not exist

-- CASE aggregates have no FILTER  [reject 16]
CREATE TABLE t (n INTEGER);
SELECT COUNT(*) FILTER (WHERE n > 0) FROM t;
--> ERROR 42601/0A000

-- CASE there is no IS DISTINCT FROM  [reject 17]
CREATE TABLE t (a INTEGER, b INTEGER);
SELECT a FROM t WHERE a IS DISTINCT FROM b;
--> ERROR 42601/0A000
SELECT a FROM t WHERE a IS NOT DISTINCT FROM b;
--> ERROR 42601/0A000

-- CASE set operations other than UNION have no ALL  [reject 18]
CREATE TABLE t (a INTEGER);
SELECT a FROM t EXCEPT ALL SELECT a FROM t;
--> ERROR 42601/0A000
SELECT a FROM t INTERSECT ALL SELECT a FROM t;
--> ERROR 42601/0A000
SELECT a FROM t MINUS ALL SELECT a FROM t;
--> ERROR 42601/0A000

-- CASE VALUES is no table  [reject 19]
SELECT * FROM (VALUES (1), (2)) v(a);
--> ERROR 42601/0A000
VALUES (1);
--> ERROR 42601/0A000

-- CASE arrays and LATERAL  [reject 20]
CREATE TABLE t (a INTEGER);
SELECT * FROM t, LATERAL (SELECT a + 1) x;
--> ERROR 42601/0A000
SELECT unnest(ARRAY[1, 2]);
--> ERROR 42601/0A000/42883
SELECT ARRAY[1, 2];
--> ERROR 42601/0A000
SELECT a FROM t WHERE a = ANY('{1,2}');
--> ERROR 42601/0A000/42883

-- CASE JSON operators and functions of PostgreSQL  [reject 21]
CREATE TABLE t (v VARCHAR(100));
SELECT v->>'a' FROM t;
--> ERROR 42601/0A000/42883
SELECT v->'a' FROM t;
--> ERROR 42601/0A000/42883
SELECT v @> 'a' FROM t;
--> ERROR 42601/0A000/42883
SELECT jsonb_array_length(v) FROM t;
--> ERROR 42883 does not exist

-- CASE leader-node functions do not meet user tables  [reject 22]
CREATE TABLE t (n INTEGER);
SELECT now();
SELECT n, now() FROM t;
--> ERROR 0A000 Specified types or functions (one per INFO message) not supported on Redshift tables.
SELECT n FROM t WHERE current_timestamp > '2000-01-01';
--> ERROR 0A000 Specified types or functions (one per INFO message) not supported on Redshift tables.
SELECT n FROM t, generate_series(1, 3);
--> ERROR 0A000 Specified types or functions (one per INFO message) not supported on Redshift tables.
INSERT INTO t SELECT generate_series(1, 3);
--> ERROR 0A000 Specified types or functions (one per INFO message) not supported on Redshift tables.

-- CASE MERGE keeps to its grammar  [reject 23]
CREATE TABLE d (code VARCHAR(5), name VARCHAR(10));
CREATE TABLE s (code VARCHAR(5), name VARCHAR(10));
MERGE INTO d AS x USING s ON x.code = s.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR 42601/0A000
MERGE INTO d USING (SELECT * FROM s) q ON d.code = q.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (q.code, q.name);
--> ERROR 42601/0A000
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN DELETE;
--> ERROR 42601/0A000
MERGE INTO d USING s ON d.code = s.code WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR 42601/0A000
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED AND d.name <> s.name THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR 42601/0A000
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR 42601/0A000
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name) RETURNING *;
--> ERROR 42601/0A000
WITH q AS (SELECT * FROM s) MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR 42601/0A000
MERGE INTO d USING d ON d.code = d.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (d.code, d.name);
--> ERROR *

-- CASE MERGE of two rows onto one  [reject 24]
CREATE TABLE d (code VARCHAR(5), name VARCHAR(10));
CREATE TABLE s (code VARCHAR(5), name VARCHAR(10));
INSERT INTO d VALUES ('a', 'old');
INSERT INTO s VALUES ('a', 'one'), ('a', 'two');
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR * Found multiple matches to update the same tuple.
SELECT name FROM d;
--> | name |
--> | old  |

-- CASE TRUNCATE takes one table  [reject 25]
CREATE TABLE a (n INTEGER);
CREATE TABLE b (n INTEGER);
TRUNCATE a, b;
--> ERROR 42601
TRUNCATE a CASCADE;
--> ERROR 42601
TRUNCATE a RESTART IDENTITY;
--> ERROR 42601

-- CASE VACUUM stands alone  [reject 26]
CREATE TABLE t (n INTEGER);
BEGIN;
VACUUM t;
--> ERROR 25001 VACUUM cannot run inside a transaction block
ROLLBACK;

-- CASE ALTER TABLE APPEND stands alone  [reject 27]
CREATE TABLE t (n INTEGER);
CREATE TABLE s (n INTEGER);
BEGIN;
ALTER TABLE t APPEND FROM s;
--> ERROR * cannot run inside a transaction block
ROLLBACK;

-- CASE ALTER COLUMN TYPE stands alone  [reject 28]
CREATE TABLE t (s VARCHAR(5));
BEGIN;
ALTER TABLE t ALTER COLUMN s TYPE VARCHAR(10);
--> ERROR * ALTER TABLE ALTER COLUMN cannot run inside a transaction block
ROLLBACK;
ALTER TABLE t ALTER COLUMN s TYPE VARCHAR(10);

-- CASE ALTER COLUMN TYPE has no USING  [reject 29]
CREATE TABLE t (s VARCHAR(5));
ALTER TABLE t ALTER COLUMN s TYPE VARCHAR(10) USING s;
--> ERROR 0A000 does not support USING expression

-- CASE defaults do not change  [reject 30]
CREATE TABLE t (s VARCHAR(5));
ALTER TABLE t ALTER COLUMN s SET DEFAULT 'x';
--> ERROR 0A000 ALTER COLUMN SET/DROP DEFAULT is not supported
ALTER TABLE t ALTER COLUMN s DROP DEFAULT;
--> ERROR 0A000 ALTER COLUMN SET/DROP DEFAULT is not supported

-- CASE one column at a time  [reject 31]
CREATE TABLE t (n INTEGER);
ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT;
--> ERROR 42601/0A000
ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT;
--> ERROR 42601/0A000

-- CASE COPY needs one authorization  [reject 32]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject32/' JSON 'auto';
--> ERROR *
COPY t FROM 's3://$BUCKET/reject32/' IAM_ROLE '$ROLE' CREDENTIALS 'aws_iam_role=$ROLE' JSON 'auto';
--> ERROR *
COPY t FROM 's3://$BUCKET/reject32/' IAM_ROLE '$ROLE' ACCESS_KEY_ID 'a' SECRET_ACCESS_KEY 'b' JSON 'auto';
--> ERROR *
COPY t FROM 's3://$BUCKET/reject32/' CREDENTIALS 'nonsense' JSON 'auto';
--> ERROR * Invalid credentials. Must be of the format

-- CASE JSON has no options of text files  [reject 33]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' DELIMITER ',';
--> ERROR */42601/0A000 DELIMITER
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' NULL AS 'x';
--> ERROR * NULL
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' ESCAPE;
--> ERROR * ESCAPE
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' FILLRECORD;
--> ERROR * FILLRECORD
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' REMOVEQUOTES;
--> ERROR * REMOVEQUOTES
COPY t FROM 's3://$BUCKET/reject33/' $AUTH JSON 'auto' IGNOREBLANKLINES;
--> ERROR * IGNOREBLANKLINES

-- CASE CSV has no ESCAPE, REMOVEQUOTES and FIXEDWIDTH  [reject 34]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject34/' $AUTH CSV ESCAPE;
--> ERROR * ESCAPE
COPY t FROM 's3://$BUCKET/reject34/' $AUTH CSV REMOVEQUOTES;
--> ERROR * REMOVEQUOTES
COPY t FROM 's3://$BUCKET/reject34/' $AUTH CSV FIXEDWIDTH 'n:3';
--> ERROR * FIXEDWIDTH

-- CASE Parquet takes few options  [reject 35]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject35/' $AUTH FORMAT PARQUET GZIP;
--> ERROR * GZIP
COPY t FROM 's3://$BUCKET/reject35/' $AUTH FORMAT PARQUET MAXERROR 5;
--> ERROR * MAXERROR
COPY t FROM 's3://$BUCKET/reject35/' $AUTH FORMAT PARQUET TIMEFORMAT 'auto';
--> ERROR * TIMEFORMAT
COPY t FROM 's3://$BUCKET/reject35/' $AUTH FORMAT PARQUET REGION '$REGION';
--> ERROR * REGION
COPY t FROM 's3://$BUCKET/reject35/' $AUTH FORMAT PARQUET IGNOREHEADER 1;
--> ERROR * IGNOREHEADER

-- CASE MAXERROR has a limit  [reject 36]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject36/' $AUTH CSV MAXERROR 100001;
--> ERROR *
COPY t FROM 's3://$BUCKET/reject36/' $AUTH CSV MAXERROR 5 IGNOREALLERRORS;
--> ERROR *

-- CASE a prefix without objects  [reject 37]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/reject37/none/here' $AUTH CSV;
--> ERROR XX000 The specified S3 prefix 'reject37/none/here' does not exist

-- CASE identity columns and EXPLICIT_IDS  [reject 38]
CREATE TABLE t (k BIGINT IDENTITY(1,1), n INTEGER);
--@put reject38/x.csv
--| 1,2
COPY t (k, n) FROM 's3://$BUCKET/reject38/' $AUTH CSV;
--> ERROR *
COPY t (n) FROM 's3://$BUCKET/reject38/' $AUTH CSV EXPLICIT_IDS;
--> ERROR *
COPY t (k, n) FROM 's3://$BUCKET/reject38/' $AUTH CSV EXPLICIT_IDS;
SELECT k, n FROM t;
--> | k | n |
--> | 1 | 2 |

-- CASE COPY reads neither clients nor files  [reject 39]
CREATE TABLE t (n INTEGER);
COPY t FROM STDIN;
--> ERROR 42601/0A000
COPY t FROM '/tmp/x.csv' CSV;
--> ERROR *
COPY t FROM PROGRAM 'cat';
--> ERROR 42601/0A000
COPY t FROM 's3://$BUCKET/x' $AUTH WITH (FORMAT csv);
--> ERROR 42601
COPY t TO STDOUT;
--> ERROR 42601/0A000

-- CASE text longer than its column in bytes  [reject 40]
CREATE TABLE t (s VARCHAR(3));
INSERT INTO t VALUES ('abcd');
--> ERROR 22001/XX000 alue too long for
INSERT INTO t VALUES ('éé');
--> ERROR 22001/XX000 alue too long for

-- CASE an identity column takes no value  [reject 41]
CREATE TABLE t (k BIGINT IDENTITY(1,1), n INTEGER);
INSERT INTO t (k, n) VALUES (7, 1);
--> ERROR 0A000 cannot set an identity column to a value

-- CASE a setting that came after Redshift's PostgreSQL  [reject 42]
SHOW standard_conforming_strings;
--> ERROR 42704 unrecognized configuration parameter "standard_conforming_strings"

-- CASE advisory locks and sleeping  [reject 43]
SELECT pg_advisory_lock(1);
--> ERROR 42883/0A000
SELECT pg_sleep(1);
--> ERROR 42883/0A000

-- CASE LOCK has one mode and always waits  [reject 44]
CREATE TABLE t (n INTEGER);
BEGIN;
LOCK TABLE t IN SHARE MODE;
--> ERROR 42601/0A000
ROLLBACK;
BEGIN;
LOCK TABLE t NOWAIT;
--> ERROR 42601/0A000
ROLLBACK;

-- CASE UPDATE names bare columns and joins inside  [reject 45]
CREATE TABLE t (id INTEGER, c INTEGER);
CREATE TABLE s (id INTEGER, c INTEGER);
UPDATE t SET t.c = 1;
--> ERROR *
UPDATE t SET c = s.c FROM t x LEFT JOIN s ON x.id = s.id;
--> ERROR * Target table must be part of an equijoin predicate

-- CASE LIMIT does not stand inside a set operation  [reject 46]
(SELECT 1 AS a LIMIT 1) UNION SELECT 2;
--> ERROR * LIMIT may not be used within input to set operations.

-- CASE IS TRUE stands in conditions only  [reject 47]
CREATE TABLE t (b BOOLEAN);
SELECT b IS TRUE FROM t;
--> ERROR * ot implemented
SELECT b FROM t WHERE b IS TRUE;

-- CASE concat takes two, to_timestamp takes a format  [reject 48]
SELECT concat('a', 'b', 'c');
--> ERROR 42883 does not exist
SELECT to_timestamp(1700000000);
--> ERROR 42883 does not exist
SELECT concat('a', 'b') AS both;
--> | both |
--> | ab   |

-- CASE no partitions, inheritance and generated columns  [reject 49]
CREATE TABLE p (n INTEGER) PARTITION BY RANGE (n);
--> ERROR 42601/0A000
CREATE TABLE t (n INTEGER);
CREATE TABLE c () INHERITS (t);
--> ERROR 42601/0A000
CREATE TABLE c (m INTEGER) INHERITS (t);
--> ERROR 42601/0A000
CREATE TABLE g (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED);
--> ERROR 42601/0A000
CREATE TABLE g (a INTEGER GENERATED ALWAYS AS IDENTITY);
--> ERROR 42601/0A000

-- CASE LISTAGG and MEDIAN need a user table  [reject 50]
SELECT LISTAGG('a', ',');
--> ERROR *
SELECT MEDIAN(1);
--> ERROR *
