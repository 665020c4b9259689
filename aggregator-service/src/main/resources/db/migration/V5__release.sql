-- The one door for candles, once more: a candle that a person released from quarantine stands above all others, tables
-- are read only where the batch is in time, and rows are replaced by an insert that meets them. The last two are for
-- tables in chunks, of which old ones are in the columnstore: there an update that joins unpacks whole chunks, all of
-- them if it must, while such an insert unpacks the few rows around it.
--
-- A row is replaced by a higher rank, or by the same rank with other values, unless it is a given final one
-- (released 5, given final 4, built final 3, given forming 2, built forming 1). A released one is final.
--
-- New rows take one pass, repeats one, replaced rows three. Rows are locked by timeframe (M1 first), feed, symbol and
-- time, so a caller who puts M1 first and then what is made of them keeps the order of one who puts all at once. A
-- caller who still meets a deadlock or a serialization failure repeats its transaction.
drop function market.put_candles(text[], text[], text[], timestamptz[], numeric[], numeric[], numeric[],
    numeric[], numeric[], numeric[], text[], text[], boolean[]);

create function market.put_candles(
    p_feed text[], p_symbol text[], p_timeframe text[], p_ts timestamptz[],
    p_open numeric[], p_high numeric[], p_low numeric[], p_close numeric[],
    p_volume numeric[], p_spread numeric[], p_spread_unit text[],
    p_source text[], p_final boolean[], p_released boolean[] default null)
    returns table (item integer, status text, conflict boolean, revision integer)
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
    -- A plan made while the table was small must not scan it when it is large.
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_mergejoin = off
    set enable_hashjoin = off
as
$$
#variable_conflict use_column
declare
    v_count     integer     := cardinality(p_ts);
    v_now       timestamptz := clock_timestamp();
    v_first     timestamptz;
    v_last      timestamptz;
    v_known     boolean;
    v_rows      integer;
    v_keys      integer;
    v_missing   boolean[];
    v_wins      boolean[];
    v_statuses  text[];
    v_conflicts boolean[];
    v_revisions integer[];
    v_item      integer;
    v_revision  integer;
    v_conflict  boolean;
    v_mine      boolean;
