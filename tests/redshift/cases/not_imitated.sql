-- Valid Redshift that the stand-in refuses by name. The names of these cases are the list in docs/embedded-redshift.md.

-- CASE external schemas and tables (Spectrum)  [embedded only]
CREATE EXTERNAL SCHEMA s FROM DATA CATALOG DATABASE 'd' IAM_ROLE default;
--> NOT IMITATED
CREATE EXTERNAL TABLE s.t (n INTEGER) STORED AS PARQUET LOCATION 's3://b/p/';
--> NOT IMITATED

-- CASE materialized views  [embedded only]
CREATE MATERIALIZED VIEW v AS SELECT 1 AS n;
--> NOT IMITATED
REFRESH MATERIALIZED VIEW v;
--> NOT IMITATED

-- CASE stored procedures and CALL  [embedded only]
CREATE PROCEDURE p() AS $$ BEGIN END; $$ LANGUAGE plpgsql;
--> NOT IMITATED
CALL p();
--> NOT IMITATED

-- CASE user-defined functions, SQL, Python or Lambda  [embedded only]
CREATE FUNCTION f(INTEGER) RETURNS INTEGER STABLE AS $$ SELECT $1 + 1 $$ LANGUAGE sql;
--> NOT IMITATED

-- CASE datashares  [embedded only]
CREATE DATASHARE d;
--> NOT IMITATED

-- CASE models (Redshift ML)  [embedded only]
CREATE MODEL m FROM (SELECT 1 AS a, 2 AS b) TARGET b FUNCTION f IAM_ROLE default SETTINGS (S3_BUCKET 'b');
--> NOT IMITATED

-- CASE row-level security and masking policies  [embedded only]
CREATE RLS POLICY p WITH (n INTEGER) USING (n = 1);
--> NOT IMITATED
CREATE MASKING POLICY m WITH (n INTEGER) USING (0);
--> NOT IMITATED

-- CASE COPY jobs (auto-copy)  [embedded only]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/x/' $AUTH CSV JOB CREATE j AUTO ON;
--> NOT IMITATED

-- CASE COPY from DynamoDB, EMR and hosts over SSH  [embedded only]
CREATE TABLE t (n INTEGER);
COPY t FROM 'dynamodb://x' $AUTH READRATIO 50;
--> NOT IMITATED
COPY t FROM 'emr://j-1/x' $AUTH;
--> NOT IMITATED

-- CASE COPY of Avro, ORC and shapefiles, LZOP, client-side encryption  [embedded only]
CREATE TABLE t (n INTEGER);
COPY t FROM 's3://$BUCKET/x/' $AUTH FORMAT AVRO 'auto';
--> NOT IMITATED
COPY t FROM 's3://$BUCKET/x/' $AUTH FORMAT ORC;
--> NOT IMITATED
COPY t FROM 's3://$BUCKET/x/' $AUTH FORMAT SHAPEFILE;
--> NOT IMITATED
COPY t FROM 's3://$BUCKET/x/' $AUTH CSV LZOP;
--> NOT IMITATED

-- CASE types GEOMETRY, GEOGRAPHY, HLLSKETCH and INTERVAL columns  [embedded only]
CREATE TABLE t (g GEOMETRY);
--> NOT IMITATED
CREATE TABLE t (g GEOGRAPHY);
--> NOT IMITATED
CREATE TABLE t (h HLLSKETCH);
--> NOT IMITATED
CREATE TABLE t (i INTERVAL DAY TO SECOND);
--> NOT IMITATED

-- CASE case-insensitive collation of columns  [embedded only]
CREATE TABLE t (s VARCHAR(5) COLLATE CASE_INSENSITIVE);
--> NOT IMITATED

-- CASE CONNECT BY  [embedded only]
CREATE TABLE t (id INTEGER, parent INTEGER);
SELECT id FROM t START WITH parent IS NULL CONNECT BY PRIOR id = parent;
--> NOT IMITATED

-- CASE functions of geometry and HyperLogLog, hashes but FNV, Murmur3, MD5, SHA and CRC32, sets in SUPER arrays  [embedded only]
SELECT ST_POINT(1, 2);
--> NOT IMITATED
SELECT HLL(1);
--> NOT IMITATED
SELECT FARMFINGERPRINT64('a');
--> NOT IMITATED
SELECT ARRAY_DISTINCT(ARRAY(1, 1));
--> NOT IMITATED

-- CASE system views of plans, steps, vacuums, disks and the settings of queues  [embedded only]
SELECT * FROM stl_explain;
--> NOT IMITATED
SELECT * FROM svl_query_summary;
--> NOT IMITATED
SELECT * FROM svv_vacuum_progress;
--> NOT IMITATED
SELECT * FROM stv_partitions;
--> NOT IMITATED
SELECT * FROM stv_wlm_service_class_config;
--> NOT IMITATED

-- CASE SHOW of procedures, models and external tables  [embedded only]
SHOW PROCEDURE p();
--> NOT IMITATED
SHOW MODEL ALL;
--> NOT IMITATED
SHOW EXTERNAL TABLE s.t;
--> NOT IMITATED
