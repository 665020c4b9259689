-- The database with and without TimescaleDB: what is the same in all editions. What differs is made by
-- afterMigrate__editions.sql, at every start, by what the server can do then.

create function market.edition() returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as
$$
select case
           when not exists (select from pg_extension where extname = 'timescaledb') then 'none'
           -- The licence alone is not enough: before 2.20 the policies lack what we ask of them.
           when current_setting('timescaledb.license', true) = 'timescale'
               and exists (select from pg_proc where proname = 'add_continuous_aggregate_policy'
                                                 and 'buckets_per_batch' = any (proargnames)) then 'full'
           else 'apache'
       end
$$;

comment on function market.edition is
    'none: no TimescaleDB; apache: hypertables; full: also columnstore, continuous aggregates and policies';

-- Times whose candles changed after the policies have looked at them for the last time.
create table market.refresh_wish (
    id      bigint generated always as identity primary key,
    from_ts timestamptz not null,
    to_ts   timestamptz not null,
    check (from_ts < to_ts)
);

comment on table market.refresh_wish is
    'Times that the continuous aggregates are to be refreshed for. Only in the full edition.';

-- After a conversion nothing is refreshed yet, and after a standstill of days the policies look back too short.
create function market.wish_missed_refreshes() returns void
    language plpgsql
as
$$
declare
    v_view  record;
    v_last  timestamptz;
    v_first timestamptz;
    v_until timestamptz := date_trunc('day', now(), 'UTC') - interval '2 days';
begin
    for v_view in
        select materialization_hypertable_schema as schema, materialization_hypertable_name as name
        from timescaledb_information.continuous_aggregates
        where hypertable_schema = 'market' and hypertable_name = 'candle'
    loop
        execute format('select max(ts) from %I.%I', v_view.schema, v_view.name) into v_last;
        v_first := least(v_first, coalesce(v_last, (
            select min(range_start) from timescaledb_information.chunks
            where hypertable_schema = 'market' and hypertable_name = 'candle')));
    end loop;
    insert into market.refresh_wish (from_ts, to_ts)
    select date_trunc('day', v_first, 'UTC'), v_until where date_trunc('day', v_first, 'UTC') < v_until;
end
$$;

-- M5 to D1 for readers of SQL, made of the final M1 rows; a mean of spreads in different units is none.
do $$
declare
    v_view record;
begin
    for v_view in
        select * from (values ('M5', '5 minutes'), ('M15', '15 minutes'), ('M30', '30 minutes'), ('H1', '1 hour'),
                              ('H4', '4 hours'), ('D1', '1 day')) as v (timeframe, width)
    loop
        execute format('drop view market.%I', 'market_data_' || lower(v_view.timeframe));
        execute format(
            'create view market.%I as
             select symbol, %L::text as timeframe, date_bin(%L, ts, timestamptz ''epoch'') as ts,
                    (array_agg(open order by ts))[1]::numeric(20, 8) as open,
                    max(high)::numeric(20, 8) as high, min(low)::numeric(20, 8) as low,
                    (array_agg(close order by ts))[count(*)]::numeric(20, 8) as close,
                    sum(volume)::numeric(38, 8) as volume,
                    (case when min(spread_unit) = max(spread_unit) then avg(spread) end)::numeric(20, 8) as spread,
                    feed, count(*) as minutes
             from market.candle
             where timeframe = ''M1'' and final
             group by feed, symbol, date_bin(%3$L, ts, timestamptz ''epoch'')',
            'market_data_' || lower(v_view.timeframe), v_view.timeframe, v_view.width);
        execute format('grant select on market.%I to pregao_ingest, pregao_indicators',
            'market_data_' || lower(v_view.timeframe));
    end loop;
end
$$;