begin
    if v_count = 0 then
        return;
    end if;
    if array[cardinality(p_feed), cardinality(p_symbol), cardinality(p_timeframe), cardinality(p_open),
             cardinality(p_high), cardinality(p_low), cardinality(p_close), cardinality(p_volume),
             cardinality(p_spread), cardinality(p_spread_unit), cardinality(p_source), cardinality(p_final)]
            is distinct from array_fill(v_count, array[12]) then
        raise exception 'put_candles wants arrays of one length' using errcode = 'array_subscript_error';
    end if;

    -- Once a batch, which is much cheaper than a constraint a row.
    if not p_timeframe <@ array['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1'] or
       not p_source <@ array['given', 'ticks', 'rollup'] or
       not array_remove(p_spread_unit, null) <@ array['price', 'points'] then
        raise exception 'put_candles wants timeframes M1 to D1, sources given, ticks, rollup, units price, points'
            using errcode = 'check_violation';
    end if;

    if p_released is not null then
        if cardinality(p_released) <> v_count or array_position(p_released, null) is not null then
            raise exception 'put_candles wants to know of each candle whether it is released'
                using errcode = 'array_subscript_error';
        end if;
        p_final := array(select f or r
                         from unnest(p_final, p_released) with ordinality as u (f, r, n) order by n);
    end if;

    select min(t), max(t) into v_first, v_last from unnest(p_ts) t;

    -- A batch with a known first or last candle is probably a repeat: read before trying to insert.
    v_known := exists (select from market.candle c
                       where c.feed = p_feed[1] and c.symbol = p_symbol[1] and c.timeframe = p_timeframe[1]
                         and c.ts = p_ts[1])
               or exists (select from market.candle c
                          where c.feed = p_feed[v_count] and c.symbol = p_symbol[v_count]
                            and c.timeframe = p_timeframe[v_count] and c.ts = p_ts[v_count]);
    loop
        if v_known then
            if v_keys is null then
                select count(*) into v_keys
                from (select distinct k.feed, k.symbol, k.timeframe, k.ts
                      from unnest(p_feed, p_symbol, p_timeframe, p_ts) as k (feed, symbol, timeframe, ts)) d;
                if v_keys <> v_count then
                    raise exception 'put_candles wants each candle once a call, not % candles in % items',
                        v_keys, v_count using errcode = 'cardinality_violation';
                end if;
            end if;

            -- What stands against each item. A row this call has made is known by its time of creation.
            select array_agg(s.missing), array_agg(s.wins), array_agg(s.status), array_agg(s.conflict),
                   array_agg(s.revision)
            into v_missing, v_wins, v_statuses, v_conflicts, v_revisions
            from (
                select c.revision is null as missing,
                       not c.fresh and (c.ranks or c.equals and c.differs) as wins,
                       case when c.fresh then 'inserted' else 'duplicate' end as status,
                       c.differs and c.final and k.final as conflict,
                       c.revision
                from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                            p_spread_unit, p_source, p_final, p_released)
                         with ordinality
                         as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, source,
                               final, released, item)
                left join lateral (
                    select c.created_at = v_now and c.updated_at is null as fresh,
                           case when k.released then 5 > c.rank
                                when k.source = 'given' then case when k.final then 4 > c.rank else 2 > c.rank end
                                else case when k.final then 3 > c.rank else 1 > c.rank end end as ranks,
                           case when k.released then c.rank = 5
                                when k.source = 'given' then not k.final and c.rank = 2
                                else case when k.final then c.rank = 3 else c.rank = 1 end end as equals,
                           c.open <> k.open or c.high <> k.high or c.low <> k.low or c.close <> k.close
                               or c.volume <> k.volume or c.spread is distinct from k.spread
                               or c.spread_unit is distinct from case when k.spread is not null then k.spread_unit end
                               as differs,
                           c.final, c.revision
                    from market.candle c
                    where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts = k.ts
                      and c.ts >= v_first and c.ts <= v_last
                    offset 0) c on true
                order by k.item
                offset 0) s;
            exit when not true = any (v_missing);
        end if;

        insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit,
                                   source, final, rank, revision, created_at)
        select k.feed, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread,
               case when k.spread is not null then k.spread_unit end, k.source, k.final,
               case when k.released then 5
                    when k.source = 'given' then case when k.final then 4 else 2 end
                    else case when k.final then 3 else 1 end end,
               case when k.final then 1 else 0 end, v_now
        from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                    p_spread_unit, p_source, p_final, p_released)
                 with ordinality
                 as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, source, final,
                       released, item)
        where v_missing is null or v_missing[k.item]
        order by case k.timeframe when 'M1' then 1 when 'M5' then 2 when 'M15' then 3 when 'M30' then 4
                     when 'H1' then 5 when 'H4' then 6 else 7 end,
                 k.feed collate "C", k.symbol collate "C", k.ts
        on conflict do nothing;
        get diagnostics v_rows = row_count;
        if v_rows = v_count then
            return query select n, 'inserted'::text, false, case when p_final[n] then 1 else 0 end
                         from generate_series(1, v_count) n;
            return;
        end if;
        v_known := true;
    end loop;

    if true = any (v_wins) then
        -- In the order of locks, and decided again on what is then there.
        insert into market.candle as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                                        spread_unit, source, final, rank, revision, created_at)
        select k.feed, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread,
               case when k.spread is not null then k.spread_unit end, k.source, k.final,
               case when k.released then 5
                    when k.source = 'given' then case when k.final then 4 else 2 end
                    else case when k.final then 3 else 1 end end,
               case when k.final then 1 else 0 end, v_now
        from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                    p_spread_unit, p_source, p_final, p_released)
                 with ordinality
                 as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, source, final,
                       released, item)
        where v_wins[k.item]
        order by case k.timeframe when 'M1' then 1 when 'M5' then 2 when 'M15' then 3 when 'M30' then 4
                     when 'H1' then 5 when 'H4' then 6 else 7 end,
                 k.feed collate "C", k.symbol collate "C", k.ts
        on conflict (feed, symbol, timeframe, ts) do update
        set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, spread = excluded.spread, spread_unit = excluded.spread_unit,
            source = excluded.source, final = excluded.final, rank = excluded.rank, updated_at = excluded.created_at,
            revision = case when not excluded.final then 0
                            when not c.final then 1
                            when (c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit)
                                 is distinct from
                                 (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
                                  excluded.spread, excluded.spread_unit) then c.revision + 1
                            else c.revision end
        where excluded.rank > c.rank or excluded.rank = c.rank and excluded.rank <> 4 and
              (c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit) is distinct from
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.spread,
               excluded.spread_unit);

        -- What then stands: ours, or the row of another caller who was there between the reading and the lock.
        for v_item, v_mine, v_conflict, v_revision in
            select k.item, c.mine, c.conflict, c.revision
            from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                        p_spread_unit, p_final)
                     with ordinality
                     as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, final, item)
            cross join lateral (
                select coalesce(c.updated_at, c.created_at) = v_now as mine, c.revision,
                       c.final and k.final and
                       (c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit) is distinct from
                       (k.open, k.high, k.low, k.close, k.volume, k.spread,
                        case when k.spread is not null then k.spread_unit end) as conflict
                from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts = k.ts
                  and c.ts >= v_first and c.ts <= v_last
                offset 0) c
            where v_wins[k.item]
        loop
            if v_mine then
                v_statuses[v_item] := 'updated';
            end if;
            v_conflicts[v_item] := v_conflict and not v_mine;
            v_revisions[v_item] := v_revision;
        end loop;
    end if;

    return query select s.item::integer, s.status, s.conflict, s.revision
                 from unnest(v_statuses, v_conflicts, v_revisions)
                          with ordinality as s (status, conflict, revision, item);
end
$$;

revoke all on function market.put_candles from public;
grant execute on function market.put_candles to pregao_ingest;

comment on function market.put_candles is
    'The one door for candles; item is the place in the arrays from 1, status inserted, updated or duplicate.';

comment on column market.candle.rank is
    'released from quarantine 5, given final 4, built final 3, given forming 2, built forming 1';
