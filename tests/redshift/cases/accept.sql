-- What must be accepted, in the order of claims.txt.

-- CASE COPY JSON 'auto' takes keys that equal the column names  [accept 1]
CREATE TABLE t (a INTEGER, b VARCHAR(10));
--@put accept1/x.json
--| {"a": 1, "b": "x", "other": true}{"b": "y", "a": 2}
--| {"A": 3, "b": null}
COPY t FROM 's3://$BUCKET/accept1/' IAM_ROLE '$ROLE' FORMAT AS JSON 'auto';
SELECT a, b FROM t ORDER BY a;
--> | a    | b    |
--> | 1    | x    |
--> | 2    | y    |
--> | NULL | NULL |

-- CASE COPY JSON 'auto ignorecase' from gzip with times in ISO form  [accept 2]
CREATE TABLE t (userid INTEGER, at TIMESTAMP);
--@put accept2/x.json.gz
--| {"userId": 1, "At": "2019-02-11T05:09:12.195Z"}
--| {"USERID": 2, "at": "2019-02-11 05:09:12"}
COPY t FROM 's3://$BUCKET/accept2/' IAM_ROLE '$ROLE' FORMAT AS JSON 'auto ignorecase' TIMEFORMAT 'auto' GZIP;
SELECT userid, at FROM t ORDER BY userid;
--> | userid | at                         |
--> | 1      | 2019-02-11 05:09:12.195000 |
--> | 2      | 2019-02-11 05:09:12        |

-- CASE COPY with CREDENTIALS, jsonpaths and a manifest  [accept 3]
CREATE TABLE t (a INTEGER, b VARCHAR(10), c INTEGER);
--@put accept3/data.json
--| {"A": 1, "deep": {"b": "x"}, "list": [7, 8]}
--| {"A": 2, "deep": {}, "list": [9]}
--@put accept3/paths.json
--| {"jsonpaths": ["$['A']", "$['deep']['b']", "$['list'][0]"]}
--@put accept3/batch.manifest
--| {"entries": [{"url": "s3://$BUCKET/accept3/data.json", "mandatory": true}]}
COPY t FROM 's3://$BUCKET/accept3/batch.manifest' WITH CREDENTIALS AS 'aws_iam_role=$ROLE'
FORMAT AS JSON AS 's3://$BUCKET/accept3/paths.json' MANIFEST REGION '$REGION';
SELECT * FROM t ORDER BY a;
--> | a | b    | c |
--> | 1 | x    | 7 |
--> | 2 | NULL | 9 |

-- CASE COPY CSV with a column list and the options for dirty text  [accept 4]
CREATE TABLE t (a VARCHAR(3), b VARCHAR(10), c VARCHAR(5) DEFAULT 'none');
--@put accept4/x.csv
--| first,second
--| abcdef,"say ""hi"""
--| ,"  "
COPY t (a, b) FROM 's3://$BUCKET/accept4/' $AUTH CSV IGNOREHEADER 1 EMPTYASNULL BLANKSASNULL ACCEPTINVCHARS '^' TRUNCATECOLUMNS;
SELECT a, b, c FROM t ORDER BY a;
--> | a    | b          | c    |
--> | abc  | say "hi"   | none |
--> | NULL | NULL       | none |

-- CASE COPY PARQUET maps columns by their position  [accept 5] [accept 8]
CREATE TABLE s (a INTEGER, b VARCHAR(10));
CREATE TABLE t (x INTEGER, y VARCHAR(10));
INSERT INTO s VALUES (1, 'x'), (2, NULL);
UNLOAD ('SELECT a, b FROM s') TO 's3://$BUCKET/accept5/$SCHEMA/part_' $AUTH FORMAT AS PARQUET;
COPY t FROM 's3://$BUCKET/accept5/$SCHEMA/part_' $AUTH FORMAT PARQUET;
SELECT * FROM t ORDER BY x;
--> | x | y    |
--> | 1 | x    |
--> | 2 | NULL |

-- CASE COPY of delimited text with epoch milliseconds  [accept 6]
CREATE TABLE t (a INTEGER, at TIMESTAMP, on_day DATE);
--@put accept6/x.tsv.gz
--| 1	1541121934796	2018-11-02
--| 2	0	20181103
COPY t FROM 's3://$BUCKET/accept6/' $AUTH delimiter '\t' gzip maxerror as 5 dateformat 'auto' timeformat 'epochmillisecs' compupdate off statupdate off;
SELECT * FROM t ORDER BY a;
--> | a | at                         | on_day     |
--> | 1 | 2018-11-02 01:25:34.796000 | 2018-11-02 |
--> | 2 | 1970-01-01 00:00:00        | 2018-11-03 |

