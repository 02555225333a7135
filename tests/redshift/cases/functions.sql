-- Functions: dates, strings, numbers, aggregates, windows, JSON.

-- CASE DATEADD
SELECT DATEADD(month, 1, '2008-04-30') AS a, DATEADD(year, 1, '2016-02-29') AS b, DATEADD(month, 12, '2016-02-29') AS c, DATEADD(m, 30, '2008-02-28') AS d;
--> | a                   | b                   | c                   | d                   |
--> | 2008-05-30 00:00:00 | 2017-03-01 00:00:00 | 2017-02-28 00:00:00 | 2008-02-28 00:30:00 |
SELECT DATEADD(ms, 796, DATEADD(day, 17836, '1970-01-01')) AS a, DATEADD('qtr', -1, '2018-05-31') AS b, DATEADD(w, 2, '2018-11-01') AS c;
--> | a                          | b                   | c                   |
--> | 2018-11-01 00:00:00.796000 | 2018-02-28 00:00:00 | 2018-11-15 00:00:00 |
CREATE TABLE t (d DATE, f FLOAT);
INSERT INTO t VALUES ('2018-11-01', 1.5);
SELECT DATEADD(day, 1, d) AS a, DATEADD(hour, 25, d) AS b FROM t;
--> | a                   | b                   |
--> | 2018-11-02 00:00:00 | 2018-11-02 01:00:00 |
SELECT DATEADD(day, f, d) FROM t;
--> ERROR 42883 date_add
SELECT DATEADD(yearweek, 1, d) FROM t;
--> ERROR *

-- CASE DATEDIFF counts boundaries
SELECT DATEDIFF(year, '2008-12-31', '2009-01-01') AS y, DATEDIFF(hour, '2008-01-01 8:30', '2008-01-01 10:00') AS h, DATEDIFF(qtr, '1998-07-01', '2008-07-01') AS q, DATEDIFF(day, '2018-11-02', '2018-11-01') AS d, DATEDIFF('months', '2018-01-31', '2018-02-01') AS m;
--> | y | h | q  | d  | m |
--> | 1 | 2 | 40 | -1 | 1 |
SELECT DATEDIFF(minute, '2018-01-01 00:00:59', '2018-01-01 00:01:00') AS mi, DATEDIFF(ms, '2018-01-01', '2018-01-01 00:00:01.5') AS ms, DATEDIFF(s, '2018-01-01', '2018-01-02') AS s;
--> | mi | ms   | s     |
--> | 1  | 1500 | 86400 |

-- CASE EXTRACT gives whole numbers, DATE_PART doubles
SELECT EXTRACT(sec FROM TIMESTAMP '2018-11-01 10:11:03.189717') AS s, EXTRACT(epoch FROM TIMESTAMP '1970-01-01 00:00:01.9') AS e, DATE_PART(s, TIMESTAMP '2018-11-01 10:11:03.5') AS p;
--> | s | e | p   |
--> | 3 | 1 | 3.5 |
--> TYPES int, int, float
CREATE TABLE t (ts TIMESTAMP);
INSERT INTO t VALUES ('2018-11-04 05:06:07.089');
SELECT EXTRACT(hr FROM ts) AS h, EXTRACT(weekday FROM ts) AS wd, EXTRACT(w FROM ts) AS w, EXTRACT(doy FROM ts) AS doy, EXTRACT('qtr' FROM ts) AS q, EXTRACT(ms FROM ts) AS ms, DATE_PART_YEAR(ts::DATE) AS y FROM t;
--> | h | wd | w  | doy | q | ms | y    |
--> | 5 | 0  | 44 | 308 | 4 | 89 | 2018 |
SELECT EXTRACT(isodow FROM ts) FROM t;
--> ERROR * not recognized
SELECT DATE_TRUNC('week', ts) AS w, DATE_TRUNC('hour', ts) AS h, DATE_TRUNC('month', DATE '2018-11-04') AS m, TRUNC(ts) AS d FROM t;
--> | w                   | h                   | m                   | d          |
--> | 2018-10-29 00:00:00 | 2018-11-04 05:00:00 | 2018-11-01 00:00:00 | 2018-11-04 |

