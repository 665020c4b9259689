-- Finality of candles. A provided candle that nobody marked as final becomes final when a later candle of its series is
-- provided (succession). Conflicts can be accepted, and releases from quarantine can be undone.
--
-- Ranks: 6 released or accepted, 5 provided and marked final, 4 provided and final by succession, 3 built and final,
-- 2 provided, forming or provisional, 1 built and forming. A higher rank replaces a lower one. Exception: a candle of
-- rank 4 with less volume than the built final one is stale and loses. In the class CandleState of module market the same
-- rules stand in plain Java; tests compare the two.

set local statement_timeout = 0;
update market.candle set rank = rank + 1 where rank >= 4;

alter table market.candle add column snapshot boolean not null default false;

comment on column market.candle.snapshot is
    'Provided, and seen only before the end of its bucket. Together with final: a snapshot that became final by succession.';
comment on column market.candle.rank is
    '6 released or accepted, 5 provided, marked final, 4 provided, final by succession, 3 built, final, 2 provided, not final, 1 built, forming';
comment on column market.candle.spread_unit is
    'price; points where the worth of a point is unknown; unknown where the sender gave a whole number and no unit';
comment on column market.candle.revision is
    '0 never final so far, 1 the first final, +1 at each later change of values or of finality';

create table market.provided_series (
    feed       text collate "C" not null,
    symbol     text collate "C" not null,
    timeframe  text collate "C" not null,
    last_ts    timestamptz      not null,
    pending_ts timestamptz,
    primary key (feed, symbol, timeframe)
);

comment on table market.provided_series is
    'Series that terminals and brokers provide, with their latest candle. Written only by market.put_candles.';
comment on column market.provided_series.pending_ts is 'No candle before this one waits for succession; null where none ever did.';

create table market.tick_series (
    feed         text collate "C" not null,
    symbol       text collate "C" not null,
    closed_until timestamptz      not null,
    primary key (feed, symbol)
);

comment on table market.tick_series is
    'Instruments that have ticks, and up to when the aggregator has closed their buckets. Written only by market.put_candles.';

create table market.candle_version (
    id          bigint generated always as identity,
    feed        text collate "C" not null,
    symbol      text collate "C" not null,
    timeframe   text collate "C" not null,
    ts          timestamptz      not null,
    kind        text collate "C" not null,
    release     bigint           not null default 0,
    open        numeric(20, 8)   not null,
    high        numeric(20, 8)   not null,
    low         numeric(20, 8)   not null,
    close       numeric(20, 8)   not null,
    volume      numeric(38, 8)   not null,
    spread      numeric(20, 8),
    spread_unit text collate "C",
    source      text collate "C" not null,
    rank        smallint         not null,
    snapshot    boolean          not null,
    revision    integer          not null,
    primary key (feed, symbol, timeframe, ts, kind, release),
    check (kind in ('provided', 'built', 'released', 'withdrawn'))
);

comment on table market.candle_version is
    'Versions of candles that do not stand now but may later, the stack of releases, and tombstones of withdrawn candles.';
comment on column market.candle_version.release is 'Number in quarantine; 0 where it was not released from there.';
comment on column market.candle_version.revision is 'Of a tombstone the revision that was published; else 0.';

grant select on market.provided_series, market.tick_series, market.candle_version to pregao_ingest, pregao_indicators;

create function market.timeframe_length(p_timeframe text) returns interval
    language sql
    immutable
    parallel safe
as
$$
select case p_timeframe when 'M1' then interval '1 minute' when 'M5' then interval '5 minutes'
            when 'M15' then interval '15 minutes' when 'M30' then interval '30 minutes' when 'H1' then interval '1 hour'
            when 'H4' then interval '4 hours' else interval '24 hours' end
$$;

create function market.timeframe_order(p_timeframe text) returns integer
    language sql
    immutable
    parallel safe
as
$$
select case p_timeframe when 'M1' then 1 when 'M5' then 2 when 'M15' then 3 when 'M30' then 4 when 'H1' then 5
            when 'H4' then 6 else 7 end
$$;

