-- market.put_candles. Change it here: Flyway runs this script again after each change. Versions V2 to V16 are its history.
-- A single candle takes less work: one statement writes a forming minute, and queries that only a batch needs are skipped.

-- The only writer of candles: ranks, revisions, succession and statuses of a whole batch in a few statements.
--
-- An item is answered with its status, and with what is then true of the candle that stands. A row without an item is
-- another candle that the call changed: promoted by succession, restored, or withdrawn.
--
-- p_final says that a provided candle is marked as final and has ended. p_now is the server's clock: provided candles
-- that end by then have ended. p_release gives the number in quarantine of an item that is released. p_action is put,
-- accept (of conflicts), undo (of the releases p_release), withdraw (of built candles) or remove (of buckets that the feed
-- no longer has, whatever stands there). p_closed_* say of instruments up to when the aggregator has closed their buckets,
-- and whether they have ticks; p_promote then is minutes or longer.
--
-- Rows are locked by timeframe (M1 first), feed, symbol and time; the rows of provided series come first. A batch of old
-- candles locks its series last, so that senders of one history wait little for each other. A caller who still meets a
-- deadlock or a serialization failure repeats its transaction.

create or replace function market.put_candles(
    p_feed text[], p_symbol text[], p_timeframe text[], p_ts timestamptz[],
    p_open numeric[], p_high numeric[], p_low numeric[], p_close numeric[],
    p_volume numeric[], p_spread numeric[], p_spread_unit text[],
    p_source text[], p_final boolean[],
    p_snapshot boolean[] default null, p_now timestamptz default clock_timestamp(),
    p_action text default 'put', p_release bigint[] default null,
    p_closed_feed text[] default null, p_closed_symbol text[] default null,
    p_closed_until timestamptz[] default null, p_closed_ticks boolean[] default null, p_promote text default null)
    returns table (item integer, status text, conflict boolean, revision integer, final boolean, candle market.candle)
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
    -- A plan made while the table was small must not scan it when it is large.
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_mergejoin = off
    set enable_hashjoin = off
    -- A plan for each call took as long as its execution. One for any number of items is as good, as all scans are index scans.
    set plan_cache_mode = force_generic_plan
as
$$
#variable_conflict use_column
declare
    v_count     integer     := cardinality(p_ts);
    v_now       timestamptz := clock_timestamp();
    v_feeds     text[];
    v_first     timestamptz;
    v_last      timestamptz;
    v_given     boolean     := 'given' = any (p_source);
    v_ticking   boolean     := false;
    v_late      boolean     := false;
    v_newest    boolean     := false;
    s_feed      text[];
    s_symbol    text[];
    s_timeframe text[];
    s_newest    timestamptz[];
    s_open      timestamptz[];
    s_last      timestamptz[];
    s_locked    timestamptz[];
    s_pending   boolean;
    s_lags      boolean;
    v_known     boolean;
    v_tries     integer     := 0;
    v_keys      integer;
    v_same      integer;
    v_ranks     smallint[];
    v_slow      boolean[];
    v_missing   boolean[];
    v_wins      boolean[];
    v_statuses  text[];
    v_conflicts boolean[];
    v_revisions integer[];
    v_finals    boolean[];
    v_item      integer;
    v_revision  integer;
    v_final     boolean;
    v_mine      boolean;
    v_due       market.candle;
    v_settled   record;