-- CASE the epoch idiom
CREATE TABLE t (ts BIGINT);
INSERT INTO t VALUES (1541105830796);
SELECT TIMESTAMP 'epoch' + ts / 1000 * INTERVAL '1 second' AS a, TIMESTAMP 'epoch' + (ts::FLOAT / 1000) * INTERVAL '1 second' AS b, DATEADD(ms, (ts % 86400000)::INT, DATEADD(day, (ts / 86400000)::INT, TIMESTAMP '1970-01-01')) AS c FROM t;
--> | a                   | b                          | c                          |
--> | 2018-11-01 20:57:10 | 2018-11-01 20:57:10.796000 | 2018-11-01 20:57:10.796000 |
SELECT TO_TIMESTAMP(ts / 1000) FROM t;
--> ERROR 42883 does not exist

-- CASE the clock
SELECT GETDATE() IS NOT NULL AS a, SYSDATE <= GETDATE() AS b, CURRENT_DATE = TRUNC(GETDATE()) AS c;
--> | a    | b    | c    |
--> | true | true | true |
SELECT GETDATE;
--> ERROR *
SELECT SYSDATE();
--> ERROR 42601

-- CASE time zones and months
SELECT CONVERT_TIMEZONE('UTC', 'Europe/London', '2018-07-01 12:00:00') AS a, CONVERT_TIMEZONE('America/New_York', '2018-01-01 12:00:00') AS b, TIMESTAMP '2018-01-01 12:00' AT TIME ZONE 'UTC' = TIMESTAMPTZ '2018-01-01 12:00+00' AS c;
--> | a                   | b                   | c    |
--> | 2018-07-01 13:00:00 | 2018-01-01 07:00:00 | true |
SELECT ADD_MONTHS('2008-02-29', 1) AS a, LAST_DAY('2008-02-03') AS b, NEXT_DAY('2014-08-20', 'Tuesday') AS c, MONTHS_BETWEEN('2009-01-31', '2008-12-31') AS d;
--> | a                   | b          | c          | d   |
--> | 2008-03-31 00:00:00 | 2008-02-29 | 2014-08-26 | 1.0 |

-- CASE dates to text and back
SELECT TO_CHAR(TIMESTAMP '2018-11-04 05:06:07', 'YYYY-MM-DD HH24:MI:SS') AS a, TO_CHAR(-125.8, '999D99S') AS b, TO_DATE('02 Oct 2001', 'DD Mon YYYY') AS c, TO_DATE('20010631', 'YYYYMMDD') AS d, TO_CHAR(DATE '2018-11-04', 'IYYY-IW') AS e;
--> | a                   | b       | c          | d          | e       |
--> | 2018-11-04 05:06:07 | 125.80- | 2001-10-02 | 2001-07-01 | 2018-44 |
SELECT TO_DATE('20010631', 'YYYYMMDD', TRUE);
--> ERROR *

-- CASE NULL and choice
CREATE TABLE t (a INTEGER, s VARCHAR(5));
INSERT INTO t VALUES (1, 'x'), (NULL, NULL);
SELECT NVL(s, 'z') AS nvl, NVL2(a, 1, 0) AS nvl2, DECODE(a, NULL, 'none', 1, 'one', 'more') AS decode, COALESCE(NULL, a, 5) AS c, NULLIF(a, 1) AS n, GREATEST(a, 0) AS g FROM t ORDER BY a NULLS LAST;
--> | nvl | nvl2 | decode | c | n    | g |
--> | x   | 1    | one    | 1 | NULL | 1 |
--> | z   | 0    | none   | 5 | NULL | 0 |

