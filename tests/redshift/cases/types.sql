-- Types: what they hold, how they compare, what arithmetic and casts make of them.

-- CASE blanks at the end do not count in comparisons
CREATE TABLE t (id INTEGER, s VARCHAR(10), c CHAR(5));
INSERT INTO t VALUES (1, 'a', 'a'), (2, 'a ', 'b'), (3, ' a', NULL);
SELECT id FROM t WHERE s = 'a' ORDER BY id;
--> | id |
--> | 1  |
--> | 2  |
SELECT id FROM t WHERE s IN ('x', 'a   ') ORDER BY id;
--> | id |
--> | 1  |
--> | 2  |
SELECT COUNT(*) AS n FROM t GROUP BY s ORDER BY n;
--> | n |
--> | 1 |
--> | 2 |
SELECT COUNT(DISTINCT s) AS n FROM t;
--> | n |
--> | 2 |
SELECT COUNT(*) AS n FROM t x JOIN t y ON x.s = y.s;
--> | n |
--> | 5 |
SELECT x.id FROM t x JOIN t y ON x.s = y.c WHERE y.id = 1 ORDER BY 1;
--> | id |
--> | 1  |
--> | 2  |
SELECT id FROM t WHERE UPPER(s) = UPPER('a') AND s || '' = 'a' ORDER BY id;
--> | id |
--> | 1  |
--> | 2  |

-- CASE blanks at the end count in LIKE, LEN of VARCHAR, || and MD5
CREATE TABLE t (id INTEGER, s VARCHAR(10), c CHAR(5));
INSERT INTO t VALUES (1, 'a', 'a'), (2, 'a ', 'a');
SELECT s LIKE 'a' AS likes, LEN(s) AS len, LEN(c) AS len_char, s || '!' AS joined, MD5(s) = MD5('a') AS same FROM t ORDER BY id;
--> | likes | len | len_char | joined | same  |
--> | true  | 1   | 1        | a!     | true  |
--> | false | 2   | 1        | a !    | false |

-- CASE VARCHAR counts bytes
CREATE TABLE t (s VARCHAR(4));
INSERT INTO t VALUES ('éé');
INSERT INTO t VALUES ('ééé');
--> ERROR * alue too long for character type
INSERT INTO t SELECT s || 'x' FROM t;
--> ERROR * alue too long for character type
UPDATE t SET s = s || 'x';
--> ERROR * alue too long for character type
INSERT INTO t VALUES ('abcd      ');
SELECT s, OCTET_LENGTH(s) AS bytes FROM t ORDER BY s;
--> | s    | bytes |
--> | abcd | 4     |
--> | éé   | 4     |

-- CASE an explicit cast cuts, between characters
SELECT 'abcdef'::VARCHAR(3) AS a, CAST('aéé' AS VARCHAR(4)) AS b, 12345::VARCHAR(10) AS c;
--> | a   | b  | c     |
--> | abc | aé | 12345 |

-- CASE strings sort by their bytes
CREATE TABLE t (s VARCHAR(10));
INSERT INTO t VALUES ('b'), ('a'), ('Z'), ('é'), ('z');
SELECT s FROM t ORDER BY s;
--> | s |
--> | Z |
--> | a |
--> | b |
--> | z |
--> | é |
SELECT MIN(s) AS first, MAX(s) AS last FROM t;
--> | first | last |
--> | Z     | é    |

-- CASE division of integers and of decimals
CREATE TABLE t (a INTEGER, d DECIMAL(8,2), e DECIMAL(8,2), f DOUBLE PRECISION);
INSERT INTO t VALUES (7, 10.00, 3.00, 7);
SELECT a / 2 AS i, d / e AS d, f / 2 AS f, 7 / 2.0 AS literal FROM t;
--> | i | d           | f   | literal |
--> | 3 | 3.333333333 | 3.5 | 3.5000  |
SELECT d * e AS product, d + e AS total FROM t;
--> | product | total |
--> | 30.0000 | 13.00 |
SELECT a / 0 FROM t;
--> ERROR 22012 division by zero

-- CASE sums and averages keep their kind
CREATE TABLE t (i INTEGER, b BIGINT, d DECIMAL(8,2), f REAL);
INSERT INTO t VALUES (1, 1, 1.00, 1), (2, 2, 1.01, 2);
SELECT AVG(i) AS i, AVG(b) AS b, AVG(d) AS d, SUM(i) AS si, SUM(b) AS sb, SUM(d) AS sd FROM t;
--> | i | b | d    | si | sb | sd   |
--> | 1 | 1 | 1.00 | 3  | 3  | 2.01 |
--> TYPES int, int, Decimal, int, int, Decimal
INSERT INTO t (b) VALUES (9223372036854775807);
SELECT SUM(b) FROM t;
--> ERROR 22003/XX000 out of range

-- CASE NUMERIC without precision is NUMERIC(18,0), and INSERT rounds
SELECT CAST(0.4 AS NUMERIC) AS a, CAST(2.6 AS DECIMAL) AS b;
--> | a | b |
--> | 0 | 3 |
CREATE TABLE t (n NUMERIC, d DECIMAL(8,2));
INSERT INTO t VALUES (1.6, 4323.8951);
SELECT n, d FROM t;
--> | n | d       |
--> | 2 | 4323.90 |

