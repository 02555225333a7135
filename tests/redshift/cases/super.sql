-- SUPER: arrays and objects in queries.

-- CASE the positions of an array count from 0
CREATE TABLE t (id INTEGER, v SUPER);
INSERT INTO t SELECT 1, JSON_PARSE('{"a": [10, "x", {"b": 3}], "o": {"p": 1, "q": "z"}}');
INSERT INTO t SELECT 2, JSON_PARSE('{"a": []}');
SELECT t.id, n, i FROM t, t.v.a AS i AT n ORDER BY n;
--> | id | n | i       |
--> | 1  | 0 | 10      |
--> | 1  | 1 | "x"     |
--> | 1  | 2 | {"b":3} |
SELECT n FROM t, t.v.a AS i AT n WHERE i.b = 3;
--> | n |
--> | 2 |

-- CASE UNPIVOT gives the attributes of an object
CREATE TABLE t (id INTEGER, v SUPER);
INSERT INTO t SELECT 1, JSON_PARSE('{"o": {"p": 1, "q": "z"}}');
INSERT INTO t SELECT 2, JSON_PARSE('[1]');
SELECT t.id, attr, val FROM t, UNPIVOT t.v.o AS val AT attr ORDER BY attr;
--> | id | attr | val     |
--> | 1  | p    | 1       |
--> | 1  | q    | "z"     |
SELECT COUNT(*) AS n FROM t AS s, UNPIVOT s.v AS val;
--> | n |
--> | 1 |

-- CASE arrays and objects are made of values
SELECT ARRAY(1, 'x', NULL, TRUE, 1.5) AS a, ARRAY() AS b, OBJECT('a', 1, 'b', ARRAY('c')) AS o, GET_ARRAY_LENGTH(ARRAY(1, 2)) AS n;
--> | a                     | b  | o                   | n |
--> | [1,"x",null,true,1.5] | [] | {"a":1,"b":["c"]}   | 2 |
SELECT OBJECT('a');
--> ERROR 42883 function object

-- CASE arrays are joined, flattened, cut and split
SELECT ARRAY_CONCAT(ARRAY(1, 2), ARRAY(3)) AS a, ARRAY_FLATTEN(ARRAY(ARRAY(1), ARRAY(2, ARRAY(3)), 4)) AS b,
    SUBARRAY(ARRAY('a', 'b', 'c'), 1, 1) AS c, SUBARRAY(ARRAY(1, 2, 3), 1) AS d, SPLIT_TO_ARRAY('a|b', '|') AS e, SPLIT_TO_ARRAY('a,b') AS f;
--> | a       | b           | c     | d     | e         | f         |
--> | [1,2,3] | [1,2,[3],4] | ["b"] | [2,3] | ["a","b"] | ["a","b"] |
SELECT ARRAY_CONCAT('a', 'b');
--> ERROR 42883 function array_concat
