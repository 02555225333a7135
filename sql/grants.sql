-- The rights of the pipeline and of analysts: run once by a superuser, in the database that is loaded.
-- The user `sparkify` is whom the pipeline signs in as. It owns the schemas sparkify and etl and makes one
-- per run; it sees and may do nothing else. It has no password: IAM lends it one (sign_in iam-db-user), or
-- ALTER USER sparkify PASSWORD '...' sets it (sign_in password or secret). With sign_in iam the user is the
-- worker's identity: write "IAMR:name-of-its-role" for sparkify throughout. The database is `dev`.
CREATE USER sparkify PASSWORD DISABLE;
CREATE ROLE sparkify_pipeline;
CREATE ROLE sparkify_analyst;
GRANT ROLE sparkify_pipeline TO sparkify;

-- CREATE: the schema of each run. TEMP: the table into which python -m flows.check copies nothing.
GRANT CREATE, TEMP ON DATABASE dev TO ROLE sparkify_pipeline;
-- Sizes and statistics of its own tables, by which maintenance decides what to VACUUM and ANALYZE.
GRANT SELECT ON svv_table_info TO ROLE sparkify_pipeline;
CREATE SCHEMA IF NOT EXISTS sparkify AUTHORIZATION sparkify;
CREATE SCHEMA IF NOT EXISTS etl AUTHORIZATION sparkify;

-- Analysts read what is published, also tables and views that are yet to come. GRANT ROLE
-- sparkify_analyst TO somebody makes an analyst. Of etl and of unfinished runs they see nothing.
GRANT USAGE ON SCHEMA sparkify TO ROLE sparkify_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA sparkify TO ROLE sparkify_analyst;
ALTER DEFAULT PRIVILEGES FOR USER sparkify IN SCHEMA sparkify
    GRANT SELECT ON TABLES TO ROLE sparkify_analyst;
