-- CREATE, ALTER and DROP of tables and views, and what the catalog then tells of them.

-- CASE a table is described as it was declared
CREATE TABLE t (
    id BIGINT IDENTITY(1,1),
    code VARCHAR(64) NOT NULL ENCODE zstd,
    name VARCHAR,
    note TEXT,
    flag CHAR,
    amount DECIMAL,
    price NUMERIC(8,2) ENCODE raw DEFAULT 0,
    at TIMESTAMP WITHOUT TIME ZONE,
    zoned TIMESTAMPTZ,
    doc SUPER,
    PRIMARY KEY (code)
) DISTKEY(code) COMPOUND SORTKEY(at, code);
SELECT "column", type, encoding, distkey, sortkey, "notnull" FROM pg_table_def WHERE tablename = 't';
--> | column | type                        | encoding | distkey | sortkey | notnull |
--> | id     | bigint                      | az64     | false   | 0       | true    |
--> | code   | character varying(64)       | zstd     | true    | 2       | true    |
--> | name   | character varying(256)      | lzo      | false   | 0       | false   |
--> | note   | character varying(256)      | lzo      | false   | 0       | false   |
--> | flag   | character(1)                | lzo      | false   | 0       | false   |
--> | amount | numeric(18,0)               | az64     | false   | 0       | false   |
--> | price  | numeric(8,2)                | none     | false   | 0       | false   |
--> | at     | timestamp without time zone | none     | false   | 1       | false   |
--> | zoned  | timestamp with time zone    | az64     | false   | 0       | false   |
--> | doc    | super                       | lzo      | false   | 0       | false   |
SELECT column_name, data_type, character_maximum_length AS length, numeric_precision AS digits, is_nullable FROM information_schema.columns WHERE table_schema = '$SCHEMA' AND column_name IN ('code', 'price', 'id') ORDER BY 1;
--> | column_name | data_type         | length | digits | is_nullable |
--> | code        | character varying | 64     | NULL   | NO          |
--> | id          | bigint            | NULL   | 64     | NO          |
--> | price       | numeric           | NULL   | 8      | YES         |

-- CASE SVV_TABLE_INFO tells of tables that have rows
CREATE TABLE k (a INTEGER, b VARCHAR(30)) DISTKEY(a) SORTKEY(b);
CREATE TABLE e (a INTEGER) DISTSTYLE EVEN;
CREATE TABLE l (a INTEGER) DISTSTYLE ALL;
CREATE TABLE nothing (a INTEGER);
INSERT INTO k VALUES (1, 'x'), (2, 'y');
INSERT INTO e VALUES (1);
INSERT INTO l VALUES (1);
SELECT "table", diststyle, sortkey1, max_varchar, tbl_rows FROM svv_table_info WHERE schema = '$SCHEMA' ORDER BY 1;
--> | table | diststyle | sortkey1      | max_varchar | tbl_rows |
--> | e     | EVEN      | AUTO(SORTKEY) | 0           | 1        |
--> | k     | KEY(a)    | b             | 30          | 2        |
--> | l     | ALL       | AUTO(SORTKEY) | 0           | 1        |

-- CASE what is declared survives a rename
CREATE TABLE t (a INTEGER ENCODE delta, b INTEGER DEFAULT 7) DISTSTYLE KEY DISTKEY(a) SORTKEY(b);
ALTER TABLE t RENAME COLUMN a TO c;
ALTER TABLE t RENAME TO u;
SELECT "column", encoding, distkey, sortkey FROM pg_table_def WHERE tablename = 'u';
--> | column | encoding | distkey | sortkey |
--> | c      | delta    | true    | 0       |
--> | b      | none     | false   | 1       |
SELECT column_default FROM svv_columns WHERE table_schema = '$SCHEMA' AND column_name = 'b';
--> | column_default |
--> | 7              |

-- CASE a table that is there already
CREATE TABLE t (a INTEGER);
CREATE TABLE t (b INTEGER);
--> ERROR 42P07 already exists
CREATE TABLE IF NOT EXISTS t (b INTEGER);
--> NOTICE already exists and will be skipped
SELECT "column" FROM pg_table_def WHERE tablename = 't';
--> | column |
--> | a      |

