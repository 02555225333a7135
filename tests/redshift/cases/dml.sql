-- INSERT, UPDATE, DELETE, MERGE.

-- CASE INSERT of rows
CREATE TABLE t (a INTEGER DEFAULT 7, b VARCHAR(5) DEFAULT 'd', c DATE);
INSERT INTO t VALUES (1), (2, 'x', '2018-11-01');
--> ERROR 42601
INSERT INTO t VALUES (1);
INSERT INTO t (b, a) VALUES ('x', DEFAULT), (DEFAULT, 2);
INSERT INTO t DEFAULT VALUES;
SELECT a, b, c FROM t ORDER BY a, b;
--> | a | b | c    |
--> | 1 | d | NULL |
--> | 2 | d | NULL |
--> | 7 | d | NULL |
--> | 7 | x | NULL |
INSERT INTO t VALUES (1, 'x', '2018-11-01', 4);
--> ERROR 42601 INSERT has more expressions than target columns
INSERT INTO t (a, nothing) VALUES (1, 2);
--> ERROR 42703 column "nothing" of relation "t" does not exist
INSERT INTO t VALUES ((SELECT 1)), (2);
--> ERROR *
INSERT INTO t (a) SELECT 1, 2;
--> ERROR 42601 INSERT has more expressions than target columns
INSERT INTO t AS x VALUES (1);
--> ERROR 42601

-- CASE an identity is not set by hand
CREATE TABLE t (id BIGINT IDENTITY(1, 1), b VARCHAR(5));
INSERT INTO t (b) VALUES ('x');
INSERT INTO t VALUES (5, 'x');
--> ERROR 0A000 cannot set an identity column to a value
INSERT INTO t (id, b) SELECT 5, 'x';
--> ERROR 0A000 cannot set an identity column to a value

-- CASE the songplays of a hundred projects
CREATE TABLE staging_events (artist VARCHAR, length FLOAT, level VARCHAR, location VARCHAR, page VARCHAR, sessionId INTEGER, song VARCHAR, ts BIGINT, userAgent VARCHAR, userId INTEGER);
CREATE TABLE staging_songs (song_id VARCHAR, title VARCHAR, duration FLOAT, artist_name VARCHAR, artist_id VARCHAR);
CREATE TABLE songplays (songplay_id INTEGER IDENTITY(0,1) PRIMARY KEY, start_time TIMESTAMP NOT NULL, user_id INTEGER NOT NULL, level VARCHAR, song_id VARCHAR, artist_id VARCHAR, session_id INTEGER, location VARCHAR, user_agent VARCHAR);
CREATE TABLE time (start_time TIMESTAMP, hour INTEGER, day INTEGER, week INTEGER, month INTEGER, year INTEGER, weekday INTEGER);
INSERT INTO staging_events VALUES ('A', 231.5, 'free', 'here', 'NextSong', 3, 'S', 1541105830796, 'ua', 7);
INSERT INTO staging_songs VALUES ('SO1', 'S', 231.5, 'A', 'AR1');
INSERT INTO songplays (start_time, user_id, level, song_id, artist_id, session_id, location, user_agent)
SELECT DISTINCT TIMESTAMP 'epoch' + se.ts/1000 * INTERVAL '1 second' AS start_time, se.userId, se.level, ss.song_id, ss.artist_id, se.sessionId, se.location, se.userAgent
FROM staging_events se
JOIN staging_songs ss ON (se.song = ss.title AND se.artist = ss.artist_name AND se.length = ss.duration)
WHERE se.page = 'NextSong';
--> ROWCOUNT 1
INSERT INTO time SELECT DISTINCT start_time, EXTRACT(hr from start_time), EXTRACT(d from start_time), EXTRACT(w from start_time), EXTRACT(mon from start_time), EXTRACT(yr from start_time), EXTRACT(weekday from start_time) FROM songplays WHERE start_time NOT IN (SELECT DISTINCT start_time FROM time);
SELECT p.start_time, song_id, week, weekday FROM songplays p JOIN time t ON p.start_time = t.start_time;
--> | start_time          | song_id | week | weekday |
--> | 2018-11-01 20:57:10 | SO1     | 44   | 4       |