-- CASE COPY NOLOAD reads and loads nothing  [accept 7]
CREATE TABLE t (a INTEGER);
--@put accept7/x.json
--| {"a": 1}
COPY t FROM 's3://$BUCKET/accept7/' $AUTH json 'auto' noload;
SELECT COUNT(*) AS n FROM t;
--> | n |
--> | 0 |

-- CASE UNLOAD writes Parquet over what is there, with a manifest  [accept 8]
UNLOAD ('select ''x'' as letter') TO 's3://$BUCKET/accept8/$SCHEMA/o_' $AUTH FORMAT AS PARQUET ALLOWOVERWRITE MANIFEST;
UNLOAD ('select ''y'' as letter') TO 's3://$BUCKET/accept8/$SCHEMA/o_' $AUTH FORMAT AS PARQUET ALLOWOVERWRITE MANIFEST;
CREATE TABLE t (letter VARCHAR(5));
COPY t FROM 's3://$BUCKET/accept8/$SCHEMA/o_manifest' $AUTH FORMAT AS PARQUET MANIFEST;
SELECT letter FROM t;
--> | letter |
--> | y      |

-- CASE transactions and LOCK in one text  [accept 9]
CREATE TABLE a (n INTEGER);
CREATE TABLE b (n INTEGER);
BEGIN; LOCK a, b; INSERT INTO a VALUES (1); COMMIT;
BEGIN;
INSERT INTO a VALUES (2);
END;
START TRANSACTION ISOLATION LEVEL SERIALIZABLE READ WRITE;
INSERT INTO a VALUES (3);
ROLLBACK;
SELECT n FROM a ORDER BY n;
--> | n |
--> | 1 |
--> | 2 |

-- CASE a temporary table like another, with its defaults  [accept 10]
CREATE TABLE fact (n INTEGER DEFAULT 7 NOT NULL, s VARCHAR(5));
CREATE TEMP TABLE stg (LIKE fact INCLUDING DEFAULTS);
INSERT INTO stg (s) VALUES ('x');
SELECT n, s FROM stg;
--> | n | s |
--> | 7 | x |

-- CASE a name with # is a temporary table  [accept 11]
CREATE TABLE #x (id int);
INSERT INTO #x VALUES (1);
SELECT id FROM #x;
--> | id |
--> | 1  |

-- CASE a dimension with IDENTITY, ENCODE, PRIMARY KEY, DISTSTYLE and SORTKEY  [accept 12]
CREATE TABLE d (k BIGINT IDENTITY(1,1), code VARCHAR(64) NOT NULL ENCODE zstd, PRIMARY KEY(k)) DISTSTYLE ALL SORTKEY(code);
INSERT INTO d (code) VALUES ('a');
SELECT k > 0 AS numbered, code FROM d;
--> | numbered | code |
--> | true     | a    |

-- CASE a fact with column keys, SUPER, VARCHAR(MAX) and BACKUP NO  [accept 13]
CREATE TABLE IF NOT EXISTS f (id BIGINT NOT NULL DISTKEY, ts TIMESTAMP SORTKEY, v SUPER, j VARCHAR(MAX)) BACKUP NO;
CREATE TABLE IF NOT EXISTS f (id BIGINT NOT NULL DISTKEY, ts TIMESTAMP SORTKEY, v SUPER, j VARCHAR(MAX)) BACKUP NO;
INSERT INTO f VALUES (1, '2018-11-01', JSON_PARSE('{"a": 1}'), REPEAT('x', 65535));
SELECT id, ts, LEN(j) AS length FROM f;
--> | id | ts                  | length |
--> | 1  | 2018-11-01 00:00:00 | 65535  |

-- CASE CREATE TABLE AS with DISTKEY and SORTKEY before AS  [accept 14]
CREATE TABLE f (a INTEGER NOT NULL, ts TIMESTAMP);
INSERT INTO f VALUES (1, '2018-11-01');
CREATE TABLE f2 DISTKEY(a) COMPOUND SORTKEY(ts, a) AS SELECT a, ts FROM f;
SELECT * FROM f2;
--> | a | ts                  |
--> | 1 | 2018-11-01 00:00:00 |

-- CASE SELECT INTO TEMP  [accept 15]
CREATE TABLE t (n INTEGER);
INSERT INTO t VALUES (1);
SELECT n INTO TEMP t2 FROM t;
SELECT n FROM t2;
--> | n |
--> | 1 |