-- CASE casts of selected decimals cut, casts of literals round
CREATE TABLE t (d DECIMAL(8,3));
INSERT INTO t VALUES (109.652);
SELECT d::DECIMAL(4,1) AS selected, 109.652::DECIMAL(4,1) AS literal FROM t;
--> | selected | literal |
--> | 109.6    | 109.7   |

-- CASE limits of decimals
CREATE TABLE t (d DECIMAL(39,0));
--> ERROR * must be between 1 and 38
SELECT 1::DECIMAL(5,6);
--> ERROR * scale
SELECT 123456.78::DECIMAL(5,2);
--> ERROR *

-- CASE numbers and strings in comparisons
CREATE TABLE t (s VARCHAR(5), i INTEGER, d DECIMAL(5,2));
INSERT INTO t VALUES ('07', 7, 7), ('7', 7, 7), ('7.00', 7, 7);
SELECT s FROM t WHERE s = i ORDER BY s;
--> | s |
--> | 7 |
SELECT s FROM t WHERE s = d ORDER BY s;
--> | s    |
--> | 07   |
--> | 7    |
--> | 7.00 |
SELECT COUNT(*) AS n FROM t WHERE i = '7';
--> | n |
--> | 3 |
SELECT COUNT(*) AS n FROM t WHERE s IN (SELECT i FROM t);
--> | n |
--> | 1 |

-- CASE strings become dates in comparisons, not in INSERT ... SELECT
CREATE TABLE t (s VARCHAR(20), ts TIMESTAMP, d DATE);
INSERT INTO t VALUES ('2018-11-01', '2018-11-01', '2018-11-01');
SELECT COUNT(*) AS n FROM t WHERE ts = s AND d = s AND ts >= d AND d = '2018-11-01';
--> | n |
--> | 1 |
INSERT INTO t (ts) SELECT s FROM t;
--> ERROR 42804 column "ts" is of type timestamp without time zone but expression is of type character varying
INSERT INTO t (s) SELECT ts FROM t;
INSERT INTO t (ts) SELECT d FROM t WHERE d IS NOT NULL;

-- CASE what cannot be cast
SELECT TRUE::VARCHAR;
--> ERROR 42846 cannot cast type boolean to character varying
SELECT 5::DATE;
--> ERROR 42846 cannot cast type integer to date
SELECT ''::INTEGER;
--> ERROR 22P02
SELECT '1.5'::INTEGER;
--> ERROR 22P02
SELECT 1::JSONB;
--> ERROR 42704 type "jsonb" does not exist
SELECT TRUE::INTEGER AS i, 2::BOOLEAN AS b, ' 5 '::INTEGER AS s;
--> | i | b    | s |
--> | 1 | true | 5 |

-- CASE booleans do not join strings
SELECT TRUE || 'a';
--> ERROR 42883 operator does not exist
SELECT 5 || 'a' AS a, ('x' || CURRENT_DATE) IS NOT NULL AS b, 'a' || NULL AS c;
--> | a  | b    | c    |
--> | 5a | true | NULL |

-- CASE backslashes escape in plain literals
SELECT 'a\\b' AS a, 'it\'s' AS b, LEN('\n') AS c, 'it''s' AS d;
--> | a    | b      | c | d      |
--> | a\b  | "it's" | 1 | "it's" |
SELECT 'a_b' LIKE 'a\\_b' AS a, 'axb' LIKE 'a\\_b' AS b, REGEXP_SUBSTR('a12', '\\d+') AS c, REGEXP_COUNT('a12d', '\d') AS d;
--> | a    | b     | c  | d |
--> | true | false | 12 | 1 |

-- CASE SUPER holds, goes into and compares
CREATE TABLE t (id INTEGER, v SUPER);
INSERT INTO t VALUES (1, JSON_PARSE('{"a": {"b": [1, "x"]}, "n": 2.50}')), (2, JSON_PARSE('[10, 20]')), (3, 'text');
SELECT v.a.b[1] AS x, v.n AS n, v.nope.deeper AS nope FROM t WHERE id = 1;
--> | x   | n    | nope |
--> | "x" | 2.50 | NULL |
SELECT v.a.b[0]::INTEGER + 1 AS n, v.a.b[1]::VARCHAR AS x FROM t WHERE v.a.b[1] = 'x' AND v.n > 2;
--> | n | x |
--> | 2 | x |
SELECT id, e FROM t, t.v e WHERE id = 2 ORDER BY e;
--> | id | e  |
--> | 2  | 10 |
--> | 2  | 20 |
SELECT JSON_SERIALIZE(v) AS j, JSON_TYPEOF(v) AS kind FROM t ORDER BY id;
--> | j                            | kind   |
--> | {"a":{"b":[1,"x"]},"n":2.50} | object |
--> | [10,20]                      | array  |
--> | "text"                       | string |

-- CASE reserved words are names only in quotes
CREATE TABLE t ("timestamp" TIMESTAMP, "language" VARCHAR(5), "tag" INTEGER);
SELECT timestamp FROM t;
--> ERROR 42601 timestamp
SELECT tag FROM t;
--> ERROR 42601 tag
SELECT t.tag, "Language", "timestamp" AS percent FROM t;
--> | tag | language | percent |
--> NO ROWS
