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
begin
    if v_edition = 'none' then
        return;
    end if;

    -- Jobs that begin at the same second need as many workers as there are: each has a second of its own.
    for v_table in
        select *
        from (values ('candle', 'ts', 'feed,symbol,timeframe', 'ts desc', interval '1 hour 5 seconds'),
                     ('indicator', 'ts', 'feed,symbol,timeframe', 'ts desc', interval '1 hour 10 minutes 15 seconds'),
                     ('market_data_raw', 'minute', 'feed,symbol', 'minute desc, part',
                      interval '1 hour 20 minutes 25 seconds'))
                 as t (name, time, segments, sorting, begins)
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
            call add_columnstore_policy(format('market.%I', v_table.name)::regclass, after => interval '7 days',
                initial_start => date_trunc('minute', now()) + v_table.begins);
        end if;
    end loop;

    -- A plan for all chunks at once would look into each of them.
    alter function market.put_candles set plan_cache_mode = force_custom_plan;
    alter function market.settle_candle set plan_cache_mode = force_custom_plan;
    alter function market.promote_candles set plan_cache_mode = force_custom_plan;
    alter function market.candle_versions set plan_cache_mode = force_custom_plan;
    alter function market.advance_pending set plan_cache_mode = force_custom_plan;
end
$$;

-- M5 to D1 for readers of SQL, made of the final M1 rows. Continuous aggregates where there are; of the time that is to
-- be refreshed, and without them, computed on reading; stored rows where a feed's buckets do not start as UTC's do.
do $$
declare
    v_edition text := market.edition();
    v_view    record;
    v_name    text;
    v_made    text;
    v_bucket  text;
    v_fold    text;
    v_other   text;
    v_body    text;
begin
    for v_view in
        select *
        from (values ('M5', interval '5 minutes', interval '1 minute', 0),
                     ('M15', interval '15 minutes', interval '2 minutes', 10),
                     ('M30', interval '30 minutes', interval '5 minutes', 20),
                     ('H1', interval '1 hour', interval '10 minutes', 30),
                     ('H4', interval '4 hours', interval '30 minutes', 40),
                     ('D1', interval '1 day', interval '1 hour', 50)) as v (timeframe, width, every, begins)
    loop
        v_name := 'market_data_' || lower(v_view.timeframe);
        v_made := 'continuous_' || lower(v_view.timeframe);
        v_bucket := format(case v_edition when 'none' then 'date_bin(%L, ts, timestamptz ''epoch'')'
                                          else 'time_bucket(%L, ts)' end, v_view.width);
        v_fold := format('select symbol, %s as ts, %s,
                max(high)::numeric(20, 8) as high, min(low)::numeric(20, 8) as low, %s,
                sum(volume)::numeric(38, 8) as volume,
                (case when min(spread_unit) = max(spread_unit) then avg(spread) end)::numeric(20, 8) as spread,
                feed, count(*) as minutes
            from market.candle
            where timeframe = ''M1'' and final', v_bucket,
            case v_edition when 'none' then '(array_agg(open order by ts))[1]::numeric(20, 8) as open'
                           else 'first(open, ts)::numeric(20, 8) as open' end,
            case v_edition when 'none' then '(array_agg(close order by ts))[count(*)]::numeric(20, 8) as close'
                           else 'last(close, ts)::numeric(20, 8) as close' end);

        if v_edition = 'full' then
            if exists (select from timescaledb_information.continuous_aggregates
                       where view_schema = 'market' and view_name = v_name) then
                execute format('alter materialized view market.%I rename to %I', v_name, v_made);
            end if;
            -- Each policy looks back four days: a day that ended is in there whole, and what changes later is requested.
            if not exists (select from timescaledb_information.continuous_aggregates
                           where view_schema = 'market' and view_name = v_made) then
                execute format('create materialized view market.%I
                    with (timescaledb.continuous, timescaledb.materialized_only = false) as
                    %s group by feed, symbol, %s with no data', v_made, v_fold, v_bucket);
                perform add_continuous_aggregate_policy(format('market.%I', v_made)::regclass,
                    start_offset => interval '4 days', end_offset => v_view.width, schedule_interval => v_view.every,
                    initial_start => date_trunc('minute', now()) + interval '1 hour'
                        + v_view.begins * interval '1 second',
                    buckets_per_batch => 0);
                -- A seventh of the space. What changes after so long is unpacked by the refresh.
                execute format('alter materialized view market.%I set (timescaledb.enable_columnstore,
                    timescaledb.segmentby = ''feed,symbol'', timescaledb.orderby = ''ts desc'')', v_made);
                call add_columnstore_policy(format('market.%I', v_made)::regclass, after => interval '30 days',
                    initial_start => date_trunc('minute', now()) + interval '1 hour 30 minutes'
                        + (v_view.begins + 2) * interval '1 second');
            end if;
        end if;

        v_other := case when v_view.width >= interval '30 minutes' and exists (
                select from pg_attribute where attrelid = 'market.feed'::regclass and attname = 'day_zone') then
            ' and feed <> all (coalesce((select array_agg(f.feed) from market.feed f where f.day_zone <> ''UTC''), ''{}''))'
            else '' end;
        v_body := case v_edition when 'full' then format(
            'select * from market.%I
             where not ts <@ coalesce((select range_agg(tstzrange(from_ts, to_ts)) from market.refresh_wish), ''{}'')%s
             union all
             (%s and ts >= (select min(from_ts) from market.refresh_wish)
                and ts < (select max(to_ts) from market.refresh_wish)
                and ts <@ (select range_agg(tstzrange(from_ts, to_ts)) from market.refresh_wish)%2$s
              group by feed, symbol, %4$s)', v_made, v_other, v_fold, v_bucket)
            else v_fold || v_other || ' group by feed, symbol, ' || v_bucket end;
        if v_other <> '' then
            v_body := v_body || format(
                ' union all
                 select symbol, ts, open, high, low, close, volume, spread, feed, null from market.candle
                 where timeframe = %L
                   and feed = any (array(select f.feed from market.feed f where f.day_zone <> ''UTC''))',
                v_view.timeframe);
        end if;
        v_body := format('select symbol, %L::text as timeframe, ts, open, high, low, close, volume, spread, feed,
            minutes, volume as tick_volume from (%s) candle', v_view.timeframe, v_body);
        continue when coalesce(obj_description(to_regclass('market.' || v_name)), '') like '%' || md5(v_body) || '%';
        execute format('create or replace view market.%I as %s', v_name, v_body);
        execute format('comment on view market.%I is %L', v_name, format(
            '%s candles, made of the final M1 candles. tick_volume is volume. From M30 on, minutes is null for feeds with a day zone other than UTC. Definition %s.',
            v_view.timeframe, md5(v_body)));
        execute format('grant select on market.%I to pregao_ingest, pregao_indicators', v_name);
    end loop;
end
$$;