create function market.same_values(a market.candle, b market.candle) returns boolean
    language sql
    immutable
as
$$
select a.open = b.open and a.high = b.high and a.low = b.low and a.close = b.close and a.volume = b.volume
       and a.spread is not distinct from b.spread and a.spread_unit is not distinct from b.spread_unit
$$;

-- One bucket, with all that may stand there: the case of each item that more than one row decides. p_action is put,
-- promote (a later candle of the series is known), release, accept, undo (of a release), withdraw (what was built),
-- remove (all that may stand there).
create function market.settle_candle(
    k market.candle, p_action text, p_release bigint, p_succeeded boolean, p_now timestamptz,
    out status text, out conflict boolean, out changed boolean, out stands market.candle, out displaced market.candle)
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
as
$$
#variable_conflict use_column
declare
    c          market.candle;
    v_provided market.candle;
    v_built    market.candle;
    v_top      market.candle;
    v_version  record;
    v_row      market.candle;
    v_releases integer := 0;
    v_gone     integer := 0;
    v_before   integer;
    v_rows     integer;
    v_found    boolean;
begin
    -- Locks the row; an insert that meets it unpacks little where it is in the columnstore. Only one that puts, releases
    -- or accepts may make the row, and then nothing else can stand there.
    if p_action in ('put', 'release', 'accept') then
        k.final := k.rank >= 3;
        k.revision := case when k.final then 1 else 0 end;
        k.created_at := p_now;
        insert into market.candle as r select k.*
        on conflict (feed, symbol, timeframe, ts) do update set rank = r.rank where false;
        get diagnostics v_rows = row_count;
        v_found := v_rows = 0;
    else
        update market.candle r set rank = r.rank
        where r.feed = k.feed and r.symbol = k.symbol and r.timeframe = k.timeframe and r.ts = k.ts;
        v_found := found;
    end if;
    if v_found then
        select r.* into c from market.candle r
        where r.feed = k.feed and r.symbol = k.symbol and r.timeframe = k.timeframe and r.ts = k.ts;
    end if;
    if p_action = 'undo' then
        delete from market.candle_version v
        where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts
          and v.kind = 'released' and v.release = p_release;
        get diagnostics v_rows = row_count;
        if v_rows = 0 then
            -- An accepted conflict took its place since, or it was undone before.
            status := 'duplicate';
            conflict := false;
            changed := false;
            stands := c;
            return;
        end if;
    elsif p_action = 'release' then
        if v_found and c.rank = 6 and not exists (
                select from market.candle_version v
                where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts
                  and v.kind = 'released') then
            perform market.keep_version(c, 'released', 0);
        end if;
        perform market.keep_version(k, 'released', p_release);
    end if;

    for v_version in
        select v.* from market.candle_version v
        where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts
        order by v.id
    loop
        v_row := k;
        v_row.open := v_version.open;
        v_row.high := v_version.high;
        v_row.low := v_version.low;
        v_row.close := v_version.close;
        v_row.volume := v_version.volume;
        v_row.spread := v_version.spread;
        v_row.spread_unit := v_version.spread_unit;
        v_row.source := v_version.source;
        v_row.rank := v_version.rank;
        v_row.snapshot := v_version.snapshot;
        case v_version.kind
            when 'provided' then v_provided := v_row;
            when 'built' then v_built := v_row;
            when 'withdrawn' then v_gone := v_version.revision;
            else
                v_top := v_row;
                v_releases := v_releases + 1;
        end case;
    end loop;
    if v_found then
        case
            when c.rank in (2, 4, 5) then v_provided := c;
            when c.rank in (1, 3) then v_built := c;
            when p_action <> 'undo' and v_releases = 0 then v_top := c;
            else null;
        end case;
    end if;
    v_before := greatest(coalesce(c.revision, 0), v_gone);

    if p_action = 'accept' then
        delete from market.candle_version v
        where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts
          and v.kind <> 'withdrawn';
        if v_found then
            displaced := c;
        end if;
        v_provided := null;
        v_built := null;
        v_releases := 0;
        v_top := k;
    elsif p_action = 'withdraw' then
        v_built := null;
    elsif p_action = 'remove' then
        v_provided := null;
        v_built := null;
        v_releases := 0;
        v_top := null;
    elsif p_action = 'put' and k.rank in (1, 3) then
        if v_built.rank is null or k.rank >= v_built.rank then
            v_built := k;
        end if;
    elsif p_action = 'put' then
        if v_provided.rank is null or k.rank = 5 and v_provided.rank < 5 then
            v_provided := k;
        elsif v_provided.rank < 5 and k.rank < 5 then
            if market.same_values(k, v_provided) then
                v_provided.snapshot := v_provided.snapshot and k.snapshot;
            elsif k.rank >= v_provided.rank and (k.volume > v_provided.volume
                    or k.volume = v_provided.volume and k.rank = 2 and v_provided.rank = 2) then
                v_provided := k;
            end if;
        end if;
    end if;
    if p_succeeded and v_provided.rank = 2 then
        v_provided.rank := 4;
    end if;

    -- What stands.
    stands := case
        when v_top.rank is not null then v_top
        when v_provided.rank = 5 then v_provided
        when v_provided.rank = 4 and (v_built.rank is distinct from 3 or v_built.volume <= v_provided.volume)
            then v_provided
        when v_built.rank = 3 then v_built
        when v_provided.rank is not null then v_provided
        else v_built
    end;

    if stands.rank is null then
        changed := v_found;
        if v_found then
            delete from market.candle r
            where r.feed = k.feed and r.symbol = k.symbol and r.timeframe = k.timeframe and r.ts = k.ts;
            perform market.drop_versions(k, array['provided', 'built', 'released']);
            stands := c;
            stands.revision := v_before + 1;
            stands.final := false;
            stands.rank := 0;
            perform market.keep_version(stands, 'withdrawn', 0);
        end if;
        status := case when v_found then 'withdrawn' else 'duplicate' end;
        conflict := false;
        return;
    end if;

    stands.final := stands.rank >= 3;
    changed := not v_found or stands.rank <> c.rank or stands.snapshot <> c.snapshot
               or not market.same_values(stands, c);
    stands.revision := case
        when v_before = 0 then case when stands.final then 1 else 0 end
        when not v_found or stands.final <> c.final or not market.same_values(stands, c) then v_before + 1
        else v_before end;
    if v_found and changed or not v_found and stands.revision <> k.revision then
        stands.created_at := case when v_found then c.created_at else p_now end;
        stands.updated_at := case when v_found then p_now end;
        insert into market.candle as r select stands.*
        on conflict (feed, symbol, timeframe, ts) do update
        set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, spread = excluded.spread, spread_unit = excluded.spread_unit,
            source = excluded.source, final = excluded.final, rank = excluded.rank,
            revision = excluded.revision, updated_at = excluded.updated_at, snapshot = excluded.snapshot;
    end if;

    -- What may stand later: with a release on top all of it, else a provisional one under a built final one.
    if v_releases > 0 then
        if v_provided.rank is not null then
            perform market.keep_version(v_provided, 'provided', 0);
        end if;
        if v_built.rank is not null then
            perform market.keep_version(v_built, 'built', 0);
        else
            perform market.drop_versions(k, array['built']);
        end if;
    elsif stands.rank = 3 and v_provided.rank = 2 then
        perform market.keep_version(v_provided, 'provided', 0);
        perform market.drop_versions(k, array['built', 'released']);
    else
        perform market.drop_versions(k, array['provided', 'built', 'released']);
    end if;
    if v_gone > 0 then
        perform market.drop_versions(k, array['withdrawn']);
    end if;

    if p_action = 'put' then
        if changed and stands.rank = k.rank and market.same_values(stands, k)
                and (not v_found or c.rank <> k.rank or not market.same_values(stands, c)) then
            status := case when v_found then 'updated' else 'inserted' end;
            conflict := false;
            changed := false;
        else
            status := 'duplicate';
            conflict := k.rank >= 3 and stands.final and not market.same_values(stands, k);
            changed := changed and (stands.rank <> c.rank or not market.same_values(stands, c));
        end if;
    else
        status := case when not changed then 'duplicate' when not v_found then 'inserted' else 'updated' end;
        conflict := false;
    end if;
