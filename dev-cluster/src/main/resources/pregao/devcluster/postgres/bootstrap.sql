-- What a superuser prepares once, in the database of Pregão; running it again changes nothing.
-- Passwords come from the settings pregao.<service>_password; without one, a role keeps the one it has:
--   PGOPTIONS="-c pregao.ingest_password=..." psql -d pregao -f bootstrap.sql

do $$
declare
    service text;
    owner text;
    secret text;
begin
    foreach service in array array['aggregator', 'ingest', 'indicators', 'strategy', 'session'] loop
        owner := 'pregao_' || service;
        if not exists (select from pg_roles where rolname = owner) then
            execute format('create role %I login', owner);
        end if;
        secret := current_setting('pregao.' || service || '_password', true);
        if coalesce(secret, '') <> '' then
            execute format('alter role %I password %L', owner, secret);
        end if;
        execute format('grant connect, temporary on database %I to %I', current_database(), owner);
        -- An owner that was paused in the middle of a transaction must not hold its locks for long.
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', owner, '5s');
        execute format('alter role %I set lock_timeout = %L', owner, '5s');
        execute format('alter role %I set statement_timeout = %L', owner, '30s');
    end loop;

    execute format('alter database %I set search_path = "$user", market, public', current_database());
    execute format('alter database %I set timezone = %L', current_database(), 'UTC');
    execute format('revoke all on database %I from public', current_database());
end
$$;

-- What the server brings along, for those who loaded it at its start; everything works without.
do $$
declare
    extension record;
    owner text;
begin
    for extension in
        select a.name
        from pg_available_extensions a
        join (values ('timescaledb', 'timescaledb.max_background_workers'),
                     ('pg_stat_statements', 'pg_stat_statements.max')) as l (name, setting) using (name)
        where current_setting(l.setting, true) is not null
    loop
        begin
            execute format('create extension if not exists %I', extension.name);
        exception
            when insufficient_privilege then
                raise notice 'extension % is not made: %', extension.name, sqlerrm;
        end;
    end loop;
    if exists (select from pg_extension where extname = 'timescaledb') then
        -- A refresh writes two lines for each stretch of changed candles. Its own connection leaves them out.
        begin
            grant set on parameter log_min_messages to pregao_aggregator;
        exception
            when insufficient_privilege then
                raise notice 'the server log will have lines of each refresh: %', sqlerrm;
        end;
        foreach owner in array array['pregao_aggregator', 'pregao_ingest', 'pregao_indicators'] loop
            -- A late candle may fall into any compressed chunk, a backfill into many at once. Time is bound above.
            execute format('alter role %I set timescaledb.max_tuples_decompressed_per_dml_transaction = 0', owner);
        end loop;
    end if;
end
$$;

-- A superuser of a managed database is none: it may make schemas for others only as their member.
do $$
declare
    owner text;
begin
    foreach owner in array array['pregao_aggregator', 'pregao_ingest', 'pregao_indicators', 'pregao_strategy', 'pregao_session'] loop
        if not (select rolsuper from pg_roles where rolname = current_user) then
            execute format('grant %I to current_user', owner);
        end if;
    end loop;
end
$$;

revoke create on schema public from public;

create schema if not exists market authorization pregao_aggregator;
create schema if not exists ingest authorization pregao_ingest;
create schema if not exists indicators authorization pregao_indicators;
create schema if not exists strategy authorization pregao_strategy;
create schema if not exists session authorization pregao_session;

grant usage on schema market to pregao_ingest, pregao_indicators, pregao_strategy;
alter default privileges for role pregao_aggregator in schema market
    grant select on tables to pregao_ingest, pregao_indicators, pregao_strategy;