-- CASE LIKE takes columns, NOT NULL, encodings and the layout, not keys and identities
CREATE TABLE a (id INTEGER IDENTITY(1,1), k INTEGER NOT NULL ENCODE zstd DEFAULT 3, PRIMARY KEY (k)) DISTKEY(k) SORTKEY(id);
CREATE TABLE b (LIKE a);
CREATE TABLE c (LIKE a INCLUDING DEFAULTS, extra VARCHAR(5));
SELECT tablename, "column", encoding, distkey, sortkey, "notnull" FROM pg_table_def WHERE tablename IN ('b', 'c') ORDER BY 1, 2;
--> | tablename | column | encoding | distkey | sortkey | notnull |
--> | b         | id     | none     | false   | 1       | true    |
--> | b         | k      | zstd     | true    | 0       | true    |
--> | c         | extra  | lzo      | false   | 0       | false   |
--> | c         | id     | none     | false   | 1       | true    |
--> | c         | k      | zstd     | true    | 0       | true    |
INSERT INTO c (id, extra) VALUES (9, 'x');
SELECT id, k, extra FROM c;
--> | id | k | extra |
--> | 9  | 3 | x     |
INSERT INTO b (id) VALUES (1);
--> ERROR * NULL

-- CASE CREATE TABLE AS leaves NOT NULL, defaults and keys behind
CREATE TABLE a (id INTEGER NOT NULL DEFAULT 5, name VARCHAR(20), PRIMARY KEY (id));
INSERT INTO a VALUES (1, 'x');
CREATE TABLE b DISTSTYLE EVEN SORTKEY(name) AS SELECT id, name, COUNT(*) AS n, SUM(id) AS s FROM a GROUP BY 1, 2;
SELECT "column", type, sortkey, "notnull" FROM pg_table_def WHERE tablename = 'b';
--> | column | type                  | sortkey | notnull |
--> | id     | integer               | 0       | false   |
--> | name   | character varying(20) | 1       | false   |
--> | n      | bigint                | 0       | false   |
--> | s      | bigint                | 0       | false   |

-- CASE keys are remembered and not enforced
CREATE TABLE p (id INTEGER PRIMARY KEY, code VARCHAR(5) UNIQUE);
CREATE TABLE f (id INTEGER REFERENCES p, other INTEGER, FOREIGN KEY (other) REFERENCES p (id));
INSERT INTO p VALUES (1, 'a'), (1, 'a');
INSERT INTO f VALUES (99, 99);
SELECT contype, COUNT(*) AS n FROM pg_constraint WHERE connamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = '$SCHEMA') GROUP BY 1 ORDER BY 1;
--> | contype | n |
--> | f       | 2 |
--> | p       | 1 |
--> | u       | 1 |
CREATE TABLE g (id INTEGER REFERENCES nowhere (id));
--> ERROR 42P01 does not exist
CREATE TABLE g (id INTEGER REFERENCES p (nothing));
--> ERROR 42703
ALTER TABLE f ADD CONSTRAINT again FOREIGN KEY (other) REFERENCES p (id);
ALTER TABLE f DROP CONSTRAINT again;
ALTER TABLE f DROP CONSTRAINT again;
--> ERROR 42704
ALTER TABLE p ADD PRIMARY KEY (code);
--> ERROR *

-- CASE reserved words are no names unless quoted
CREATE TABLE t (tag INTEGER);
--> ERROR 42601 syntax error at or near "tag"
CREATE TABLE t (user INTEGER);
--> ERROR 42601
CREATE TABLE t ("tag" INTEGER, "Timestamp" INTEGER, type INTEGER, year INTEGER, start INTEGER);
SELECT "column" FROM pg_table_def WHERE tablename = 't';
--> | column    |
--> | tag       |
--> | timestamp |
--> | type      |
--> | year      |
--> | start     |