end
$$;

create function market.keep_version(k market.candle, p_kind text, p_release bigint) returns void
    language sql
    volatile
as
$$
insert into market.candle_version (feed, symbol, timeframe, ts, kind, release, open, high, low, close, volume, spread,
                                   spread_unit, source, rank, snapshot, revision)
values (k.feed, k.symbol, k.timeframe, k.ts, p_kind, p_release, k.open, k.high, k.low, k.close, k.volume, k.spread,
        k.spread_unit, k.source, k.rank, k.snapshot, case when p_kind = 'withdrawn' then k.revision else 0 end)
on conflict (feed, symbol, timeframe, ts, kind, release) do update
set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
    spread = excluded.spread, spread_unit = excluded.spread_unit, source = excluded.source, rank = excluded.rank,
    snapshot = excluded.snapshot, revision = excluded.revision
$$;

create function market.drop_versions(k market.candle, p_kinds text[]) returns void
    language sql
    volatile
as
$$
delete from market.candle_version v
where v.feed = k.feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts and v.kind = any (p_kinds)
$$;

-- The provided series of a batch: who else provides them waits from here on. p_open has the first candle of each that
-- waits for succession.
create function market.advance_series(
    p_feed text[], p_symbol text[], p_timeframe text[], p_newest timestamptz[], p_open timestamptz[],
    out last_ts timestamptz[], out pending boolean, out lags boolean)
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
as
$$
#variable_conflict use_column
begin
    with locked as (
        insert into market.provided_series as s (feed, symbol, timeframe, last_ts, pending_ts)
        select k.feed, k.symbol, k.timeframe, k.newest, k.open
        from unnest(p_feed, p_symbol, p_timeframe, p_newest, p_open) as k (feed, symbol, timeframe, newest, open)
        on conflict (feed, symbol, timeframe) do update
        set last_ts = greatest(s.last_ts, excluded.last_ts), pending_ts = least(s.pending_ts, excluded.pending_ts)
        returning s.last_ts, s.pending_ts)
    select array_agg(l.last_ts), bool_or(l.pending_ts < l.last_ts), bool_or(l.pending_ts < l.last_ts - interval '1 day')
    into last_ts, pending, lags
    from locked l;
