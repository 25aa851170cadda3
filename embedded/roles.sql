-- The three roles and the office's database. Safe to run again; run by psql as the superuser:
-- by the one-machine stack at every start, by compose when the volume is new.
-- Passwords come from the environment where there are any; the one-machine stack needs none,
-- as its socket lies in a folder that only its user opens.
\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database oryndau
\endif
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I LOGIN', role)
  FROM unnest(ARRAY['oryndau_owner', 'oryndau_app', 'oryndau_reader']) AS role
 WHERE role NOT IN (SELECT rolname FROM pg_roles) \gexec
ALTER ROLE oryndau_owner NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE oryndau_app NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE oryndau_reader NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE oryndau_reader SET default_transaction_read_only = on;

\getenv owner_password ORYNDAU_OWNER_PASSWORD
\if :{?owner_password}
  ALTER ROLE oryndau_owner PASSWORD :'owner_password';
\endif
\getenv app_password ORYNDAU_APP_PASSWORD
\if :{?app_password}
  ALTER ROLE oryndau_app PASSWORD :'app_password';
\endif
\getenv reader_password ORYNDAU_READER_PASSWORD
\if :{?reader_password}
  ALTER ROLE oryndau_reader PASSWORD :'reader_password';
\endif

SELECT format('CREATE DATABASE %I OWNER oryndau_owner', :'database')
 WHERE :'database' NOT IN (SELECT datname FROM pg_database) \gexec
ALTER DATABASE :"database" OWNER TO oryndau_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO oryndau_owner, oryndau_app, oryndau_reader;

\connect :"database"
SET client_min_messages = warning;
ALTER SCHEMA public OWNER TO oryndau_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO oryndau_app, oryndau_reader;

-- Tables that must only grow take rights away again in their own migrations.
ALTER DEFAULT PRIVILEGES FOR ROLE oryndau_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oryndau_app;
ALTER DEFAULT PRIVILEGES FOR ROLE oryndau_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO oryndau_app;
ALTER DEFAULT PRIVILEGES FOR ROLE oryndau_owner IN SCHEMA public
  GRANT SELECT ON TABLES TO oryndau_reader;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
