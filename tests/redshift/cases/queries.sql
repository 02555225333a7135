-- Queries: what SELECT has that PostgreSQL has not, and the reverse.

-- CASE lateral column aliases
CREATE TABLE t (a INTEGER, b INTEGER);
INSERT INTO t VALUES (1, 10), (2, 20), (3, 30);
SELECT a + 1 AS x, x * 2 AS y, b FROM t WHERE y > 4 ORDER BY y DESC;
--> | x | y | b  |
--> | 4 | 8 | 30 |
--> | 3 | 6 | 20 |
SELECT a * 0 AS b, b + 1 AS c FROM t ORDER BY c LIMIT 1;
--> | b | c  |
--> | 0 | 11 |
SELECT a % 2 AS odd, COUNT(*) AS n FROM t GROUP BY odd ORDER BY odd;
--> | odd | n |
--> | 0   | 1 |
--> | 1   | 2 |
SELECT a % 2 AS odd, COUNT(*) AS n FROM t GROUP BY odd HAVING n > 1;
--> ERROR 42703 column "n" does not exist

-- CASE QUALIFY
CREATE TABLE t (id INTEGER, ts INTEGER, v VARCHAR(5));
INSERT INTO t VALUES (1, 1, 'old'), (1, 2, 'new'), (2, 5, 'only');
SELECT * FROM t s QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) = 1 ORDER BY id;
--> | id | ts | v    |
--> | 1  | 2  | new  |
--> | 2  | 5  | only |
SELECT id, RANK() OVER (ORDER BY ts DESC) AS r FROM t WHERE id > 0 QUALIFY r <= 2 ORDER BY ts;
--> | id | r |
--> | 1  | 2 |
--> | 2  | 1 |
SELECT v, COUNT(*) AS n FROM t s GROUP BY v QUALIFY ROW_NUMBER() OVER (ORDER BY v) = 1;
--> | v   | n |
--> | new | 1 |
INSERT INTO t SELECT id + 10, ts, v FROM t s QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) = 1;
--> ROWCOUNT 2
SELECT COUNT(*) AS n FROM (SELECT id FROM t s QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) = 1) q;
--> | n |
--> | 4 |
SELECT id FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) = 1;
--> ERROR 42601

-- CASE TOP, LIMIT and set operations
CREATE TABLE x (a INTEGER);
CREATE TABLE y (a INTEGER);
INSERT INTO x VALUES (1), (2), (2), (3);
INSERT INTO y VALUES (2), (4);
SELECT TOP 2 a FROM x ORDER BY a DESC;
--> | a |
--> | 3 |
--> | 2 |
SELECT a FROM x MINUS SELECT a FROM y ORDER BY a;
--> | a |
--> | 1 |
--> | 3 |
SELECT a FROM x INTERSECT SELECT a FROM y;
--> | a |
--> | 2 |
SELECT a FROM x UNION ALL SELECT a FROM y ORDER BY 1 DESC LIMIT 1 OFFSET 1;
--> | a |
--> | 3 |
(SELECT a FROM x LIMIT 1) UNION SELECT a FROM y;
--> ERROR * LIMIT may not be used within input to set operations.
SELECT a FROM x INTERSECT ALL SELECT a FROM y;
--> ERROR *
SELECT a FROM x UNION SELECT 'x' || a FROM y;
--> ERROR 42804

-- CASE WITH, also recursive
WITH a AS (SELECT 1 AS n), b (m) AS (SELECT n + 1 FROM a) SELECT n, m FROM a, b;
--> | n | m |
--> | 1 | 2 |
WITH a AS (SELECT 1 AS n, 5 AS k UNION ALL SELECT 2, 4) SELECT n FROM a WHERE k > 0 ORDER BY k, n + 1;
--> | n |
--> | 2 |
--> | 1 |
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT SUM(i) AS s FROM n;
--> | s  |
--> | 10 |
WITH RECURSIVE n (i, path, d) AS (SELECT 1, 'a'::VARCHAR(20), 1.5::DECIMAL(8,2) UNION ALL SELECT i + 1, path || '/' || i, d + 1 FROM n WHERE i < 3) SELECT path, d FROM n ORDER BY i DESC LIMIT 1;
--> | path  | d    |
--> | a/1/2 | 3.50 |
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT * FROM n;
--> ERROR *
WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 4) SELECT * FROM n;
--> ERROR *