begin
    if array[cardinality(p_feed), cardinality(p_symbol), cardinality(p_timeframe), cardinality(p_open),
             cardinality(p_high), cardinality(p_low), cardinality(p_close), cardinality(p_volume),
             cardinality(p_spread), cardinality(p_spread_unit), cardinality(p_source), cardinality(p_final),
             coalesce(cardinality(p_snapshot), v_count), coalesce(cardinality(p_release), v_count)]
            is distinct from array_fill(v_count, array[14]) then
        raise exception 'put_candles wants arrays of one length' using errcode = 'array_subscript_error';
    end if;

    -- Once a batch, which is much cheaper than a constraint a row.
    if not p_timeframe <@ array['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1'] or
       not p_source <@ array['given', 'ticks', 'rollup'] or
       not array_remove(p_spread_unit, null) <@ array['price', 'points', 'unknown'] then
        raise exception 'put_candles wants timeframes M1 to D1, sources given, ticks, rollup, units price, points, unknown'
            using errcode = 'check_violation';
    end if;
    if p_action not in ('put', 'accept', 'undo', 'withdraw', 'remove') then
        raise exception 'put_candles wants the action put, accept, undo, withdraw or remove'
            using errcode = 'check_violation';
    end if;

    -- A minute that forms: one built candle, where nothing stands or a built one that is not final, and nothing stands aside.
    if v_count = 1 and p_action = 'put' and not v_given and p_release is null and p_closed_feed is null then
        insert into market.candle as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                                        spread_unit, source, final, rank, revision, created_at, snapshot)
        select p_feed[1], p_symbol[1], p_timeframe[1], p_ts[1], p_open[1], p_high[1], p_low[1], p_close[1], p_volume[1],
               p_spread[1], case when p_spread[1] is not null then p_spread_unit[1] end, p_source[1], p_final[1],
               case when p_final[1] then 3 else 1 end, case when p_final[1] then 1 else 0 end, v_now, false
        where not exists (
            select from market.candle_version v
            where v.feed = p_feed[1] and v.symbol = p_symbol[1] and v.timeframe = p_timeframe[1] and v.ts = p_ts[1])
        on conflict (feed, symbol, timeframe, ts) do update
        set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, spread = excluded.spread, spread_unit = excluded.spread_unit,
            source = excluded.source, final = excluded.final, rank = excluded.rank, updated_at = excluded.created_at,
            revision = case when c.revision = 0 then excluded.revision else c.revision + 1 end
        where c.rank = 1 and
              (c.final, c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit) is distinct from
              (excluded.final, excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
               excluded.spread, excluded.spread_unit)
        returning case when c.updated_at is null then 'inserted' else 'updated' end, c.revision, c.final
        into status, revision, final;
        if found then
            item := 1;
            conflict := false;
            return next;
            return;
        end if;
    end if;

    if v_count = 1 then
        v_first := p_ts[1];
        v_last := p_ts[1];
    else
        select min(t), max(t) into v_first, v_last from unnest(p_ts) t;
    end if;
    v_feeds := case when p_feed = array_fill(p_feed[1], array[v_count]) then p_feed[1:1]
                    else array(select distinct f from unnest(p_feed) f) end;

    if p_closed_feed is not null and p_promote = 'minutes' then
        insert into market.tick_series as t (feed, symbol, closed_until)
        select k.feed, k.symbol, k.until
        from unnest(p_closed_feed, p_closed_symbol, p_closed_until, p_closed_ticks) as k (feed, symbol, until, ticks)
        where k.ticks or exists (select from market.tick_series t where t.feed = k.feed and t.symbol = k.symbol)
        order by k.feed collate "C", k.symbol collate "C"
        on conflict (feed, symbol) do update set closed_until = excluded.closed_until
        where excluded.closed_until > t.closed_until;
    end if;

    v_slow := array_fill(p_action <> 'put', array[v_count]);
    if p_action = 'put' and v_given then
        -- Nothing but the newest candle of each series can still be open: what old candles need not ask one by one.
        v_late := p_release is null and cardinality(v_feeds) = 1 and not p_source && array['ticks', 'rollup']
                  and v_last + interval '24 hours' <= p_now;
        if v_late then
            select array_agg(v_feeds[1]), array_agg(k.symbol), array_agg(k.timeframe), array_agg(k.newest),
                   array_agg(case when not k.final then k.newest end)
            into s_feed, s_symbol, s_timeframe, s_newest, s_open
            from (
                select k.symbol, k.timeframe, max(k.ts) as newest, bool_and(k.final) as final
                from unnest(p_symbol, p_timeframe, p_ts, p_final) as k (symbol, timeframe, ts, final)
                group by k.symbol, k.timeframe
                order by market.timeframe_order(k.timeframe), k.symbol collate "C") k;
        end if;
        select count(*) > 0, v_late and coalesce(bool_and((t.closed_until >= v_last + interval '24 hours') is true), true)
        into v_ticking, v_late
        from (select distinct i.symbol from unnest(case when v_late then s_symbol else p_symbol end) as i (symbol)) i
        join market.tick_series t on t.feed = any (v_feeds) and t.symbol = i.symbol;
        if v_late then
            -- A series with a later candle than those of the batch neither advances nor waits for one of them.
            select array_agg(greatest(k.newest, s.last_ts) order by k.item),
                   array_agg(case when s.last_ts > k.newest then null else k.open end order by k.item),
                   bool_or((s.last_ts > k.newest) is not true)
            into s_last, s_open, v_newest
            from unnest(s_feed, s_symbol, s_timeframe, s_newest, s_open)
                     with ordinality as k (feed, symbol, timeframe, newest, open, item)
            left join lateral (
                select s.last_ts from market.provided_series s
                where s.feed = k.feed and s.symbol = k.symbol and s.timeframe = k.timeframe
                offset 0) s on true;
        else
            -- The provided series of the batch, with the first candle of each that waits for succession.
            select array_agg(k.feed), array_agg(k.symbol), array_agg(k.timeframe), array_agg(k.newest), array_agg(k.open)
            into s_feed, s_symbol, s_timeframe, s_newest, s_open
            from (
                select k.feed, k.symbol, k.timeframe, max(k.ts) as newest,
                       case when not bool_and(k.final) then
                           least(max(k.ts), min(k.ts) filter (where not k.final and
                               k.ts + market.timeframe_length(k.timeframe) > case
                                   when v_ticking then least(p_now, (select t.closed_until from market.tick_series t
                                                                     where t.feed = k.feed and t.symbol = k.symbol))
                                   else p_now end)) end as open
                from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_source, p_final)
                         as k (feed, symbol, timeframe, ts, source, final)
                where k.source = 'given'
                group by k.feed, k.symbol, k.timeframe
                order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C") k;
            select a.last_ts, a.pending, a.lags into s_last, s_pending, s_lags
            from market.advance_series(s_feed, s_symbol, s_timeframe, s_newest, s_open) a;
        end if;
    end if;

    if p_action <> 'put' then
        v_ranks := array_fill(6::smallint, array[v_count]);
    elsif not v_given then
        v_ranks := array(select case when f then 3 else 1 end from unnest(p_final) f);
    elsif not false = any (p_final) and not p_source && array['ticks', 'rollup'] then
        v_ranks := array_fill(5::smallint, array[v_count]);
    elsif v_late then
        v_ranks := case when true = any (p_final) then array(select case when f then 5 else 4 end from unnest(p_final) f)
                        else array_fill(4::smallint, array[v_count]) end;
        for v_item in
            select k.item
            from unnest(p_ts) with ordinality as k (ts, item)
            where k.ts = any (s_last) and exists (
                select from unnest(s_symbol, s_timeframe, s_last) as s (symbol, timeframe, last)
                where s.last = k.ts and s.symbol = p_symbol[k.item] and s.timeframe = p_timeframe[k.item])
        loop
            if v_ranks[v_item] = 4 then
                v_ranks[v_item] := 2;
            end if;
        end loop;
    else
        select array_agg(r.rank order by r.item) into v_ranks
        from (
            select k.item, case
                when k.source <> 'given' then case when k.final then 3 else 1 end
                when k.final then 5
                when k.ts + market.timeframe_length(k.timeframe) > p_now then 2
                when k.ts = k.latest and not coalesce(s.last_ts > k.ts, false) then 2
                when t.closed_until < k.ts + market.timeframe_length(k.timeframe) then 2
                else 4 end::smallint as rank
            from (select k.*, max(k.ts) filter (where k.source = 'given')
                                  over (partition by k.feed, k.symbol, k.timeframe) as latest
                  from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_source, p_final)
                           with ordinality as k (feed, symbol, timeframe, ts, source, final, item)) k
            left join lateral (
                select s.last_ts from market.provided_series s
                where k.ts = k.latest and s.feed = k.feed and s.symbol = k.symbol and s.timeframe = k.timeframe
                offset 0) s on true
            left join lateral (
                select t.closed_until from market.tick_series t
                where v_ticking and t.feed = k.feed and t.symbol = k.symbol
                offset 0) t on true) r;
    end if;
    if p_release is not null and p_action = 'put' then
        select array_agg(case when r is not null then 6::smallint else v_ranks[n] end order by n),
               array_agg(r is not null order by n)
        into v_ranks, v_slow
        from unnest(p_release) with ordinality u (r, n);
    end if;

    -- Where something stands aside, all that may stand decides.
    if p_action = 'put' and v_count > 0 and exists (
            select from market.candle_version v
            where v.feed = any (v_feeds) and v.ts >= v_first and v.ts <= v_last) then
        select array_agg(coalesce(v_slow[k.item], false) or v.slow order by k.item) into v_slow
        from unnest(p_feed, p_symbol, p_timeframe, p_ts) with ordinality as k (feed, symbol, timeframe, ts, item)
        cross join lateral (
            select exists (select from market.candle_version v
                           where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe
                             and v.ts = k.ts) as slow
            offset 0) v;
    end if;

    -- Succession of candles that are not in the batch, first, so that rows are locked in the order of time.
    if s_pending or p_closed_feed is not null then
        return query select null::integer, 'updated'::text, false, (p).revision, (p).final, p
                     from market.promote_candles(s_feed, s_symbol, s_timeframe, v_ticking, p_now, v_now, p_closed_feed,
                         p_closed_symbol, p_closed_until, p_promote, p_feed, p_symbol, p_timeframe, p_ts, v_first) p;
    end if;
    if v_count = 0 then
        return;
    end if;

    -- A batch with a known first or last candle is probably a repeat: read before trying to insert.
    v_known := v_count = 1 or true = any (v_slow)
               or exists (select from market.candle c
                          where c.feed = p_feed[1] and c.symbol = p_symbol[1] and c.timeframe = p_timeframe[1]
                            and c.ts = p_ts[1])
               or exists (select from market.candle c
                          where c.feed = p_feed[v_count] and c.symbol = p_symbol[v_count]
                            and c.timeframe = p_timeframe[v_count] and c.ts = p_ts[v_count]);
    loop
        if v_known then
            if v_keys is null and v_count > 1 then
                select count(*) into v_keys
                from (select distinct k.feed, k.symbol, k.timeframe, k.ts
                      from unnest(p_feed, p_symbol, p_timeframe, p_ts) as k (feed, symbol, timeframe, ts)) d;
                if v_keys <> v_count then
                    raise exception 'put_candles wants each candle once a call, not % candles in % items',
                        v_keys, v_count using errcode = 'cardinality_violation';
                end if;
            end if;

            -- Old candles without gaps are probably a history that is sent again, stored as it is. A full join meets in a hash:
            -- each row is looked at once, whatever the planner believes.
            if v_tries = 0 and v_late and not true = any (v_slow) and (
                    select sum(extract(epoch from v_last - v_first) / extract(epoch from market.timeframe_length(t)) + 1)
                    from unnest(s_timeframe) t) <= 2 * v_count then
                select count(*), array_agg(c.revision order by k.item), array_agg(c.final order by k.item)
                into v_same, v_revisions, v_finals
                from (select c.*
                      from unnest(s_feed, s_symbol, s_timeframe) as s (feed, symbol, timeframe)
                      cross join lateral (
                          select c.*
                          from market.candle c
                          where c.feed = s.feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                            and c.ts >= v_first and c.ts <= v_last
                          offset 0) c) c
                full join unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                                 p_spread_unit, p_snapshot, v_ranks)
                              with ordinality
                              as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit,
                                    snapshot, rank, item)
                    on c.ts = k.ts and c.symbol = k.symbol and c.timeframe = k.timeframe and c.feed = k.feed
                where case when c.rank = k.rank then
                          c.open = k.open and c.high = k.high and c.low = k.low and c.close = k.close
                          and c.volume = k.volume and c.spread is not distinct from k.spread
                          and c.spread_unit is not distinct from case when k.spread is not null then k.spread_unit end
                          and (not c.snapshot or coalesce(k.snapshot, false) or k.rank not in (2, 4)) end;
                if v_same = v_count then
                    v_statuses := array_fill('duplicate'::text, array[v_count]);
                    v_conflicts := array_fill(false, array[v_count]);
                    exit;
                end if;
            end if;

            -- What stands against each item. Where a provided candle that is not final meets a final one, the loser may be
            -- needed later: that is settled one by one.
            select array_agg(s.missing), array_agg(s.slow), array_agg(s.wins and not s.slow), array_agg(s.status),
                   array_agg(not s.missing and s.differs and s.final and s.rank >= 3),
                   array_agg(case when not s.missing then s.revision when s.rank >= 3 then 1 else 0 end),
                   array_agg(case when s.missing then s.rank >= 3 else s.final end)
            into v_missing, v_slow, v_wins, v_statuses, v_conflicts, v_revisions, v_finals
            from (
                select c.revision is null and not k.slow as missing, k.rank,
                       k.slow or coalesce(c.settles, false) as slow,
                       (k.rank > c.rank and not (k.rank = 4 and c.rank = 3 and k.volume < c.volume)
                           or k.rank = 3 and c.rank = 4 and k.volume > c.volume
                           or k.rank = c.rank and c.differs and
                              case k.rank when 2 then k.volume >= c.volume when 4 then k.volume > c.volume
                                          when 5 then false else true end) as wins,
                       case when c.revision is null and not k.slow then 'inserted' else 'duplicate' end as status,
                       c.differs, c.final, c.revision
                from (select k.*, v_ranks[k.item] as rank, v_slow[k.item] as slow
                      from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume,
                                  p_spread, p_spread_unit, p_snapshot)
                               with ordinality
                               as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit,
                                     snapshot, item)) k
                left join lateral (
                    select c.rank, c.volume,
                           c.rank = 2 and k.rank in (3, 4) or c.rank = 3 and k.rank = 2
                               or c.snapshot and not coalesce(k.snapshot, false) and k.rank in (2, 4) as settles,
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

        -- Without ON CONFLICT, which inserts each row speculatively, with a second lookup and a second WAL record.
        begin
            insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit,
                                       source, final, rank, revision, created_at, snapshot)
            select k.feed, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread,
                   case when k.spread is not null then k.spread_unit end, k.source, k.rank >= 3, k.rank,
                   case when k.rank >= 3 then 1 else 0 end, v_now, coalesce(k.snapshot, false) and k.rank in (2, 4)
            from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                        p_spread_unit, p_source, v_ranks, p_snapshot)
                     with ordinality
                     as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, source, rank,
                           snapshot, item)
            where v_missing is null or v_missing[k.item]
            order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C", k.ts;
            exit;
        exception when unique_violation then
            -- Another caller was first with one of them, or only the middle of the batch is known: read what stands.
            v_tries := v_tries + 1;
            if v_tries > 5 then
                raise exception 'other callers keep inserting candles of this batch; repeat the transaction'
                    using errcode = 'serialization_failure';
            end if;
            v_known := true;
        end;
    end loop;

    if true = any (v_wins) then
        -- In the order of locks, and decided again on what is then there.
        insert into market.candle as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                                        spread_unit, source, final, rank, revision, created_at, snapshot)
        select k.feed, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread,
               case when k.spread is not null then k.spread_unit end, k.source, k.rank >= 3, k.rank,
               case when k.rank >= 3 then 1 else 0 end, v_now, coalesce(k.snapshot, false) and k.rank in (2, 4)
        from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume, p_spread,
                    p_spread_unit, p_source, v_ranks, p_snapshot)
                 with ordinality
                 as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, source, rank,
                       snapshot, item)
        where v_wins[k.item]
        order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C", k.ts
        on conflict (feed, symbol, timeframe, ts) do update
        set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, spread = excluded.spread, spread_unit = excluded.spread_unit,
            source = excluded.source, final = excluded.final, rank = excluded.rank, updated_at = excluded.created_at,
            snapshot = excluded.snapshot,
            revision = case when c.revision = 0 then excluded.revision
                            when excluded.final <> c.final or
                                 (c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit)
                                 is distinct from
                                 (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume,
                                  excluded.spread, excluded.spread_unit) then c.revision + 1
                            else c.revision end
        where not (c.rank = 2 and excluded.rank in (3, 4) or c.rank = 3 and excluded.rank = 2) and
              (excluded.rank > c.rank and not (excluded.rank = 4 and c.rank = 3 and excluded.volume < c.volume)
               or excluded.rank = 3 and c.rank = 4 and excluded.volume > c.volume
               or excluded.rank = c.rank and
                  case c.rank when 2 then excluded.volume >= c.volume when 4 then excluded.volume > c.volume
                              when 5 then false else true end and
                  (c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit) is distinct from
                  (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.spread,
                   excluded.spread_unit));

        -- What then stands: ours, or the row of another caller who was there between the reading and the lock.
        for v_item, v_mine, v_revision, v_final in
            select k.item, c.mine, c.revision, c.final
            from unnest(p_feed, p_symbol, p_timeframe, p_ts)
                     with ordinality as k (feed, symbol, timeframe, ts, item)
            cross join lateral (
                select coalesce(c.updated_at, c.created_at) = v_now as mine, c.revision, c.final
                from market.candle c
                where c.feed = k.feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts = k.ts
                  and c.ts >= v_first and c.ts <= v_last
                offset 0) c
            where v_wins[k.item]
        loop
            if v_mine then
                v_statuses[v_item] := 'updated';
                v_conflicts[v_item] := false;
                v_revisions[v_item] := v_revision;
                v_finals[v_item] := v_final;
            else
                v_slow[v_item] := true;
            end if;
        end loop;
    end if;

    if v_newest then
        select a.last_ts, a.pending, a.lags into s_locked, s_pending, s_lags
        from market.advance_series(s_feed, s_symbol, s_timeframe, s_newest, s_open) a;
        -- Others know later candles by now: what seemed to be the newest is succeeded already.
        if s_locked is distinct from s_last then
            if v_statuses is null then
                v_statuses := array_fill('inserted'::text, array[v_count]);
                v_conflicts := array_fill(false, array[v_count]);
                v_revisions := array(select case when r >= 3 then 1 else 0 end from unnest(v_ranks) r);
                v_finals := array(select r >= 3 from unnest(v_ranks) r);
            end if;
            for v_item in
                select k.item
                from unnest(p_feed, p_symbol, p_timeframe, p_ts) with ordinality as k (feed, symbol, timeframe, ts, item)
                join unnest(s_feed, s_symbol, s_timeframe, s_locked) as s (feed, symbol, timeframe, last)
                    on s.last > k.ts and s.symbol = k.symbol and s.timeframe = k.timeframe and s.feed = k.feed
                where v_ranks[k.item] = 2
            loop
                v_ranks[v_item] := 4;
                v_slow[v_item] := true;
            end loop;
        end if;
    end if;

    if true = any (v_slow) then
        for v_item in
            select k.item
            from unnest(p_feed, p_symbol, p_timeframe, p_ts) with ordinality as k (feed, symbol, timeframe, ts, item)
            where v_slow[k.item]
            order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C", k.ts
        loop
            v_due := null;
            v_due.feed := p_feed[v_item];
            v_due.symbol := p_symbol[v_item];
            v_due.timeframe := p_timeframe[v_item];
            v_due.ts := p_ts[v_item];
            v_due.open := p_open[v_item];
            v_due.high := p_high[v_item];
            v_due.low := p_low[v_item];
            v_due.close := p_close[v_item];
            v_due.volume := p_volume[v_item];
            v_due.spread := p_spread[v_item];
            v_due.spread_unit := case when p_spread[v_item] is not null then p_spread_unit[v_item] end;
            v_due.source := p_source[v_item];
            v_due.rank := v_ranks[v_item];
            v_due.snapshot := coalesce(p_snapshot[v_item], false) and v_due.rank in (2, 4);
            v_settled := market.settle_candle(v_due,
                case when p_release[v_item] is not null and p_action = 'put' then 'release' else p_action end,
                p_release[v_item],
                v_due.rank = 4 or (v_due.rank = 3 or p_action in ('undo', 'withdraw')) and exists (
                    select from market.provided_series s
                    where s.feed = v_due.feed and s.symbol = v_due.symbol and s.timeframe = v_due.timeframe
                      and s.last_ts > v_due.ts),
                v_now);
            v_statuses[v_item] := case when v_statuses[v_item] = 'inserted' then 'inserted'
                                       else replace(v_settled.status, 'withdrawn', 'updated') end;
            v_conflicts[v_item] := v_settled.conflict;
            v_revisions[v_item] := (v_settled.stands).revision;
            v_finals[v_item] := (v_settled.stands).final;
            item := null;
            conflict := false;
            if v_settled.changed and (p_action <> 'put' or v_settled.status = 'duplicate') then
                status := case when v_settled.status = 'withdrawn' then 'withdrawn' else 'updated' end;
                candle := v_settled.stands;
                revision := (candle).revision;
                final := (candle).final;
                return next;
            end if;
            if (v_settled.displaced).rank is not null then
                status := 'displaced';
                candle := v_settled.displaced;
                revision := (candle).revision;
                final := (candle).final;
                return next;
            end if;
        end loop;
    end if;
    if v_newest and s_pending then
        return query select null::integer, 'updated'::text, false, (p).revision, (p).final, p
                     from market.promote_candles(s_feed, s_symbol, s_timeframe, v_ticking, p_now, v_now, null, null, null,
                         null, p_feed, p_symbol, p_timeframe, p_ts, v_first) p;
    end if;
    if s_lags then
        perform market.advance_pending(s_feed, s_symbol, s_timeframe);
    end if;

    if v_statuses is null then
        return query select n, 'inserted'::text, false, case when v_ranks[n] >= 3 then 1 else 0 end,
                            v_ranks[n] >= 3, null::market.candle
                     from generate_series(1, v_count) n;
        return;
    end if;
    return query select s.item::integer, s.status, s.conflict, s.revision, s.final, null::market.candle
                 from unnest(v_statuses, v_conflicts, v_revisions, v_finals)
                          with ordinality as s (status, conflict, revision, final, item);
end
$$;