-- CASE MERGE updates what matches and inserts the rest  [accept 16]
CREATE TABLE d (code VARCHAR(5), name VARCHAR(10));
CREATE TABLE stg (code VARCHAR(5), name VARCHAR(10));
INSERT INTO d VALUES ('a', 'old'), ('b', 'kept');
INSERT INTO stg VALUES ('a', 'new'), ('c', 'added');
MERGE INTO d USING stg s ON d.code = s.code WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (code,name) VALUES (s.code,s.name);
SELECT * FROM d ORDER BY code;
--> | code | name  |
--> | a    | new   |
--> | b    | kept  |
--> | c    | added |

-- CASE MERGE inserts duplicates that match nothing, without an error  [accept 16]
CREATE TABLE d (code VARCHAR(5), name VARCHAR(10));
CREATE TABLE stg (code VARCHAR(5), name VARCHAR(10));
INSERT INTO stg VALUES ('a', 'one'), ('a', 'two');
MERGE INTO d USING stg ON d.code = stg.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (stg.code, stg.name);
SELECT COUNT(*) AS n FROM d;
--> | n |
--> | 2 |

-- CASE MERGE REMOVE DUPLICATES  [accept 17]
CREATE TABLE d (code VARCHAR(5), name VARCHAR(10));
CREATE TABLE stg (code VARCHAR(5), name VARCHAR(10));
INSERT INTO d VALUES ('a', 'old'), ('a', 'older'), ('b', 'kept');
INSERT INTO stg VALUES ('a', 'new'), ('c', 'added');
MERGE INTO d USING stg ON d.code=stg.code REMOVE DUPLICATES;
SELECT * FROM d ORDER BY code;
--> | code | name  |
--> | a    | new   |
--> | b    | kept  |
--> | c    | added |

-- CASE DELETE USING  [accept 18]
CREATE TABLE f (id INTEGER);
CREATE TABLE stg (id INTEGER);
INSERT INTO f VALUES (1), (2);
INSERT INTO stg VALUES (2), (3);
DELETE FROM f USING stg WHERE f.id = stg.id;
--> ROWCOUNT 1
SELECT id FROM f;
--> | id |
--> | 1  |

-- CASE DELETE without FROM  [accept 19]
CREATE TABLE f (id INTEGER);
INSERT INTO f VALUES (1), (2);
DELETE f;
--> ROWCOUNT 2

-- CASE UPDATE FROM  [accept 20]
CREATE TABLE f (id INTEGER, v VARCHAR(5));
CREATE TABLE stg (id INTEGER, v VARCHAR(5));
INSERT INTO f VALUES (1, 'a'), (2, 'b');
INSERT INTO stg VALUES (2, 'new');
UPDATE f SET v = s.v FROM stg s WHERE f.id = s.id;
--> ROWCOUNT 1
SELECT * FROM f ORDER BY id;
--> | id | v   |
--> | 1  | a   |
--> | 2  | new |

-- CASE WITH before DELETE  [accept 21]
CREATE TABLE f (id INTEGER);
INSERT INTO f VALUES (1), (2);
WITH x AS (SELECT 1 id) DELETE FROM f WHERE id IN (SELECT id FROM x);
SELECT id FROM f;
--> | id |
--> | 2  |

-- CASE WITH inside INSERT  [accept 22]
CREATE TABLE t (id INTEGER);
INSERT INTO t WITH x AS (SELECT 1 AS id UNION ALL SELECT 2) SELECT * FROM x;
SELECT id FROM t ORDER BY id;
--> | id |
--> | 1  |
--> | 2  |

-- CASE multi-row INSERT with DEFAULT  [accept 23]
CREATE TABLE t (n INTEGER, s VARCHAR(5) DEFAULT 'none');
INSERT INTO t VALUES (1,DEFAULT),(2,'b');
SELECT * FROM t ORDER BY n;
--> | n | s    |
--> | 1 | none |
--> | 2 | b    |

-- CASE QUALIFY keeps one row of each  [accept 24]
CREATE TABLE stg (id INTEGER, ts TIMESTAMP);
INSERT INTO stg VALUES (1, '2018-11-01'), (1, '2018-11-02'), (2, '2018-11-01');
SELECT id, ts FROM stg s QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) = 1 ORDER BY id;
--> | id | ts                  |
--> | 1  | 2018-11-02 00:00:00 |
--> | 2  | 2018-11-01 00:00:00 |

-- CASE TOP and an alias used beside its definition  [accept 25]
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1), (2), (3);
SELECT TOP 2 a+1 AS b, b*2 AS c FROM t ORDER BY a;
--> | b | c |
--> | 2 | 4 |
--> | 3 | 6 |