-- CASE grouping sets
CREATE TABLE t (a VARCHAR(2), b VARCHAR(2), n INTEGER);
INSERT INTO t VALUES ('x', 'p', 1), ('x', 'q', 2), ('y', 'p', 4);
SELECT a, b, SUM(n) AS n FROM t GROUP BY ROLLUP (a, b) ORDER BY n, a, b;
--> | a    | b    | n |
--> | x    | p    | 1 |
--> | x    | q    | 2 |
--> | x    | NULL | 3 |
--> | y    | p    | 4 |
--> | y    | NULL | 4 |
--> | NULL | NULL | 7 |
SELECT a, GROUPING(a) AS g, SUM(n) AS n FROM t GROUP BY GROUPING SETS ((a), ()) ORDER BY n;
--> | a    | g | n |
--> | x    | 0 | 3 |
--> | y    | 0 | 4 |
--> | NULL | 1 | 7 |

-- CASE joins
CREATE TABLE a (id INTEGER, v VARCHAR(2));
CREATE TABLE b (id INTEGER, w VARCHAR(2));
INSERT INTO a VALUES (1, 'a1'), (2, 'a2');
INSERT INTO b VALUES (2, 'b2'), (3, 'b3');
SELECT * FROM a JOIN b USING (id);
--> | id | v  | w  |
--> | 2  | a2 | b2 |
SELECT a.id, w FROM a LEFT JOIN b ON a.id = b.id ORDER BY a.id;
--> | id | w    |
--> | 1  | NULL |
--> | 2  | b2   |
SELECT COALESCE(a.id, b.id) AS id FROM a FULL OUTER JOIN b ON a.id = b.id ORDER BY 1;
--> | id |
--> | 1  |
--> | 2  |
--> | 3  |
SELECT COUNT(*) AS n FROM a NATURAL JOIN b CROSS JOIN (SELECT 1 AS one) c;
--> | n |
--> | 1 |
SELECT id FROM a, b;
--> ERROR 42702 ambiguous
SELECT nothing FROM a;
--> ERROR 42703 column "nothing" does not exist
SELECT c.id FROM a;
--> ERROR 42P01
SELECT * FROM a, LATERAL (SELECT a.id) x;
--> ERROR 42601

-- CASE subqueries
CREATE TABLE a (id INTEGER, n INTEGER);
INSERT INTO a VALUES (1, 5), (2, NULL);
SELECT id FROM a WHERE (id, n) IN (SELECT id, n FROM a) AND EXISTS (SELECT 1 FROM a x WHERE x.id = a.id);
--> | id |
--> | 1  |
SELECT id, (SELECT MAX(n) FROM a) AS m FROM a WHERE n = ANY (SELECT n FROM a) OR n IS NULL ORDER BY id;
--> | id | m |
--> | 1  | 5 |
--> | 2  | 5 |
SELECT id, n FROM (SELECT id, n FROM a) WHERE id = 1;
--> | id | n |
--> | 1  | 5 |

-- CASE names fold, quoted or not
CREATE TABLE t ("UserId" INTEGER);
INSERT INTO t (userid) VALUES (1);
SELECT "USERID", T."UserId" AS "Alias" FROM t;
--> | userid | alias |
--> | 1      | 1     |

-- CASE names of columns that have none
SELECT COUNT(*), NVL(1, 2), DATEADD(day, 1, '2018-01-01') IS NULL, 1 + 1, MD5('a'), CASE WHEN TRUE THEN 1 END;
--> | count | coalesce | ?column? | ?column? | md5                              | case |
--> | 1     | 1        | false    | 2        | 0cc175b9c0f1b6a831c399e269772661 | 1    |

-- CASE what PostgreSQL accepts
CREATE TABLE t (a INTEGER, b VARCHAR(5));
SELECT a FROM t FOR UPDATE;
--> ERROR 42601/0A000
SELECT a FROM t TABLESAMPLE SYSTEM (10);
--> ERROR 42601
TABLE t;
--> ERROR 42601
VALUES (1), (2);
--> ERROR 42601
SELECT a FROM t FETCH FIRST 1 ROWS ONLY;
--> ERROR 42601
SELECT ARRAY[1, 2];
--> ERROR 42601
SELECT a FROM t WHERE a = ANY ('{1,2}');
--> ERROR 42601
SELECT b COLLATE "C" FROM t;
--> ERROR 42601
SELECT b -> 'x' FROM t;
--> ERROR 42601/42883
SELECT a BETWEEN SYMMETRIC 1 AND 2 FROM t;
--> ERROR 42601
SELECT t FROM t;
--> ERROR 42703
SELECT ctid FROM t;
--> ERROR 42703
SELECT ROW(1, 2);
--> ERROR *
SELECT DISTINCT ON (a) b FROM t;
--> ERROR 0A000 SELECT DISTINCT ON is not supported
SELECT STRING_AGG(b, ',') FROM t;
--> ERROR 42883 function string_agg(character varying, "unknown") does not exist