-- CASE CONCAT takes two and knows NULL
CREATE TABLE t (a INTEGER, s VARCHAR(5));
INSERT INTO t VALUES (1, 'x'), (2, NULL);
SELECT CONCAT(a, s) AS c FROM t ORDER BY a;
--> | c    |
--> | 1x   |
--> | NULL |
SELECT CONCAT('a') FROM t;
--> ERROR 42883

-- CASE strings
SELECT LEN('français') AS len, OCTET_LENGTH('français') AS bytes, CHARINDEX('dog', 'the dog') AS ci, STRPOS('dog', 'g') AS sp, POSITION('o' IN 'dog') AS p, UPPER('é') AS u, INITCAP('ab cd') AS i;
--> | len | bytes | ci | sp | p | u | i     |
--> | 8   | 9     | 5  | 3  | 2 | É | Ab Cd |
SELECT SUBSTRING('caterpillar', 6, 4) AS a, SUBSTR('caterpillar', 7) AS b, LEFT('abc', 2) AS c, RIGHT('abc', 2) AS d, SPLIT_PART('abc$def$ghi', '$', 2) AS e, REPLACE('aba', 'a', 'x') AS f, TRANSLATE('mint tea', 'inea', 'osin') AS g;
--> | a    | b     | c  | d  | e   | f   | g        |
--> | pill | illar | ab | bc | def | xbx | most tin |
SELECT TRIM('  a ') AS a, TRIM(BOTH '"' FROM '"x"') AS b, LTRIM('xxa', 'x') AS c, BTRIM('  a') AS d, LPAD('a', 3, '*') AS e, REPEAT('ab', 2) AS f, REVERSE('abc') AS g, CHR(65) AS h, ASCII('A') AS i;
--> | a | b | c | d | e   | f    | g   | h | i  |
--> | a | x | a | a | **a | abab | cba | A | 65 |
SELECT REGEXP_REPLACE('the fox', '[a-z]+', 'x') AS a, REGEXP_SUBSTR('a1b22', '[0-9]+', 1, 2) AS b, REGEXP_INSTR('a1b22', '[0-9]') AS c, REGEXP_COUNT('a1b22', '[0-9]') AS d, REGEXP_SUBSTR('abc', 'x') AS e;
--> | a   | b  | c | d | e  |
--> | x x | 22 | 2 | 3 | "" |
SELECT STRTOL('ff', 16) AS a, STRTOL('', 10) AS b, MD5('a') AS c, SHA1('abc') AS d, SHA2('abc', 256) = SHA2('abc', 0) AS e, SHA2('abc', 7) AS f;
--> | a   | b | c                                | d                                        | e    | f  |
--> | 255 | 0 | 0cc175b9c0f1b6a831c399e269772661 | a9993e364706816aba3e25717850c26c9cd0d89d | true | "" |

-- CASE rounding
CREATE TABLE t (f DOUBLE PRECISION, d DECIMAL(8,3), i INTEGER);
INSERT INTO t VALUES (2.5, 28.055, 7);
SELECT ROUND(f) AS f, ROUND(d, 2) AS d, ROUND(i) AS i, TRUNC(d, 1) AS t, FLOOR(-1.5) AS fl, CEIL(1.2) AS c, MOD(i, 4) AS m FROM t;
--> | f   | d     | i | t    | fl | c | m |
--> | 3.0 | 28.06 | 7 | 28.0 | -2 | 2 | 3 |
SELECT CAST(CAST(FLOOR(f * 100000 + 0.5) AS BIGINT) * 0.00001 AS DECIMAL(12,5)) AS exact FROM t;
--> | exact   |
--> | 2.50000 |
SELECT POWER(2, 3) AS p, SQRT(16) AS s, ABS(-3) AS a, SIGN(-2) AS g, LOG(100) AS l, LN(1) AS n, CBRT(27) AS c;
--> | p   | s   | a | g  | l   | n   | c   |
--> | 8.0 | 4.0 | 3 | -1 | 2.0 | 0.0 | 3.0 |

