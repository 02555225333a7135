-- How people write this pipeline: the habits of public projects, in our own words.

-- CASE staging, fact and dimensions as they are usually declared
DROP TABLE IF EXISTS staging_events;
CREATE TABLE IF NOT EXISTS staging_events (
    artist          VARCHAR,
    auth            VARCHAR(50),
    firstName       VARCHAR,
    gender          CHAR(1),
    itemInSession   INT,
    lastName        VARCHAR(MAX),
    length          NUMERIC(10, 5),
    level           TEXT,
    location        VARCHAR(65535),
    method          VARCHAR(10),
    page            VARCHAR(50),
    registration    FLOAT8,
    sessionId       INTEGER SORTKEY DISTKEY,
    song            VARCHAR(500),
    status          INT2,
    ts              BIGINT NOT NULL,
    userAgent       CHARACTER VARYING(1024),
    userId          INT4
);
CREATE TABLE songplays (
    songplay_id BIGINT IDENTITY(0, 1) PRIMARY KEY,
    start_time TIMESTAMP NOT NULL REFERENCES time (start_time) SORTKEY,
    user_id INTEGER NOT NULL
) DISTSTYLE KEY DISTKEY (start_time);
--> ERROR *
CREATE TABLE time (
    start_time TIMESTAMP PRIMARY KEY SORTKEY,
    hour SMALLINT, day SMALLINT, week SMALLINT, month SMALLINT, year SMALLINT, weekday VARCHAR(9)
) DISTSTYLE ALL;
CREATE TABLE users (user_id INTEGER PRIMARY KEY NOT NULL, name NVARCHAR(100), level BPCHAR) DISTSTYLE AUTO;
CREATE TABLE songplays (
    songplay_id BIGINT IDENTITY(0, 1),
    start_time TIMESTAMP NOT NULL REFERENCES time (start_time),
    user_id INTEGER NOT NULL,
    level VARCHAR(10),
    PRIMARY KEY (songplay_id),
    FOREIGN KEY (user_id) REFERENCES users (user_id)
) DISTKEY (user_id) COMPOUND SORTKEY (start_time, user_id);
DROP TABLE IF EXISTS songplays CASCADE;
DROP TABLE users, time;

-- CASE events load by a jsonpaths file in lower and mixed case
CREATE TABLE staging_events (artist VARCHAR, userid VARCHAR, ts BIGINT, registered TIMESTAMP);
--@put sparkify/log_data/2018-11-01.json
--| {"artist": null, "userId": "8", "ts": 1541105830796, "registration": 1540919166796.0}
--| {"artist": "Mr Oizo", "userId": "", "ts": 1541106106796, "registration": null}
--@put sparkify/log_json_path.json
--| {"jsonpaths": ["$['artist']", "$['userId']", "$['ts']", "$['none']"]}
COPY staging_events FROM 's3://$BUCKET/sparkify/log_data'
credentials 'aws_iam_role=$ROLE'
region '$REGION' format as JSON 's3://$BUCKET/sparkify/log_json_path.json'
timeformat as 'epochmillisecs'
TRUNCATECOLUMNS BLANKSASNULL EMPTYASNULL;
SELECT artist, userid, ts FROM staging_events ORDER BY ts;
--> | artist  | userid | ts            |
--> | NULL    | 8      | 1541105830796 |
--> | Mr Oizo | NULL   | 1541106106796 |

-- CASE the time dimension by the epoch idiom and EXTRACT
CREATE TABLE staging_events (ts BIGINT, page VARCHAR);
INSERT INTO staging_events VALUES (1541105830796, 'NextSong'), (1541105830796, 'NextSong'), (1541106106796, 'Home');
CREATE TABLE time (start_time TIMESTAMP, hour INT, day INT, week INT, month INT, year INT, weekday INT);
INSERT INTO time (start_time, hour, day, week, month, year, weekday)
SELECT DISTINCT
    TIMESTAMP 'epoch' + (ts / 1000) * INTERVAL '1 second' AS start_time,
    EXTRACT(HOUR FROM start_time),
    EXTRACT(DAY FROM start_time),
    EXTRACT(WEEK FROM start_time),
    EXTRACT(MONTH FROM start_time),
    EXTRACT(YEAR FROM start_time),
    EXTRACT(DOW FROM start_time)
FROM staging_events
WHERE page = 'NextSong';
SELECT * FROM time;
--> | start_time          | hour | day | week | month | year | weekday |
--> | 2018-11-01 20:57:10 | 20   | 1   | 44   | 11    | 2018 | 4       |

