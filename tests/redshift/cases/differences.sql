-- Where PostgreSQL would answer too, but otherwise.

-- CASE JSON numbers pass through floats and are cut  [difference json floats]
CREATE TABLE t (n DECIMAL(5,2), d DOUBLE PRECISION);
--@put differences/floats/x.json
--| {"n": 4.35, "d": 4.35}
--| {"n": 1.999, "d": 1.999}
--| {"n": -1.999, "d": -1.999}
COPY t FROM 's3://$BUCKET/differences/floats/' $AUTH JSON 'auto';
SELECT n, d FROM t ORDER BY n;
--> | n     | d      |
--> | -1.99 | -1.999 |
--> | 1.99  | 1.999  |
--> | 4.34  | 4.35   |

-- CASE an INSERT rounds what a COPY cuts  [difference json floats]
CREATE TABLE t (n DECIMAL(5,2));
INSERT INTO t VALUES (1.999);
SELECT n FROM t;
--> | n    |
--> | 2.00 |

-- CASE keys are not enforced, NOT NULL is  [difference keys]
CREATE TABLE p (id INTEGER PRIMARY KEY, u INTEGER UNIQUE);
CREATE TABLE c (id INTEGER REFERENCES p (id), n INTEGER NOT NULL);
INSERT INTO p VALUES (1, 1), (1, 1);
INSERT INTO c VALUES (99, 1);
SELECT COUNT(*) AS n FROM p;
--> | n |
--> | 2 |
INSERT INTO c VALUES (1, NULL);
--> ERROR 23502/XX000
INSERT INTO p VALUES (NULL, 1);
--> ERROR 23502/XX000

-- CASE text sorts by its bytes  [difference collation]
CREATE TABLE t (s VARCHAR(5));
INSERT INTO t VALUES ('a'), ('Z'), ('é'), ('b'), ('_');
SELECT s FROM t ORDER BY s;
--> | s |
--> | Z |
--> | _ |
--> | a |
--> | b |
--> | é |
SELECT MIN(s) AS least, MAX(s) AS greatest FROM t;
--> | least | greatest |
--> | Z     | é        |

-- CASE quoted identifiers fold too  [difference folding]
CREATE TABLE "MyTable" ("UserId" INTEGER);
INSERT INTO mytable (userid) VALUES (1);
SELECT "USERID" AS "Shouted" FROM "MYTABLE";
--> | shouted |
--> | 1       |

-- CASE VARCHAR counts bytes  [difference varchar bytes]
CREATE TABLE t (s VARCHAR(4));
INSERT INTO t VALUES ('éé');
INSERT INTO t VALUES ('ééa');
--> ERROR 22001/XX000 alue too long for
INSERT INTO t VALUES ('éé   ');
SELECT LEN('éé') AS letters, OCTET_LENGTH('éé') AS bytes;
--> | letters | bytes |
--> | 2       | 4     |

-- CASE text types have defaults  [difference varchar defaults]
CREATE TABLE t (v VARCHAR, t TEXT, c CHAR);
INSERT INTO t VALUES (REPEAT('x', 256), REPEAT('x', 256), 'x');
INSERT INTO t (v) VALUES (REPEAT('x', 257));
--> ERROR 22001/XX000 alue too long for
INSERT INTO t (t) VALUES (REPEAT('x', 257));
--> ERROR 22001/XX000 alue too long for
INSERT INTO t (c) VALUES ('xy');
--> ERROR 22001/XX000 alue too long for

-- CASE NUMERIC has no fraction  [difference numeric default]
CREATE TABLE t (n NUMERIC, d DECIMAL(10));
INSERT INTO t VALUES (1.2, 1.2);
SELECT n, d FROM t;
--> | n | d |
--> | 1 | 1 |
INSERT INTO t (n) VALUES (1234567890123456789);
--> ERROR *

-- CASE AVG of integers is cut  [difference avg]
CREATE TABLE t (n INTEGER, d DECIMAL(6,2));
INSERT INTO t VALUES (1, 1.00), (2, 2.01);
SELECT AVG(n) AS n, AVG(d) AS d FROM t;
--> | n | d    |
--> | 1 | 1.50 |
--> TYPES int, Decimal

-- CASE SUM of integers is a BIGINT that overflows  [difference sum]
CREATE TABLE t (n BIGINT);
INSERT INTO t VALUES (9223372036854775807);
SELECT SUM(n) AS n FROM t;
--> | n                   |
--> | 9223372036854775807 |
--> TYPES int
INSERT INTO t VALUES (1);
SELECT SUM(n) FROM t;
--> ERROR *

-- CASE EXTRACT gives integers, DATE_PART gives fractions  [difference extract]
CREATE TABLE t (ts TIMESTAMP);
INSERT INTO t VALUES ('2018-11-01 00:00:03.189717');
SELECT EXTRACT(sec FROM ts) AS extracted, DATE_PART(sec, ts) AS part, EXTRACT(epoch FROM ts) AS epoch FROM t;
--> | extracted | part     | epoch      |
--> | 3         | 3.189717 | 1541030403 |
--> TYPES int, float, int

-- CASE integers divide to integers  [difference division]
CREATE TABLE t (a INTEGER, b INTEGER);
INSERT INTO t VALUES (7, 2), (-7, 2);
SELECT a / b AS q FROM t ORDER BY a;
--> | q  |
--> | -3 |
--> | 3  |
--> TYPES int