-- CASE LISTAGG
CREATE TABLE t (a INTEGER, s VARCHAR(5));
INSERT INTO t VALUES (1, 'b'), (2, 'a'), (3, NULL), (4, ''), (5, 'a ');
SELECT LISTAGG(s, ',') WITHIN GROUP (ORDER BY a) AS l, LISTAGG(a) WITHIN GROUP (ORDER BY a DESC) AS n FROM t;
--> | l        | n     |
--> | "b,a,a " | 54321 |
SELECT LEN(LISTAGG(DISTINCT s, ',') WITHIN GROUP (ORDER BY s)) < 5 AS once FROM t;
--> | once |
--> | true |
SELECT LISTAGG(DISTINCT a, '-') WITHIN GROUP (ORDER BY a) AS l FROM t;
--> | l         |
--> | 1-2-3-4-5 |
SELECT DISTINCT LISTAGG(a, ',') WITHIN GROUP (ORDER BY a) OVER (PARTITION BY s) AS l FROM t WHERE s = 'b';
--> | l |
--> | 1 |

-- CASE LISTAGG has a limit
CREATE TABLE t (s VARCHAR(50));
INSERT INTO t VALUES ('12345678901234567890123456789012345678901234567890');
INSERT INTO t SELECT a.s FROM t a;
INSERT INTO t SELECT a.s FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k;
SELECT LISTAGG(s, ',') FROM t;
--> ERROR * Result size exceeds LISTAGG limit

-- CASE MEDIAN and percentiles
CREATE TABLE t (g INTEGER, n INTEGER, f FLOAT);
INSERT INTO t VALUES (1, 1, 1), (1, 2, 2), (2, 5, 5), (2, NULL, NULL);
SELECT MEDIAN(n) AS m, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f) AS c, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n) AS d FROM t;
--> | m   | c   | d |
--> | 2.0 | 2.0 | 2 |
SELECT DISTINCT g, MEDIAN(n) OVER (PARTITION BY g) AS m FROM t ORDER BY g;
--> | g | m   |
--> | 1 | 1.5 |
--> | 2 | 5.0 |
SELECT MEDIAN(1);
--> ERROR * user created tables