-- CASE a running sum by rows  [accept 26]
CREATE TABLE t (a INTEGER, ts INTEGER, x INTEGER);
INSERT INTO t VALUES (1, 1, 10), (1, 2, 5), (2, 1, 7);
SELECT a, ts, SUM(x) OVER (PARTITION BY a ORDER BY ts ROWS UNBOUNDED PRECEDING) AS total FROM t ORDER BY a, ts;
--> | a | ts | total |
--> | 1 | 1  | 10    |
--> | 1 | 2  | 15    |
--> | 2 | 1  | 7     |

-- CASE LISTAGG DISTINCT  [accept 27]
CREATE TABLE t (a VARCHAR(5));
INSERT INTO t VALUES ('b'), ('a'), ('b'), (NULL);
SELECT LISTAGG(DISTINCT a, ',') WITHIN GROUP (ORDER BY a) AS list FROM t;
--> | list |
--> | a,b  |

-- CASE APPROXIMATE COUNT(DISTINCT)  [accept 28]
CREATE TABLE t (a INTEGER);
INSERT INTO t VALUES (1), (2), (2), (NULL);
SELECT APPROXIMATE COUNT(DISTINCT a) AS n FROM t;
--> | n |
--> | 2 |

-- CASE date parts: m is minutes, boundaries are counted  [accept 29]
CREATE TABLE t (a TIMESTAMP, b TIMESTAMP);
INSERT INTO t VALUES ('2008-12-31 08:30:00', '2009-01-01 10:00:00');
SELECT DATEADD(m,30,'2008-02-28') AS added, DATEDIFF(qtr,a,b) AS quarters, DATEDIFF(year,a,b) AS years, DATE_TRUNC('hour',a) AS hour FROM t;
--> | added               | quarters | years | hour                |
--> | 2008-02-28 00:30:00 | 1        | 1     | 2008-12-31 08:00:00 |

-- CASE the epoch idiom  [accept 30]
CREATE TABLE t (e BIGINT);
INSERT INTO t VALUES (1541121934);
SELECT TIMESTAMP 'epoch' + e * INTERVAL '1 second' AS at FROM t;
--> | at                  |
--> | 2018-11-02 01:25:34 |

-- CASE NVL, NVL2 and DECODE treat NULL as Redshift does  [accept 31]
CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER);
INSERT INTO t VALUES (NULL, NULL, 3), (1, 2, 3);
SELECT NVL(a,b,c) AS first, NVL2(a,1,0) AS present, DECODE(a,NULL,'n','y') AS missing FROM t ORDER BY c, a;
--> | first | present | missing |
--> | 1     | 1       | y       |
--> | 3     | 0       | n       |

-- CASE CONVERT_TIMEZONE honours summer time  [accept 32]
CREATE TABLE t (ts TIMESTAMP);
INSERT INTO t VALUES ('2018-07-01 12:00:00');
SELECT CONVERT_TIMEZONE('UTC','Europe/London',ts) AS there FROM t;
--> | there               |
--> | 2018-07-01 13:00:00 |

-- CASE JSON_EXTRACT_PATH_TEXT, also of what is no JSON  [accept 33]
CREATE TABLE t (n INTEGER, j VARCHAR(100));
INSERT INTO t VALUES (1, '{"a": {"b": "x"}}'), (2, 'no json');
SELECT n, JSON_EXTRACT_PATH_TEXT(j,'a','b',true) AS b FROM t ORDER BY n;
--> | n | b    |
--> | 1 | x    |
--> | 2 | NULL |

-- CASE navigation into SUPER  [accept 34]
CREATE TABLE t (v SUPER);
INSERT INTO t SELECT JSON_PARSE('{"items": [{"id": 7}]}');
SELECT t.v.items[0].id FROM t;
--> | id |
--> | 7  |

-- CASE rows of a SUPER array  [accept 34]
CREATE TABLE t (v SUPER);
INSERT INTO t SELECT JSON_PARSE('{"items": [{"id": 7}]}');
SELECT i.id FROM t, t.v.items i;
--> | id |
--> | 7  |

-- CASE MINUS  [accept 35]
CREATE TABLE x (a INTEGER);
CREATE TABLE y (a INTEGER);
INSERT INTO x VALUES (1), (1), (2);
INSERT INTO y VALUES (2);
SELECT a FROM x MINUS SELECT a FROM y;
--> | a |
--> | 1 |

