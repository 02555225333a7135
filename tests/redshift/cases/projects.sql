-- What public projects send, in cases of our own: names, joins, subqueries and errors that came up there.

-- CASE words of the reserved list that the parser takes all the same
CREATE TABLE t (timestamp TIMESTAMP, array INTEGER, backup VARCHAR, encode INTEGER, language VARCHAR(5));
INSERT INTO t (timestamp, array, backup) VALUES ('2018-11-01', 2, 'b');
UPDATE t SET timestamp = '2018-11-02';
SELECT t.timestamp, backup, language FROM t;
--> | timestamp           | backup | language |
--> | 2018-11-02 00:00:00 | b      | NULL     |
SELECT timestamp, backup FROM t;
--> ERROR 42601 syntax error at or near

-- CASE DATETIME is TIMESTAMP
SELECT '2018-11-01 10:00:00'::DATETIME AS at;
--> | at                  |
--> | 2018-11-01 10:00:00 |

-- CASE + joins strings
CREATE TABLE t (a VARCHAR(5));
INSERT INTO t VALUES ('x');
SELECT 'DROP TABLE ' + QUOTE_IDENT(a) + ';' AS ddl, a + a AS twice, '1' + a AS mixed, '5' + 1 AS sum FROM t;
--> | ddl           | twice | mixed | sum |
--> | DROP TABLE x; | xx    | 1x    | 6   |

-- CASE UNPIVOT with labels that are names
CREATE TABLE t (red INTEGER, green INTEGER);
INSERT INTO t VALUES (1, 2);
SELECT * FROM t UNPIVOT (n FOR color IN (red AS r, green AS g)) ORDER BY n;
--> | color | n |
--> | r     | 1 |
--> | g     | 2 |

-- CASE CHAR holds characters of one byte
CREATE TABLE t (a CHAR(3));
INSERT INTO t VALUES ('é');
--> ERROR * Multibyte character not supported for CHAR
INSERT INTO t SELECT 'üü'::VARCHAR;
--> ERROR * Multibyte character not supported for CHAR
INSERT INTO t VALUES ('abcd');
--> ERROR 22001 too long
INSERT INTO t VALUES ('ab '), ('abc   ');
SELECT a FROM t WHERE a = 'abc';
--> | a   |
--> | abc |

-- CASE a number too large for its DECIMAL
CREATE TABLE t (n DECIMAL(4, 1));
INSERT INTO t VALUES (12345);
--> ERROR XX000 Numeric data overflow (result precision)

-- CASE the length of a type is a number
SELECT CAST(1 AS DECIMAL(day, 2));
--> ERROR 42601 syntax error at or near "day"

-- CASE UPDATE FROM joins its target by an equality
CREATE TABLE t (id INTEGER, n INTEGER);
CREATE TABLE s (id INTEGER, n INTEGER);
INSERT INTO t VALUES (1, 0);
INSERT INTO s VALUES (1, 5);
UPDATE t SET n = s.n FROM s;
--> ERROR * Target table must be part of an equijoin predicate
UPDATE t SET n = s.n FROM s WHERE t.id < s.id;
--> ERROR * Target table must be part of an equijoin predicate
UPDATE t SET n = s.n FROM s LEFT JOIN s q ON s.id = q.id WHERE t.id = s.id;
--> ERROR * Target table must be part of an equijoin predicate
UPDATE t SET n = s.n FROM s WHERE (t.id = s.id AND s.n > 3) OR (t.id = s.id AND s.n < 1);
SELECT n FROM t;
--> | n |
--> | 5 |

-- CASE correlated subqueries that Redshift cannot turn into joins
CREATE TABLE t (id INTEGER, n INTEGER);
CREATE TABLE s (id INTEGER, n INTEGER, kind INTEGER);
SELECT id, n FROM s WHERE n NOT IN (SELECT SUM(n) OVER () FROM t WHERE t.id = s.id);
--> ERROR * correlated subquery
SELECT t.id, (SELECT COUNT(s.id) FROM s WHERE s.id = t.id) AS found FROM t GROUP BY found, t.id;
--> ERROR * correlated subquery
SELECT t.id FROM t LEFT JOIN s ON s.id = t.id AND s.n = (SELECT MAX(q.n) FROM t q WHERE q.id = s.id);
--> ERROR * correlated subquery
SELECT * FROM t WHERE n IN (SELECT SUM(s.n) FROM s WHERE s.id = t.id GROUP BY s.kind);
--> ERROR * correlated subquery
SELECT * FROM t WHERE n IN (SELECT MAX(s.n) FROM s WHERE s.id = t.id GROUP BY s.kind);
--> NO ROWS
SELECT t.id, (SELECT COUNT(s.id) FROM s WHERE s.id = t.id) AS found FROM t;
--> NO ROWS

-- CASE MERGE takes no view
CREATE TABLE t (id INTEGER);
CREATE TABLE s (id INTEGER);
CREATE VIEW v AS SELECT id FROM s;
MERGE INTO t USING v ON t.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id);
--> ERROR * view

-- CASE rows of the leader node make no table
CREATE TABLE t AS SELECT generate_series(1, 3) AS n;
--> ERROR 0A000 not supported on Redshift tables

-- CASE an unfinished literal is not repeated
SELECT 'a-password;
--> ERROR 42601 unterminated quoted string at or near "'"

-- CASE LAG and LEAD past NULLs
CREATE TABLE t (id INTEGER, n INTEGER);
INSERT INTO t VALUES (1, 10), (2, NULL), (3, 30), (4, NULL), (5, 50);
SELECT id, LAG(n) IGNORE NULLS OVER (ORDER BY id) AS before, LEAD(n, 1) IGNORE NULLS OVER (ORDER BY id) AS after
FROM t ORDER BY id;
--> | id | before | after |
--> | 1  | NULL   | 30    |
--> | 2  | 10     | 30    |
--> | 3  | 10     | 50    |
--> | 4  | 30     | 50    |
--> | 5  | 30     | NULL  |

-- CASE the columns of late-binding views
CREATE TABLE t (id INTEGER, name VARCHAR(20));
CREATE VIEW late AS SELECT id, name FROM $SCHEMA.t WITH NO SCHEMA BINDING;
SELECT COUNT(*) FROM late;
WITH cols AS (
    SELECT view_schema, view_name, col_name, col_type, ordinal_position
    FROM pg_get_late_binding_view_cols() c (view_schema name, view_name name, col_name name, col_type varchar, ordinal_position int)
)
SELECT col_name, col_type, ordinal_position FROM cols WHERE view_schema = '$SCHEMA' AND view_name = 'late' ORDER BY 3;
--> | col_name | col_type              | ordinal_position |
--> | id       | integer               | 1                |
--> | name     | character varying(20) | 2                |