-- CASE COPY tells its rows by a notice only  [difference copy answer]
CREATE TABLE t (n INTEGER);
--@put differences/answer/x.json
--| {"n": 1} {"n": 2}
COPY t FROM 's3://$BUCKET/differences/answer/' $AUTH JSON 'auto';
--> ROWCOUNT -1
--> STATUS COPY
--> NOTICE INFO:  Load into table 't' completed, 2 record(s) loaded successfully.

-- CASE TRUNCATE commits what came before it  [difference truncate]
CREATE TABLE a (n INTEGER);
CREATE TABLE b (n INTEGER);
INSERT INTO b VALUES (1);
BEGIN;
INSERT INTO a VALUES (1);
TRUNCATE b;
ROLLBACK;
SELECT (SELECT COUNT(*) FROM a) AS a, (SELECT COUNT(*) FROM b) AS b;
--> | a | b |
--> | 1 | 0 |

-- CASE the first data statement takes the snapshot  [difference snapshot]
CREATE TABLE t (n INTEGER);
BEGIN;
SELECT 1 AS one;
--@session 2
INSERT INTO t VALUES (1);
--@session 1
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 1 |
--@session 2
INSERT INTO t VALUES (2);
--@session 1
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 1 |
COMMIT;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 2 |

-- CASE the snapshot comes after the LOCK  [difference snapshot] [embedded only]
CREATE TABLE t (n INTEGER);
BEGIN;
--@session 2
INSERT INTO t VALUES (1);
--@session 1
LOCK t;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 1 |
COMMIT;

-- CASE IDENTITY has gaps after INSERT ... SELECT  [difference identity gaps]
CREATE TABLE s (n INTEGER);
INSERT INTO s VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10);
CREATE TABLE t (k BIGINT IDENTITY(1,1), n INTEGER);
INSERT INTO t (n) SELECT n FROM s;
INSERT INTO t (n) SELECT n FROM s;
SELECT COUNT(DISTINCT k) AS ids, MAX(k) > 20 AS gaps FROM t;
--> | ids | gaps |
--> | 20  | true |

-- CASE UPDATE FROM takes any of several matches, unless told not to  [difference update from]
CREATE TABLE t (id INTEGER, v VARCHAR(5));
CREATE TABLE s (id INTEGER, v VARCHAR(5));
INSERT INTO t VALUES (1, 'old');
INSERT INTO s VALUES (1, 'one'), (1, 'two');
UPDATE t SET v = s.v FROM s WHERE t.id = s.id;
SELECT v IN ('one', 'two') AS either FROM t;
--> | either |
--> | true   |
SET error_on_nondeterministic_update TO true;
UPDATE t SET v = s.v FROM s WHERE t.id = s.id;
--> ERROR * Found multiple matches to update the same tuple.

-- CASE trailing blanks do not count  [difference trailing blanks]
CREATE TABLE t (s VARCHAR(5));
INSERT INTO t VALUES ('a'), ('a '), ('a  ');
SELECT COUNT(DISTINCT s) AS kinds FROM t;
--> | kinds |
--> | 1     |
SELECT COUNT(*) AS n FROM t WHERE s = 'a';
--> | n |
--> | 3 |
SELECT COUNT(*) AS n FROM t AS x JOIN t AS y ON x.s = y.s;
--> | n |
--> | 9 |
SELECT COUNT(*) AS n FROM t WHERE s LIKE 'a';
--> | n |
--> | 1 |
SELECT MAX(LEN(s)) AS longest FROM t;
--> | longest |
--> | 3       |
SELECT COUNT(*) AS n FROM (SELECT s FROM t GROUP BY s) AS g;
--> | n |
--> | 1 |

-- CASE text with NULL is NULL  [difference concat]
CREATE TABLE t (a VARCHAR(5), b VARCHAR(5));
INSERT INTO t VALUES ('a', NULL);
SELECT concat(a, b) AS function, a || b AS operator FROM t;
--> | function | operator |
--> | NULL     | NULL     |

-- CASE what a COPY wrote into the views outlives its transaction  [difference load views]
CREATE TABLE t (n INTEGER);
--@put differences/views/$SCHEMA/x.json
--| {"n": 1}
BEGIN;
COPY t FROM 's3://$BUCKET/differences/views/$SCHEMA/' $AUTH JSON 'auto';
ROLLBACK;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |
SELECT COUNT(*) AS n FROM stl_load_commits WHERE trim(filename) LIKE '%/differences/views/$SCHEMA/x.json';
--> | n |
--> | 1 |

-- CASE errors of a rolled back COPY can be read  [difference load views]
CREATE TABLE t (n INTEGER);
--@put differences/errors/$SCHEMA/x.json
--| {"n": "x"}
BEGIN;
COPY t FROM 's3://$BUCKET/differences/errors/$SCHEMA/' $AUTH JSON 'auto';
--> ERROR XX000 Load into table 't' failed.
SELECT 1;
--> ERROR 25P02 current transaction is aborted, commands ignored until end of transaction block
ROLLBACK;
SELECT err_code FROM stl_load_errors WHERE trim(filename) LIKE '%/differences/errors/$SCHEMA/x.json';
--> | err_code |
--> | 1207     |

-- CASE the version  [difference version]
SELECT version() LIKE 'PostgreSQL 8.0.2 on %, Redshift 1.0.%' AS redshift;
--> | redshift |
--> | true     |

-- CASE an update of rows that changed since the snapshot  [difference serialization]
CREATE TABLE t (n INTEGER);
INSERT INTO t VALUES (1);
BEGIN;
SELECT n FROM t;
--@session 2
UPDATE t SET n = 2;
--@session 1
UPDATE t SET n = 3;
--> ERROR XX000 1023
ROLLBACK;
SELECT n FROM t;
--> | n |
--> | 2 |