-- CASE UPDATE
CREATE TABLE t (id INTEGER, v VARCHAR(5));
CREATE TABLE s (id INTEGER, v VARCHAR(5));
INSERT INTO t VALUES (1, 'a'), (2, 'b');
INSERT INTO s VALUES (2, 'new');
UPDATE t SET v = s.v FROM s WHERE t.id = s.id;
--> ROWCOUNT 1
UPDATE t AS x SET v = UPPER(x.v), id = x.id + (SELECT MAX(id) FROM s) WHERE x.v = 'a';
WITH w AS (SELECT 2 AS id) UPDATE t SET v = 'w' WHERE id IN (SELECT id FROM w);
SELECT id, v FROM t ORDER BY id;
--> | id | v |
--> | 2  | w |
--> | 3  | A |
UPDATE t SET t.v = 'x';
--> ERROR 42601
UPDATE t SET (id, v) = (1, 'x');
--> ERROR 42601
UPDATE t SET nothing = 1;
--> ERROR 42703
UPDATE t SET v = 'x' FROM t x LEFT JOIN s ON x.id = s.id WHERE t.id = x.id;
--> ERROR * Target table must be part of an equijoin predicate
UPDATE t SET id = v;
--> ERROR 42804 column "id" is of type integer but expression is of type character varying
UPDATE t SET v = 'x' RETURNING id;
--> ERROR 42601 syntax error at or near "RETURNING"

-- CASE DELETE
CREATE TABLE t (id INTEGER);
CREATE TABLE s (id INTEGER);
INSERT INTO t VALUES (1), (2), (3), (4);
INSERT INTO s VALUES (2);
DELETE FROM t USING s WHERE t.id = s.id;
--> ROWCOUNT 1
DELETE t WHERE id = 1;
--> ROWCOUNT 1
WITH w AS (SELECT 3 AS id) DELETE FROM t WHERE id IN (SELECT id FROM w);
--> ROWCOUNT 1
DELETE FROM t AS x WHERE x.id = 4;
--> ERROR 42601
DELETE t;
--> ROWCOUNT 1

-- CASE MERGE
CREATE TABLE d (code VARCHAR(5), name VARCHAR(5));
CREATE TABLE s (code VARCHAR(5), name VARCHAR(5));
INSERT INTO d VALUES ('a', 'old'), ('b', 'keep');
INSERT INTO s VALUES ('a', 'new'), ('c', 'x'), ('c', 'y'), (NULL, 'n');
MERGE INTO d USING s AS q ON d.code = q.code WHEN MATCHED THEN UPDATE SET name = q.name WHEN NOT MATCHED THEN INSERT (code, name) VALUES (q.code, q.name);
SELECT code, name FROM d ORDER BY code, name;
--> | code | name |
--> | a    | new  |
--> | b    | keep |
--> | c    | x    |
--> | c    | y    |
--> | NULL | n    |
MERGE INTO d USING s ON d.code = s.code WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.name);
--> ERROR * Found multiple matches to update the same tuple.

-- CASE MERGE REMOVE DUPLICATES
CREATE TABLE d (code VARCHAR(5), name VARCHAR(5));
CREATE TABLE s (code VARCHAR(5), name VARCHAR(5));
INSERT INTO d VALUES ('a', '1'), ('a', '2'), ('b', 'keep');
INSERT INTO s VALUES ('a', 'new'), ('c', 'x');
MERGE INTO d USING s ON d.code = s.code REMOVE DUPLICATES;
SELECT code, name FROM d ORDER BY code;
--> | code | name |
--> | a    | new  |
--> | b    | keep |
--> | c    | x    |

-- CASE what MERGE refuses
CREATE TABLE d (code VARCHAR(5), n INTEGER);
CREATE TABLE s (code VARCHAR(5), n INTEGER);
MERGE INTO d USING s ON d.n < s.n WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.n);
--> ERROR *
MERGE INTO d USING s ON d.n = s.n WHEN MATCHED THEN UPDATE SET d.n = 1 WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.n);
--> ERROR 42601
MERGE INTO d USING s ON d.n = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.code, s.n) WHEN MATCHED THEN DELETE;
--> ERROR 42601
MERGE INTO d USING s ON d.n = s.n WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DELETE;
--> ERROR 42601