-- CASE the stand-in's own schema and the server's secrets are not there
SELECT * FROM redshift_catalog.settings;
--> ERROR *
SELECT * FROM pg_authid;
--> ERROR *
SELECT passwd FROM pg_shadow;
--> ERROR *

-- CASE PIVOT and UNPIVOT
CREATE TABLE part (partname VARCHAR(10), maker VARCHAR(10), price INTEGER);
INSERT INTO part VALUES ('prop', 'a', 10), ('prop', 'a', 15), ('rudder', 'b', 20), ('wing', 'b', NULL);
SELECT * FROM (SELECT partname, price FROM part) PIVOT (AVG(price) FOR partname IN ('prop', 'rudder', 'wing'));
--> | prop | rudder | wing |
--> | 12   | 20     | NULL |
SELECT * FROM part PIVOT (COUNT(price) AS n FOR partname IN ('prop' AS p, 'wing' AS w)) ORDER BY maker;
--> | maker | p_n | w_n |
--> | a     | 2   | 0   |
--> | b     | 0   | 0   |
CREATE TABLE counts (quality VARCHAR(10), red INTEGER, green INTEGER, blue INTEGER);
INSERT INTO counts VALUES ('high', 15, 20, 7), ('low', 35, NULL, 40);
SELECT * FROM counts UNPIVOT (cnt FOR color IN (red, green AS 'g')) ORDER BY quality, color;
--> | quality | blue | color | cnt |
--> | high    | 7    | g     | 20  |
--> | high    | 7    | red   | 15  |
--> | low     | 40   | red   | 35  |
SELECT COUNT(*) AS n FROM (SELECT red, green, blue FROM counts) UNPIVOT INCLUDE NULLS (cnt FOR color IN (red, green, blue));
--> | n |
--> | 6 |

-- CASE literals are strings, in every branch of a UNION too
SELECT k FROM (SELECT 'x ' AS k UNION SELECT 'y' UNION SELECT NULL) q WHERE k = 'x';
--> | k    |
--> | "x " |
SELECT COUNT(*) AS n FROM (SELECT 'a' AS k UNION SELECT 'a ') q;
--> | n |
--> | 1 |
SELECT MAX(d) AS d FROM (SELECT '2018-01-01' AS d UNION ALL SELECT CURRENT_DATE - CURRENT_DATE + DATE '2017-01-01') q;
--> | d          |
--> | 2018-01-01 |

-- CASE GROUP BY ALL takes what is not aggregated
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER);
INSERT INTO t VALUES (1, 2, 3), (1, 2, 4), (2, 2, 5);
SELECT a, b * 2 AS d, SUM(c) AS s, COUNT(*) AS n FROM t GROUP BY ALL ORDER BY a;
--> | a | d | s | n |
--> | 1 | 4 | 7 | 2 |
--> | 2 | 4 | 5 | 1 |
SELECT COUNT(*) AS n FROM t GROUP BY ALL;
--> | n |
--> | 3 |

-- CASE a star may leave columns out
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER);
INSERT INTO t VALUES (1, 2, 3);
SELECT * EXCLUDE b FROM t;
--> | a | c |
--> | 1 | 3 |
SELECT * EXCLUDE (a, c) FROM t;
--> | b |
--> | 2 |
CREATE TABLE u AS SELECT * EXCLUDE (a) FROM (SELECT * FROM t) AS q;
SELECT * FROM u;
--> | b | c |
--> | 2 | 3 |
SELECT * EXCLUDE x FROM t;
--> ERROR 42703 column "x" does not exist

-- CASE windows may pass over NULL, several rows far
CREATE TABLE t (k INTEGER, x VARCHAR(3));
INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'b'), (4, NULL), (5, 'c');
SELECT k, LAG(x, 2) IGNORE NULLS OVER (ORDER BY k) AS two_before, LEAD(x, 2) IGNORE NULLS OVER (ORDER BY k) AS two_after,
    NTH_VALUE(x, 2) IGNORE NULLS OVER (ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second
FROM t ORDER BY k;
--> | k | two_before | two_after | second |
--> | 1 | NULL       | c         | b      |
--> | 2 | NULL       | c         | b      |
--> | 3 | NULL       | NULL      | b      |
--> | 4 | a          | NULL      | b      |
--> | 5 | a          | NULL      | b      |