-- CASE the fact by a join on title, artist and length
CREATE TABLE staging_events (ts BIGINT, page VARCHAR, song VARCHAR, artist VARCHAR, length FLOAT, sessionid INT, iteminsession INT);
CREATE TABLE staging_songs (song_id VARCHAR, title VARCHAR, artist_name VARCHAR, duration FLOAT);
INSERT INTO staging_events VALUES (1541106106796, 'NextSong', 'Flat 55', 'Mr Oizo', 144.03873, 583, 1), (1541106352796, 'NextSong', 'Quiz', 'Tamba Trio', 177.18812, 583, 2);
INSERT INTO staging_songs VALUES ('S1', 'Flat 55', 'Mr Oizo', 144.03873);
CREATE TABLE songplays (songplay_id INT IDENTITY(0,1), start_time TIMESTAMP, song_id VARCHAR, session_id INT);
INSERT INTO songplays (start_time, song_id, session_id)
SELECT DATEADD(ms, se.ts % 1000, TIMESTAMP 'epoch' + se.ts / 1000 * INTERVAL '1 second') AS start_time, ss.song_id, se.sessionid AS session_id
FROM staging_events se
LEFT JOIN staging_songs ss ON (se.song = ss.title AND se.artist = ss.artist_name AND ABS(se.length - ss.duration) < 0.001)
WHERE se.page = 'NextSong';
SELECT start_time, song_id, session_id FROM songplays ORDER BY start_time;
--> | start_time                 | song_id | session_id |
--> | 2018-11-01 21:01:46.796000 | S1      | 583        |
--> | 2018-11-01 21:05:52.796000 | NULL    | 583        |

-- CASE DATE_ADD with the milliseconds of a BIGINT
CREATE TABLE staging_events (ts BIGINT);
INSERT INTO staging_events VALUES (1541106106796);
SELECT DISTINCT DATE_ADD('ms', ts, '1970-01-01') AS start_time FROM staging_events;
--> | start_time                 |
--> | 2018-11-01 21:01:46.796000 |

-- CASE users by their latest event
CREATE TABLE staging_events (userid VARCHAR, firstname VARCHAR, level VARCHAR, ts BIGINT, page VARCHAR);
INSERT INTO staging_events VALUES ('8', 'Kaylee', 'free', 1, 'NextSong'), ('8', 'Kaylee', 'paid', 2, 'NextSong'), ('', NULL, 'free', 3, 'Home');
SELECT userid::INT AS user_id, firstname, level
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY userid ORDER BY ts DESC) AS rank
    FROM staging_events
    WHERE userid <> '' AND page = 'NextSong'
) ranked
WHERE rank = 1;
--> | user_id | firstname | level |
--> | 8       | Kaylee    | paid  |
SELECT DISTINCT e.userid, e.level FROM staging_events e
JOIN (SELECT userid, MAX(ts) AS ts FROM staging_events WHERE page = 'NextSong' GROUP BY 1) latest
    ON e.userid = latest.userid AND e.ts = latest.ts;
--> | userid | level |
--> | 8      | paid  |

-- CASE the classic upsert in one transaction
CREATE TABLE users (user_id INT, level VARCHAR);
CREATE TEMP TABLE stage (LIKE users);
INSERT INTO users VALUES (1, 'free'), (2, 'free');
INSERT INTO stage VALUES (2, 'paid'), (3, 'free');
BEGIN TRANSACTION;
DELETE FROM users USING stage WHERE users.user_id = stage.user_id;
INSERT INTO users SELECT * FROM stage;
END TRANSACTION;
DROP TABLE stage;
SELECT * FROM users ORDER BY user_id;
--> | user_id | level |
--> | 1       | free  |
--> | 2       | paid  |
--> | 3       | free  |

-- CASE analytics that people run on it
CREATE TABLE songplays (start_time TIMESTAMP, user_id INT, level VARCHAR, song_id VARCHAR);
INSERT INTO songplays VALUES ('2018-11-01 10:00', 1, 'free', 'S1'), ('2018-11-01 11:00', 1, 'paid', 'S2'), ('2018-11-02 10:00', 2, 'paid', 'S1');
SELECT DATE_TRUNC('day', start_time)::DATE AS day, COUNT(*) AS plays, COUNT(DISTINCT user_id) AS users,
    ROUND(100.0 * SUM(CASE WHEN level = 'paid' THEN 1 ELSE 0 END) / COUNT(*), 1) AS paid
FROM songplays GROUP BY 1 ORDER BY 1;
--> | day        | plays | users | paid  |
--> | 2018-11-01 | 2     | 1     | 50.0  |
--> | 2018-11-02 | 1     | 1     | 100.0 |
SELECT song_id, COUNT(*) AS plays, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM songplays GROUP BY song_id HAVING COUNT(*) > 0 ORDER BY place, song_id LIMIT 10;
--> | song_id | plays | place |
--> | S1      | 2     | 1     |
--> | S2      | 1     | 2     |
SELECT TO_CHAR(start_time, 'YYYY-MM-DD HH24:00') AS hour, LAG(start_time) OVER (PARTITION BY user_id ORDER BY start_time) AS before
FROM songplays ORDER BY start_time;
--> | hour             | before              |
--> | 2018-11-01 10:00 | NULL                |
--> | 2018-11-01 11:00 | 2018-11-01 10:00:00 |
--> | 2018-11-02 10:00 | NULL                |

-- CASE keys that are no dates
SELECT '' ::INT;
--> ERROR *
SELECT COALESCE(NULLIF('', ''), 'none') AS text, TRUNC(TIMESTAMP '2018-11-01 10:00') AS day, LEN('abc') AS length, LEFT('abc', 2) AS start, SPLIT_PART('a,b', ',', 2) AS part;
--> | text | day        | length | start | part |
--> | none | 2018-11-01 | 3      | ab    | b    |
