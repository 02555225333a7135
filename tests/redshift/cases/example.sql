-- How the runner reads cases; the topics are in the other files.

-- CASE rows, types and quoting
CREATE TABLE t (n INTEGER, s VARCHAR(10));
INSERT INTO t VALUES (1, 'a '), (2, NULL), (3, '');
--> ROWCOUNT 3
SELECT n, s FROM t ORDER BY n;
--> | n | s    |
--> | 1 | "a " |
--> | 2 | NULL |
--> | 3 | ""   |
--> TYPES int, str

-- CASE an object is there before the COPY
CREATE TABLE t (n INTEGER);
--@put example/a.json
--| {"n": 1}
--| {"n": 2}
COPY t FROM 's3://$BUCKET/example/' $AUTH FORMAT AS JSON 'auto';
--> NOTICE Load into table 't' completed, 2 record(s) loaded successfully.
SELECT n FROM t ORDER BY n;
--> | n |
--> | 1 |
--> | 2 |

-- CASE an error ends a statement, not the case
SELECT * FROM nowhere;
--> ERROR 42P01 does not exist
SELECT 1 AS one;
--> | one |
--> | 1   |
