-- Makes of the market schema what this server can hold: hypertables, columnstore, continuous aggregates and their
-- policies. Runs at every start; what is there already is left alone.

-- Flyway has given its lock back by now. Turning a large table into a hypertable takes longer than the role's bounds.
set local statement_timeout = 0;
set local lock_timeout = '10min';
select pg_advisory_xact_lock(hashtext('market.editions'));

do $$
declare
    v_edition text := market.edition();
    v_table   record;
    v_view    record;
    v_name    text;
begin
    if v_edition = 'none' then
        return;
    end if;

    for v_table in
        select *
        from (values ('candle', 'ts', 'feed,symbol,timeframe', 'ts desc'),
                     ('indicator', 'ts', 'feed,symbol,timeframe', 'ts desc'),
                     ('market_data_raw', 'minute', 'feed,symbol', 'minute desc, part'))
                 as t (name, time, segments, sorting)
    loop
        if not exists (select from timescaledb_information.hypertables
                       where hypertable_schema = 'market' and hypertable_name = v_table.name) then
            perform create_hypertable(format('market.%I', v_table.name)::regclass,
                by_range(v_table.time, interval '7 days'), create_default_indexes => false, migrate_data => true);
        end if;
        if v_edition = 'full' and not exists (
                select from timescaledb_information.jobs
                where hypertable_schema = 'market' and hypertable_name = v_table.name
                  and proc_name = 'policy_compression') then
            execute format('alter table market.%I set (timescaledb.enable_columnstore, timescaledb.segmentby = %L,
                timescaledb.orderby = %L)', v_table.name, v_table.segments, v_table.sorting);
            call add_columnstore_policy(format('market.%I', v_table.name)::regclass, after => interval '7 days');
        end if;
    end loop;

    -- A plan for all chunks at once would look into each of them.
    alter function market.put_candles set plan_cache_mode = force_custom_plan;

    -- Each looks back four days: a day that ended is in there whole, and what changes later is wished for. They begin
    -- late: what a policy has passed shows no more until it is refreshed, and old candles are refreshed first.
    for v_view in
        select *
        from (values ('M5', interval '5 minutes', interval '1 minute'),
                     ('M15', interval '15 minutes', interval '2 minutes'),
                     ('M30', interval '30 minutes', interval '5 minutes'),
                     ('H1', interval '1 hour', interval '10 minutes'),
                     ('H4', interval '4 hours', interval '30 minutes'),
                     ('D1', interval '1 day', interval '1 hour')) as v (timeframe, width, every)
    loop
        v_name := 'market_data_' || lower(v_view.timeframe);
        continue when exists (select from timescaledb_information.continuous_aggregates
                              where view_schema = 'market' and view_name = v_name);
        continue when v_edition = 'apache' and
            pg_get_viewdef(format('market.%I', v_name)::regclass) like '%time_bucket%';
        if v_edition = 'full' then
            execute format('drop view market.%I', v_name);
        end if;
        execute format(
            'create %s market.%I %s as
             select symbol, %L::text as timeframe, time_bucket(%L, ts) as ts,
                    first(open, ts)::numeric(20, 8) as open, max(high)::numeric(20, 8) as high,
                    min(low)::numeric(20, 8) as low, last(close, ts)::numeric(20, 8) as close,
                    sum(volume)::numeric(38, 8) as volume,
                    (case when min(spread_unit) = max(spread_unit) then avg(spread) end)::numeric(20, 8) as spread,
                    feed, count(*) as minutes
             from market.candle
             where timeframe = ''M1'' and final
             group by feed, symbol, time_bucket(%5$L, ts) %6$s',
            case v_edition when 'full' then 'materialized view' else 'or replace view' end, v_name,
            case v_edition when 'full' then 'with (timescaledb.continuous, timescaledb.materialized_only = false)' end,
            v_view.timeframe, v_view.width, case v_edition when 'full' then 'with no data' end);
        execute format('grant select on market.%I to pregao_ingest, pregao_indicators', v_name);
        if v_edition = 'full' then
            perform add_continuous_aggregate_policy(format('market.%I', v_name)::regclass,
                start_offset => interval '4 days', end_offset => v_view.width, schedule_interval => v_view.every,
                initial_start => now() + interval '1 hour', buckets_per_batch => 0);
        end if;
    end loop;
end
$$;
