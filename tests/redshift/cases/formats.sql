-- One round through each format that COPY reads and UNLOAD writes.

-- CASE fixed width
CREATE TABLE t (a VARCHAR(3), b INTEGER);
--@put formats/fixed.txt
--| abc 12
--| de   7
COPY t FROM 's3://$BUCKET/formats/fixed.txt' $AUTH FIXEDWIDTH 'a:3,b:3' TRIMBLANKS;
SELECT a, b FROM t ORDER BY b;
--> | a   | b  |
--> | de  | 7  |
--> | abc | 12 |

-- CASE delimited text with NULL, escapes and quotes
CREATE TABLE t (a VARCHAR(10), b INTEGER);
--@put formats/pipe.txt
--| x\|y|1
--| \N|2
--| "q"|3
COPY t FROM 's3://$BUCKET/formats/pipe.txt' $AUTH ESCAPE REMOVEQUOTES;
SELECT a, b FROM t ORDER BY b;
--> | a             | b |
--> | "x\u007cy"    | 1 |
--> | NULL          | 2 |
--> | q             | 3 |

-- CASE bzip2
CREATE TABLE t (a INTEGER);
--@put formats/x.csv.bz2
--| 1
--| 2
COPY t FROM 's3://$BUCKET/formats/x.csv.bz2' $AUTH CSV BZIP2;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 2 |

-- CASE a whole object into SUPER
CREATE TABLE t (v SUPER);
--@put formats/noshred.json
--| {"a": {"b": 1}}
COPY t FROM 's3://$BUCKET/formats/noshred.json' $AUTH FORMAT JSON 'noshred';
SELECT t.v.a.b FROM t;
--> | b |
--> | 1 |

-- CASE UNLOAD as delimited text reads back
CREATE TABLE s (a VARCHAR(10), b INTEGER, c TIMESTAMP);
CREATE TABLE t (LIKE s);
INSERT INTO s VALUES ('x|y', 1, '2018-11-01 10:00:00.5'), (NULL, NULL, NULL), ('"q"', 3, '2018-11-02');
UNLOAD ('SELECT * FROM s') TO 's3://$BUCKET/formats/$SCHEMA/text_' $AUTH ESCAPE ADDQUOTES ALLOWOVERWRITE NULL AS '\\N';
COPY t FROM 's3://$BUCKET/formats/$SCHEMA/text_' $AUTH ESCAPE REMOVEQUOTES NULL AS '\\N';
SELECT * FROM s MINUS SELECT * FROM t;
--> NO ROWS

-- CASE UNLOAD as CSV with a header and gzip reads back
CREATE TABLE s (a VARCHAR(10), b DECIMAL(8,3));
CREATE TABLE t (LIKE s);
INSERT INTO s VALUES ('x,"y', 1.5), ('', 2), ('é', -0.001);
UNLOAD ('SELECT * FROM s') TO 's3://$BUCKET/formats/$SCHEMA/csv_' $AUTH FORMAT CSV HEADER GZIP PARALLEL OFF;
COPY t FROM 's3://$BUCKET/formats/$SCHEMA/csv_' $AUTH CSV IGNOREHEADER 1 GZIP;
SELECT * FROM s MINUS SELECT * FROM t;
--> NO ROWS
UNLOAD ('SELECT * FROM s') TO 's3://$BUCKET/formats/$SCHEMA/csv_' $AUTH FORMAT CSV HEADER GZIP PARALLEL OFF;
--> ERROR XX000

-- CASE UNLOAD as JSON reads back
CREATE TABLE s (a VARCHAR(10), b INTEGER, c BOOLEAN);
CREATE TABLE t (LIKE s);
INSERT INTO s VALUES ('x"y', 1, true), (NULL, 2, NULL);
UNLOAD ('SELECT * FROM s') TO 's3://$BUCKET/formats/$SCHEMA/json_' $AUTH FORMAT JSON;
COPY t FROM 's3://$BUCKET/formats/$SCHEMA/json_' $AUTH FORMAT JSON 'auto';
SELECT * FROM s MINUS SELECT * FROM t;
--> NO ROWS
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 2 |