-- CASE window functions
CREATE TABLE t (g VARCHAR(1), n INTEGER);
INSERT INTO t VALUES ('a', 1), ('a', 2), ('b', 3);
SELECT n, LAG(n) OVER (ORDER BY n) AS lag, LEAD(n, 2) OVER (ORDER BY n) AS lead, SUM(n) OVER (PARTITION BY g ORDER BY n ROWS UNBOUNDED PRECEDING) AS s, RATIO_TO_REPORT(n) OVER (PARTITION BY g) AS r, AVG(n) OVER (PARTITION BY g) AS avg FROM t ORDER BY n;
--> | n | lag  | lead | s | r                 | avg |
--> | 1 | NULL | 3    | 1 | 0.333333333333333 | 1   |
--> | 2 | 1    | NULL | 3 | 0.666666666666667 | 1   |
--> | 3 | 2    | NULL | 3 | 1.0               | 3   |
SELECT FIRST_VALUE(n) OVER (PARTITION BY g ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS f, NTILE(2) OVER (ORDER BY n) AS nt, ROW_NUMBER() OVER (PARTITION BY g ORDER BY n) AS rn, RANK() OVER (ORDER BY g) AS r, DENSE_RANK() OVER (ORDER BY g) AS d FROM t ORDER BY n;
--> | f | nt | rn | r | d |
--> | 2 | 1  | 1  | 1 | 1 |
--> | 2 | 1  | 2  | 1 | 1 |
--> | 3 | 2  | 1  | 3 | 2 |
SELECT LAST_VALUE(NULLIF(n, 2) IGNORE NULLS) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS l FROM t ORDER BY n;
--> | l |
--> | 1 |
--> | 1 |
--> | 3 |

-- CASE what windows refuse
CREATE TABLE t (g VARCHAR(1), n INTEGER);
SELECT SUM(n) OVER (ORDER BY n) FROM t;
--> ERROR * Aggregate window functions with an ORDER BY clause require a frame clause
SELECT FIRST_VALUE(n) OVER (ORDER BY n) FROM t;
--> ERROR * require a frame clause
SELECT SUM(n) OVER (ORDER BY n RANGE UNBOUNDED PRECEDING) FROM t;
--> ERROR * RANGE clause of window functions not yet implemented
SELECT ROW_NUMBER() OVER (ORDER BY 'x') FROM t;
--> ERROR *
SELECT ROW_NUMBER() OVER (PARTITION BY 1 ORDER BY n) FROM t;
--> ERROR * constant expressions are not supported in partition by clauses
SELECT LAG(n, 1, 0) OVER (ORDER BY n) FROM t;
--> ERROR *
SELECT SUM(n) OVER w FROM t WINDOW w AS (ORDER BY n);
--> ERROR 42601
SELECT COUNT(DISTINCT n) OVER () FROM t;
--> ERROR *
SELECT ROW_NUMBER() FROM t;
--> ERROR *

-- CASE JSON in VARCHAR
CREATE TABLE t (id INTEGER, j VARCHAR(100));
INSERT INTO t VALUES (1, '{"a": {"b": "x", "n": 4.60}, "l": [1, {"z": true}]}'), (2, '[5, "six"]'), (3, 'broken');
SELECT JSON_EXTRACT_PATH_TEXT(j, 'a', 'b') AS b, JSON_EXTRACT_PATH_TEXT(j, 'a', 'n') AS n, JSON_EXTRACT_PATH_TEXT(j, 'l') AS l FROM t WHERE id = 1;
--> | b | n    | l              |
--> | x | 4.60 | [1,{"z":true}] |
SELECT JSON_EXTRACT_ARRAY_ELEMENT_TEXT(j, 1) AS e, JSON_ARRAY_LENGTH(j) AS n FROM t WHERE id = 2;
--> | e   | n |
--> | six | 2 |
SELECT IS_VALID_JSON(j) AS o, IS_VALID_JSON_ARRAY(j) AS a, CAN_JSON_PARSE(j) AS p, JSON_EXTRACT_PATH_TEXT(j, 'a', TRUE) IS NULL AS nothing FROM t ORDER BY id;
--> | o     | a     | p     | nothing |
--> | true  | false | true  | false   |
--> | true  | true  | true  | true    |
--> | false | false | false | true    |
SELECT JSON_EXTRACT_PATH_TEXT(j, 'a') FROM t WHERE id = 3;
--> ERROR *

-- CASE functions that only PostgreSQL has
SELECT CONCAT_WS(',', 'a', 'b');
--> ERROR 42883 does not exist
SELECT FORMAT('%s', 1);
--> ERROR 42883 does not exist
SELECT REGEXP_MATCHES('a', 'a');
--> ERROR 42883 does not exist
SELECT MAKE_INTERVAL(1);
--> ERROR 42883 does not exist
SELECT WIDTH_BUCKET(1, 2, 3, 4);
--> ERROR 42883 does not exist
SELECT GEN_RANDOM_UUID();
--> ERROR 42883 does not exist
SELECT PG_READ_FILE('/etc/passwd');
--> ERROR 42883 does not exist
SELECT * FROM PG_LS_DIR('/');
--> ERROR 42883 does not exist
SELECT ENCODE('a', 'hex');
--> ERROR *

-- CASE a whole number beside a date or a timestamp counts days
CREATE TABLE t (d DATE, m TIMESTAMP, n INTEGER, b BIGINT);
INSERT INTO t VALUES ('2018-11-03', '2018-11-03 10:30', 2, 3);
SELECT d + n AS a, d - 1 AS b, m - n AS c, b + m AS d, TRUNC(m - 30) AS e, GETDATE() - 30 < GETDATE() AS f FROM t;
--> | a          | b          | c                   | d                   | e          | f    |
--> | 2018-11-05 | 2018-11-02 | 2018-11-01 10:30:00 | 2018-11-06 10:30:00 | 2018-10-04 | true |
SELECT n - m FROM t;
--> ERROR 42883 operator does not exist
SELECT m - 1.5 FROM t;
--> ERROR 42883 operator does not exist: timestamp without time zone - numeric

-- CASE DATEADD takes BIGINT, and dates in all their forms
CREATE TABLE t (ts BIGINT, d DATE, n INTEGER);
INSERT INTO t VALUES (1541106106796, '2018-01-31', 3);
SELECT DATEADD(ms, ts, 'epoch') AS a, DATEADD(month, 1, d) AS b, DATEADD(year, DATEDIFF(year, '2016-01-01', d), '2016-02-29') AS c,
    DATEADD(day, -n, d) AS d, DATEADD(day, ROW_NUMBER() OVER (ORDER BY d) - 1, d) AS e FROM t;
--> | a                          | b                   | c                   | d                   | e                   |
--> | 2018-11-01 21:01:46.796000 | 2018-02-28 00:00:00 | 2018-03-01 00:00:00 | 2018-01-28 00:00:00 | 2018-01-31 00:00:00 |
SELECT DATEADD(day, 1.5, d) FROM t;
--> ERROR 42883 function pg_catalog.date_add

-- CASE hashes of the bytes that a value has
SELECT FNV_HASH(1) AS a, FNV_HASH(1::SMALLINT) AS b, FNV_HASH(1::BIGINT) AS c;
--> | a                    | b                  | c                    |
--> | -5968735742475085980 | 589727492704079044 | -8517097267634966620 |
SELECT FNV_HASH('Amazon Redshift') AS a, FNV_HASH('Amazon Redshift', FNV_HASH(1)) AS b, FNV_HASH('abcd') = FNV_HASH('cd', FNV_HASH('ab')) AS c;
--> | a                   | b                    | c    |
--> | 7783490368944507294 | -2202602717770968555 | true |
SELECT MURMUR3_32_HASH(1) AS a, MURMUR3_32_HASH('Amazon Redshift') AS b, MURMUR3_32_HASH('abcd') AS c;
--> | a          | b           | c          |
--> | 1392991556 | -1563580564 | 1139631978 |

-- CASE TRY_CAST gives NULL for what cannot be converted
SELECT TRY_CAST('a' AS INTEGER) AS a, TRY_CAST('12' AS INTEGER) AS b, TRY_CAST('2018-02-30' AS DATE) AS c, TRY_CAST(99999999999 AS INTEGER) AS d, TRY_CAST('2.5' AS DECIMAL(4, 2)) AS e, TRY_CAST('abc' AS VARCHAR(2)) AS f;
--> | a    | b  | c    | d    | e    | f  |
--> | NULL | 12 | NULL | NULL | 2.50 | ab |
SELECT TRY_CAST(DATE '2018-01-01' AS INTEGER);
--> ERROR 42846 cannot cast type date to integer

-- CASE SPLIT_PART counts from 1
SELECT SPLIT_PART('a.b.c', '.', 2) AS part, SPLIT_PART('a.b', '.', 3) AS none, SPLIT_PART('1-2', '-', 1)::INTEGER AS number;
--> | part | none | number |
--> | b    | ""   | 1      |
SELECT SPLIT_PART('a.b.c', '.', -1);
--> ERROR 22023 field position
SELECT SPLIT_PART('a.b.c', '.', 0);
--> ERROR 22023 field position