end
$$;

-- Promotes candles of some series, or of all series of closed instruments, that a later one succeeds. Those of the batch
-- itself are left out. Answers with what changed.
create function market.promote_candles(
    p_feed text[], p_symbol text[], p_timeframe text[], p_ticking boolean, p_now timestamptz, p_at timestamptz,
    p_closed_feed text[], p_closed_symbol text[], p_closed_until timestamptz[], p_promote text,
    p_batch_feed text[], p_batch_symbol text[], p_batch_timeframe text[], p_batch_ts timestamptz[], p_first timestamptz)
    returns setof market.candle
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_mergejoin = off
    set enable_hashjoin = off
as
$$
#variable_conflict use_column
declare
    v_due     market.candle;
    v_settled record;
begin
    for v_due in
        with series as materialized (
            select s.*, p_now as ended_by, t.closed_until
            from unnest(p_feed, p_symbol, p_timeframe) as k (feed, symbol, timeframe)
            cross join lateral (
                select s.* from market.provided_series s
                where p_closed_feed is null and s.feed = k.feed and s.symbol = k.symbol and s.timeframe = k.timeframe
                  and s.pending_ts < s.last_ts
                offset 0) s
            left join lateral (
                select t.closed_until from market.tick_series t
                where p_ticking and t.feed = k.feed and t.symbol = k.symbol
                offset 0) t on true
            union all
            select s.*, k.until, k.until
            from unnest(p_closed_feed, p_closed_symbol, p_closed_until) as k (feed, symbol, until)
            cross join lateral (
                select s.* from market.provided_series s
                where s.feed = k.feed and s.symbol = k.symbol and s.pending_ts < s.last_ts
                  and (s.timeframe = 'M1') = (p_promote = 'minutes')
                offset 0) s),
        due as materialized (
            select c.*
            from series s
            cross join lateral (
                select c.* from market.candle c
                where c.feed = s.feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                  and c.ts >= s.pending_ts and c.ts < s.last_ts and not c.final and c.rank = 2
                  and c.ts + market.timeframe_length(s.timeframe) <= least(s.ended_by, s.closed_until)
                offset 0) c
            union all
            select c.*
            from series s
            cross join lateral (
                select v.ts from market.candle_version v
                where v.feed = s.feed and v.symbol = s.symbol and v.timeframe = s.timeframe
                  and v.ts >= s.pending_ts and v.ts < s.last_ts and v.kind = 'provided' and v.rank = 2
                  and v.ts + market.timeframe_length(s.timeframe) <= least(s.ended_by, s.closed_until)
                offset 0) v
            cross join lateral (
                select c.* from market.candle c
                where c.feed = s.feed and c.symbol = s.symbol and c.timeframe = s.timeframe and c.ts = v.ts
                offset 0) c),
        fresh as materialized (
            select d.*, d.rank = 2 and not exists (
                select from market.candle_version v
                where v.feed = d.feed and v.symbol = d.symbol and v.timeframe = d.timeframe and v.ts = d.ts) as alone
            from due d
            where d.ts < p_first or not exists (
                select from unnest(p_batch_feed, p_batch_symbol, p_batch_timeframe, p_batch_ts)
                             as k (feed, symbol, timeframe, ts)
                where k.ts = d.ts and k.symbol = d.symbol and k.feed = d.feed and k.timeframe = d.timeframe)),
        -- Where nothing else may stand all are promoted at once.
        promoted as (
            insert into market.candle as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                                            spread_unit, source, final, rank, revision, created_at, updated_at,
                                            snapshot)
            select f.feed, f.symbol, f.timeframe, f.ts, f.open, f.high, f.low, f.close, f.volume, f.spread,
                   f.spread_unit, f.source, true, 4, f.revision + 1, f.created_at, p_at, f.snapshot
            from fresh f
            where f.alone
            order by market.timeframe_order(f.timeframe), f.feed collate "C", f.symbol collate "C", f.ts
            on conflict (feed, symbol, timeframe, ts) do update
            set final = true, rank = 4, revision = c.revision + 1, updated_at = p_at
            where c.rank = 2
            returning c.*)
        select p.feed, p.symbol, p.timeframe, p.ts, p.open, p.high, p.low, p.close, p.volume, p.spread,
               p.spread_unit, p.source, p.final, p.rank, p.revision, p.created_at, p.updated_at, p.snapshot
        from promoted p
        union all
        select f.feed, f.symbol, f.timeframe, f.ts, f.open, f.high, f.low, f.close, f.volume, f.spread,
               f.spread_unit, f.source, f.final, f.rank, f.revision, f.created_at, f.updated_at, f.snapshot
        from fresh f
        where not f.alone
    loop
        if v_due.rank = 4 and v_due.updated_at is not distinct from p_at then
            return next v_due;
        else
            v_settled := market.settle_candle(v_due, 'promote', null, true, p_at);
            if v_settled.changed then
                return next v_settled.stands;
            end if;
        end if;
    end loop;