-- CASE contradictions in a table's layout
CREATE TABLE t (a INTEGER DISTKEY) DISTSTYLE EVEN;
--> ERROR *
CREATE TABLE t (a INTEGER) DISTSTYLE KEY;
--> ERROR *
CREATE TABLE t (a INTEGER DISTKEY, b INTEGER DISTKEY);
--> ERROR *
CREATE TABLE t (a INTEGER) SORTKEY(b);
--> ERROR 42703
CREATE TABLE t (a INTEGER ENCODE text255);
--> ERROR *
CREATE TABLE t (a INTEGER, a VARCHAR(5));
--> ERROR 42701
CREATE TABLE t (a INTEGER) INTERLEAVED SORTKEY AUTO;
--> ERROR 42601
CREATE TABLE t (a INTEGER) WITH (fillfactor = 70);
--> ERROR 42601
CREATE UNLOGGED TABLE t (a INTEGER);
--> ERROR *

-- CASE temporary tables hide permanent ones
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1);
CREATE TEMP TABLE t (b INTEGER);
SELECT * FROM t;
--> NO ROWS
DROP TABLE t;
SELECT * FROM t;
--> | a |
--> | 1 |
CREATE TEMPORARY TABLE $SCHEMA.x (a INTEGER);
--> ERROR *

-- CASE columns are added and dropped
CREATE TABLE t (a INTEGER, b INTEGER) SORTKEY(a);
INSERT INTO t VALUES (1, 2);
ALTER TABLE t ADD COLUMN c VARCHAR(5) DEFAULT 'x' ENCODE zstd;
ALTER TABLE t ADD d INTEGER;
SELECT * FROM t;
--> | a | b | c | d    |
--> | 1 | 2 | x | NULL |
ALTER TABLE t ADD COLUMN e INTEGER NOT NULL;
--> ERROR * must have a non-null default
ALTER TABLE t ADD COLUMN e INTEGER PRIMARY KEY;
--> ERROR *
ALTER TABLE t ADD COLUMN e INTEGER IDENTITY(1,1);
--> ERROR *
ALTER TABLE t ADD COLUMN a INTEGER;
--> ERROR 42701
ALTER TABLE t DROP COLUMN a;
--> ERROR * sortkey
ALTER TABLE t DROP COLUMN IF EXISTS b;
--> ERROR 42601
ALTER TABLE IF EXISTS t DROP COLUMN b;
--> ERROR 42601
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN nothing;
--> ERROR 42703
SELECT * FROM t;
--> | a | c | d    |
--> | 1 | x | NULL |

-- CASE a VARCHAR grows and shrinks, nothing else changes its type
CREATE TABLE t (v VARCHAR(5), n INTEGER, d VARCHAR(5) DEFAULT 'x', e VARCHAR(5) ENCODE text255);
INSERT INTO t (v) VALUES ('12345');
ALTER TABLE t ALTER COLUMN v TYPE VARCHAR(10);
INSERT INTO t (v) VALUES ('1234567890');
ALTER TABLE t ALTER COLUMN v TYPE VARCHAR(8);
--> ERROR 0A000
ALTER TABLE t ALTER COLUMN n TYPE BIGINT;
--> ERROR 0A000
ALTER TABLE t ALTER COLUMN d TYPE VARCHAR(10);
--> ERROR 0A000
ALTER TABLE t ALTER COLUMN e TYPE VARCHAR(10);
--> ERROR 0A000
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
--> ERROR *
SELECT v FROM t ORDER BY v;
--> | v          |
--> | 12345      |
--> | 1234567890 |

-- CASE the layout of a table is altered
CREATE TABLE t (a INTEGER, b INTEGER);
INSERT INTO t VALUES (1, 1);
ALTER TABLE t ALTER DISTKEY a;
ALTER TABLE t ALTER COMPOUND SORTKEY (b, a);
ALTER TABLE t ALTER COLUMN a ENCODE zstd;
SELECT "column", encoding, distkey, sortkey FROM pg_table_def WHERE tablename = 't';
--> | column | encoding | distkey | sortkey |
--> | a      | zstd     | true    | 2       |
--> | b      | none     | false   | 1       |
ALTER TABLE t ALTER DISTSTYLE ALL;
ALTER TABLE t ALTER SORTKEY NONE;
SELECT diststyle, sortkey1 FROM svv_table_info WHERE schema = '$SCHEMA';
--> | diststyle | sortkey1      |
--> | ALL       | AUTO(SORTKEY) |
ALTER TABLE t ALTER DISTSTYLE KEY;
--> ERROR 42601
ALTER TABLE t ALTER INTERLEAVED SORTKEY (a);
--> ERROR *