-- CASE what the last COPY did  [accept 36]
SELECT pg_last_copy_id() AS id, pg_last_copy_count() AS rows, pg_backend_pid() > 0 AS pid;
--> | id | rows | pid  |
--> | -1 | 0    | true |
CREATE TABLE t (a INTEGER);
--@put accept36/x.json
--| {"a": 1} {"a": 2}
COPY t FROM 's3://$BUCKET/accept36/' $AUTH JSON 'auto';
SELECT pg_last_copy_id() > 0 AS id, pg_last_copy_count() AS rows;
--> | id   | rows |
--> | true | 2    |

-- CASE a bad value is told by the load error views  [accept 37]
CREATE TABLE t (a INTEGER, b VARCHAR(5));
--@put accept37/$SCHEMA/x.csv
--| 1,x
--| one,y
COPY t FROM 's3://$BUCKET/accept37/$SCHEMA/' $AUTH CSV;
--> ERROR XX000 Load into table 't' failed.
SELECT line_number, trim(colname) AS col, err_code, trim(err_reason) AS why, trim(raw_field_value) AS value
FROM stl_load_errors WHERE trim(filename) LIKE '%/accept37/$SCHEMA/x.csv';
--> | line_number | col | err_code | why                                               | value |
--> | 2           | a   | 1207     | "Invalid digit, Value 'o', Pos 0, Type: Integer"  | one   |
SELECT trim(file_name) LIKE 's3://%' AS file, line_number, trim(column_name) AS col, error_code, trim(error_message) AS why
FROM sys_load_error_detail WHERE trim(file_name) LIKE '%/accept37/$SCHEMA/x.csv';
--> | file | line_number | col | error_code | why                                              |
--> | true | 2           | a   | 1207       | "Invalid digit, Value 'o', Pos 0, Type: Integer" |
SELECT trim(status) AS status, loaded_rows FROM sys_load_history WHERE data_source LIKE '%/accept37/$SCHEMA/%';
--> | status  | loaded_rows |
--> | aborted | 0           |

-- CASE VACUUM and ANALYZE with their options  [accept 38]
CREATE TABLE t (n INTEGER SORTKEY);
INSERT INTO t VALUES (1);
VACUUM;
VACUUM t;
VACUUM FULL t TO 99 PERCENT;
VACUUM DELETE ONLY t;
VACUUM SORT ONLY t;
VACUUM RECLUSTER t;
ANALYZE;
ANALYZE t;
ANALYZE t PREDICATE COLUMNS;
ANALYZE VERBOSE t (n);
ANALYZE COMPRESSION t;

-- CASE ALTER TABLE adds a column with a default  [accept 39]
CREATE TABLE t (n INTEGER);
INSERT INTO t VALUES (1);
ALTER TABLE t ADD COLUMN c VARCHAR(10) DEFAULT 'x';
SELECT * FROM t;
--> | n | c |
--> | 1 | x |

-- CASE ALTER TABLE APPEND moves the rows  [accept 39]
CREATE TABLE t (n INTEGER, c VARCHAR(5) DEFAULT 'none');
CREATE TABLE s (n INTEGER);
INSERT INTO s VALUES (1), (2);
ALTER TABLE t APPEND FROM s FILLTARGET;
SELECT * FROM t ORDER BY n;
--> | n | c    |
--> | 1 | none |
--> | 2 | none |
SELECT COUNT(*) AS remaining FROM s;
--> | remaining |
--> | 0         |

-- CASE session settings  [accept 40]
SET query_group TO 'x'; SET statement_timeout TO 60000;
SET enable_case_sensitive_identifier TO true;
SET error_on_nondeterministic_update TO true;
SHOW query_group;
--> | query_group |
--> | x           |
RESET query_group;

-- CASE ALTER DISTSTYLE, casts and clocks  [accept 40]
CREATE TABLE t (a INTEGER) DISTSTYLE EVEN;
ALTER TABLE t ALTER DISTSTYLE AUTO;
INSERT INTO t VALUES (12345);
SELECT a::varchar(10) AS text, DATEDIFF(day, GETDATE(), SYSDATE) AS days FROM t;
--> | text  | days |
--> | 12345 | 0    |

-- CASE grouping sets  [accept 40]
CREATE TABLE t (a VARCHAR(1), b VARCHAR(1), n INTEGER);
INSERT INTO t VALUES ('x', 'p', 1), ('x', 'q', 2), ('y', 'p', 4);
SELECT a, b, SUM(n) AS n FROM t GROUP BY GROUPING SETS ((a), (b), ()) ORDER BY n, a, b;
--> | a    | b    | n |
--> | NULL | q    | 2 |
--> | x    | NULL | 3 |
--> | y    | NULL | 4 |
--> | NULL | p    | 5 |
--> | NULL | NULL | 7 |