end
$$;

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
drop function market.put_candles(text[], text[], text[], timestamptz[], numeric[], numeric[], numeric[], numeric[],
    numeric[], numeric[], text[], text[], boolean[], boolean[]);

create function market.put_candles(
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
    v_old       boolean     := false;
    v_late      boolean     := false;
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
    v_rows      integer;
    v_keys      integer;
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

    select min(t), max(t) into v_first, v_last from unnest(p_ts) t;
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
        select count(*) > 0, coalesce(bool_and((t.closed_until >= v_last + interval '24 hours') is true), true)
        into v_ticking, v_old
        from (select distinct i.symbol from unnest(p_symbol) as i (symbol)) i
        join market.tick_series t on t.feed = any (v_feeds) and t.symbol = i.symbol;
        -- Nothing but the newest candle of each series can still be open: what old candles need not ask one by one.
        v_old := v_old and v_last + interval '24 hours' <= p_now;
        v_late := v_old and p_release is null and not p_source && array['ticks', 'rollup'];
        -- The provided series of the batch, with the first candle of each that waits for succession.
        select array_agg(k.feed), array_agg(k.symbol), array_agg(k.timeframe), array_agg(k.newest), array_agg(k.open)
        into s_feed, s_symbol, s_timeframe, s_newest, s_open
        from (
            select k.feed, k.symbol, k.timeframe, max(k.ts) as newest,
                   case when not bool_and(k.final) then
                       least(max(k.ts), min(k.ts) filter (where not v_old and not k.final and
                           k.ts + market.timeframe_length(k.timeframe) > case
                               when v_ticking then least(p_now, (select t.closed_until from market.tick_series t
                                                                 where t.feed = k.feed and t.symbol = k.symbol))
                               else p_now end)) end as open
            from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_source, p_final)
                     as k (feed, symbol, timeframe, ts, source, final)
            where k.source = 'given'
            group by k.feed, k.symbol, k.timeframe
            order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C") k;
        if v_late then
            select array_agg(greatest(k.newest, s.last_ts) order by k.item) into s_last
            from unnest(s_feed, s_symbol, s_timeframe, s_newest)
                     with ordinality as k (feed, symbol, timeframe, newest, item)
            left join lateral (
                select s.last_ts from market.provided_series s
                where s.feed = k.feed and s.symbol = k.symbol and s.timeframe = k.timeframe
                offset 0) s on true;
        else
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
    elsif v_old and not p_source && array['ticks', 'rollup'] then
        v_ranks := array(select case when f then 5 else 4 end from unnest(p_final) f);
        for v_item in
            select k.item
            from unnest(p_feed, p_symbol, p_timeframe, p_ts) with ordinality as k (feed, symbol, timeframe, ts, item)
            join unnest(s_feed, s_symbol, s_timeframe, s_last) as s (feed, symbol, timeframe, last)
                on s.last = k.ts and s.symbol = k.symbol and s.timeframe = k.timeframe and s.feed = k.feed
            where k.ts = any (s_last)
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
    v_known := true = any (v_slow)
               or exists (select from market.candle c
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

            -- What stands against each item. A row this call has made is known by its time of creation. Where a provided
            -- candle that is not final meets a final one, the loser may be needed later: that is settled one by one.
            select array_agg(s.missing), array_agg(s.slow), array_agg(s.wins and not s.slow), array_agg(s.status),
                   array_agg(s.differs and s.final and s.rank >= 3), array_agg(s.revision), array_agg(s.final)
            into v_missing, v_slow, v_wins, v_statuses, v_conflicts, v_revisions, v_finals
            from (
                select c.revision is null and not k.slow as missing, k.rank,
                       k.slow or not c.fresh and c.settles as slow,
                       not c.fresh and (k.rank > c.rank and not (k.rank = 4 and c.rank = 3 and k.volume < c.volume)
                           or k.rank = 3 and c.rank = 4 and k.volume > c.volume
                           or k.rank = c.rank and c.differs and
                              case k.rank when 2 then k.volume >= c.volume when 4 then k.volume > c.volume
                                          when 5 then false else true end) as wins,
                       case when c.fresh then 'inserted' else 'duplicate' end as status,
                       c.differs, c.final, c.revision
                from (select k.*, v_ranks[k.item] as rank, v_slow[k.item] as slow
                      from unnest(p_feed, p_symbol, p_timeframe, p_ts, p_open, p_high, p_low, p_close, p_volume,
                                  p_spread, p_spread_unit, p_snapshot)
                               with ordinality
                               as k (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit,
                                     snapshot, item)) k
                left join lateral (
                    select c.created_at = v_now and c.updated_at is null as fresh, c.rank, c.volume,
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
        order by market.timeframe_order(k.timeframe), k.feed collate "C", k.symbol collate "C", k.ts
        on conflict do nothing;
        get diagnostics v_rows = row_count;
        exit when v_rows = v_count;
        v_known := true;
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

    if v_late then
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

    for v_item in
        select k.item
        from unnest(p_feed, p_symbol, p_timeframe, p_ts) with ordinality as k (feed, symbol, timeframe, ts, item)
        where true = any (v_slow) and v_slow[k.item]
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
    if v_late and s_pending then
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

-- Looks again from where candles wait for succession, once the last look is old. What waits is near the newest.
create function market.advance_pending(p_feed text[], p_symbol text[], p_timeframe text[]) returns void
    language plpgsql
    volatile
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_mergejoin = off
    set enable_hashjoin = off
as
$$
begin
    with series as materialized (
        select s.*
        from unnest(p_feed, p_symbol, p_timeframe) as k (feed, symbol, timeframe)
        cross join lateral (
            select s.* from market.provided_series s
            where s.feed = k.feed and s.symbol = k.symbol and s.timeframe = k.timeframe
              and s.pending_ts < s.last_ts - interval '1 day'
            offset 0) s)
    update market.provided_series p
    set pending_ts = least(
        p.last_ts,
        (select min(c.ts) from market.candle c
         where c.feed = p.feed and c.symbol = p.symbol and c.timeframe = p.timeframe
           and c.ts >= p.pending_ts and c.ts <= p.last_ts and not c.final and c.rank = 2),
        (select min(v.ts) from market.candle_version v
         where v.feed = p.feed and v.symbol = p.symbol and v.timeframe = p.timeframe
           and v.ts >= p.pending_ts and v.kind = 'provided' and v.rank = 2))
    from series s
    where p.feed = s.feed and p.symbol = s.symbol and p.timeframe = s.timeframe;
end
$$;

-- All that may stand in some buckets, and what decides about succession there. A bucket with nothing has one row.
create function market.candle_versions(p_feed text, p_symbol text[], p_timeframe text[], p_ts timestamptz[])
    returns table (item integer, last_ts timestamptz, closed_until timestamptz, kind text, release bigint, rank smallint,
                   snapshot boolean, revision integer, open numeric, high numeric, low numeric, close numeric,
                   volume numeric, spread numeric, spread_unit text, source text)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_mergejoin = off
    set enable_hashjoin = off
as
$$
#variable_conflict use_column
begin
    return query
        select k.item::integer, s.last_ts, t.closed_until, v.*
        from unnest(p_symbol, p_timeframe, p_ts) with ordinality as k (symbol, timeframe, ts, item)
        left join market.provided_series s
            on s.feed = p_feed and s.symbol = k.symbol and s.timeframe = k.timeframe
        left join market.tick_series t on t.feed = p_feed and t.symbol = k.symbol
        left join lateral (
            select 'stands'::text, 0::bigint, c.rank, c.snapshot, c.revision, c.open, c.high, c.low, c.close, c.volume,
                   c.spread, c.spread_unit, c.source
            from market.candle c
            where c.feed = p_feed and c.symbol = k.symbol and c.timeframe = k.timeframe and c.ts = k.ts
            union all
            (select v.kind, v.release, v.rank, v.snapshot, v.revision, v.open, v.high, v.low, v.close, v.volume,
                    v.spread, v.spread_unit, v.source
             from market.candle_version v
             where v.feed = p_feed and v.symbol = k.symbol and v.timeframe = k.timeframe and v.ts = k.ts
             order by v.id)) v on true
        order by k.item;
end
$$;

revoke all on function market.put_candles from public;
revoke all on function market.settle_candle from public;
revoke all on function market.keep_version from public;
revoke all on function market.drop_versions from public;
revoke all on function market.advance_pending from public;
revoke all on function market.advance_series from public;
revoke all on function market.promote_candles from public;
revoke all on function market.candle_versions from public;
grant execute on function market.put_candles, market.candle_versions to pregao_ingest;

comment on function market.put_candles is
    'The only writer of candles. item is the place in the arrays from 1, or null for another candle that changed; status is inserted, updated or duplicate; of another candle updated, withdrawn or displaced.';