-- CASE APPEND moves rows between tables that are the same
CREATE TABLE a (x INTEGER, y VARCHAR(5));
CREATE TABLE b (x INTEGER, y VARCHAR(5));
CREATE TABLE c (x INTEGER, y VARCHAR(9));
CREATE TABLE d (x INTEGER);
INSERT INTO b VALUES (1, 'b');
INSERT INTO d VALUES (2);
ALTER TABLE a APPEND FROM b;
ALTER TABLE a APPEND FROM c;
--> ERROR *
ALTER TABLE a APPEND FROM d;
--> ERROR *
ALTER TABLE a APPEND FROM d FILLTARGET;
SELECT * FROM a ORDER BY x;
--> | x | y    |
--> | 1 | b    |
--> | 2 | NULL |
SELECT COUNT(*) AS left_over FROM b;
--> | left_over |
--> | 0         |

-- CASE IDENTITY counts from its seed, and takes values only BY DEFAULT
CREATE TABLE t (a INTEGER IDENTITY(10,5), b BIGINT GENERATED BY DEFAULT AS IDENTITY(0,-1), n INTEGER);
INSERT INTO t (n) VALUES (1);
INSERT INTO t (n) VALUES (2);
INSERT INTO t (b, n) VALUES (77, 3);
SELECT a, b, n FROM t ORDER BY n;
--> | a  | b  | n |
--> | 10 | 0  | 1 |
--> | 15 | -1 | 2 |
--> | 20 | 77 | 3 |
UPDATE t SET a = 1;
--> ERROR 0A000 cannot set an identity column to a value
CREATE TABLE u (a VARCHAR(5) IDENTITY(1,1));
--> ERROR *

-- CASE DROP tells what is not there
DROP TABLE nothing;
--> ERROR 42P01 does not exist
DROP TABLE IF EXISTS nothing;
--> NOTICE will be skipped
CREATE TABLE a (x INTEGER);
CREATE TABLE b (x INTEGER);
CREATE VIEW v AS SELECT x FROM a;
DROP TABLE a, b;
--> ERROR 2BP01
DROP TABLE a, b CASCADE;
SELECT * FROM v;
--> ERROR 42P01

-- CASE views, and views that bind late
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1);
CREATE VIEW v (b) AS SELECT a FROM t;
CREATE OR REPLACE VIEW v AS SELECT a AS b FROM t WHERE a > 0;
SELECT b FROM v;
--> | b |
--> | 1 |
CREATE VIEW late AS SELECT * FROM t WITH NO SCHEMA BINDING;
--> ERROR *
CREATE VIEW late AS SELECT * FROM $SCHEMA.t WITH NO SCHEMA BINDING;
DROP VIEW v;
DROP TABLE t;
SELECT * FROM late;
--> ERROR 42P01
CREATE TABLE t (b INTEGER, c INTEGER);
INSERT INTO t VALUES (2, 3);
SELECT * FROM late;
--> | b | c |
--> | 2 | 3 |
ALTER TABLE t DROP COLUMN b;
SELECT * FROM late;
--> | c |
--> | 3 |
DROP VIEW late;
DROP VIEW late;
--> ERROR 42P01

-- CASE there are no statements of PostgreSQL
CREATE TABLESPACE x LOCATION '/tmp';
--> ERROR 0A000
CREATE EXTENSION hstore;
--> ERROR 0A000
CREATE RULE r AS ON INSERT TO t DO NOTHING;
--> ERROR 0A000
LISTEN x;
--> ERROR 0A000
DO $$ BEGIN END $$;
--> ERROR 42601
VALUES (1);
--> ERROR 42601
TABLE t;
--> ERROR 42601
REINDEX TABLE t;
--> ERROR 0A000
