-- Candles that are not believed until a person releases them, and final ones that others contradict.

create table ingest.quarantine (
    id          bigint generated always as identity primary key,
    feed        text collate "C" not null,
    symbol      text collate "C" not null,
    timeframe   text collate "C" not null,
    ts          timestamptz      not null,
    open        numeric(20, 8)   not null,
    high        numeric(20, 8)   not null,
    low         numeric(20, 8)   not null,
    close       numeric(20, 8)   not null,
    volume      numeric(38, 8)   not null,
    spread      numeric(20, 8),
    spread_unit text collate "C",
    final       boolean          not null,
    median      numeric(20, 8)   not null,
    neighbours  integer          not null,
    owner       text,
    received_at timestamptz      not null default clock_timestamp(),
    released_at timestamptz,
    revision    integer,
    state       text collate "C" not null
        generated always as (case when released_at is null then 'held' else 'released' end) stored,
    constraint quarantine_once unique nulls not distinct
        (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit)
);

create index quarantine_listed on ingest.quarantine (feed, state, id);

comment on table ingest.quarantine is
    'Candles more than 10 times off the median close of their neighbours at that time, until somebody releases them.';
comment on column ingest.quarantine.owner is 'who has the API key they came with';
comment on column ingest.quarantine.revision is 'of the stored candle when it was released';

create table ingest.conflict (
    feed        text collate "C" not null,
    symbol      text collate "C" not null,
    timeframe   text collate "C" not null,
    ts          timestamptz      not null,
    open        numeric(20, 8)   not null,
    high        numeric(20, 8)   not null,
    low         numeric(20, 8)   not null,
    close       numeric(20, 8)   not null,
    volume      numeric(38, 8)   not null,
    spread      numeric(20, 8),
    spread_unit text collate "C",
    first_seen  timestamptz      not null,
    last_seen   timestamptz      not null,
    times       bigint           not null,
    primary key (feed, symbol, timeframe, ts)
);

comment on table ingest.conflict is
    'Final candles that came with other values than the final one that is stored, which stands: the latest such values.';

-- Beside which of these stretches of time something is stored whose close is outside a range: among the so many
-- nearest before and after, or between. Most of the time those before are near, and found in little: an index is read
-- page by page, and a table in chunks of time chunk by chunk. A function, since a plan made while the table was small
-- must not scan it when it is large. Written in plpgsql, so that the table need not be there yet.
create function ingest.unlike_neighbours(
    p_feed text, p_symbol text[], p_timeframe text[], p_near timestamptz[], p_first timestamptz[],
    p_last timestamptz[], p_least numeric[], p_most numeric[], p_each integer)
    returns integer[]
    language plpgsql
    stable
    set enable_seqscan = off
    set enable_bitmapscan = off
as
$$
declare
    v_near  timestamptz;
    v_first timestamptz;
    v_last  timestamptz;
begin
    select min(n), min(f), max(l) into v_near, v_first, v_last from unnest(p_near, p_first, p_last) as u (n, f, l);
    return (
        select array_agg(s.item)
        from unnest(p_symbol, p_timeframe, p_near, p_first, p_last, p_least, p_most)
                 with ordinality as s (symbol, timeframe, near, first, last, least, most, item)
        cross join lateral (
            select count(*) as found, bool_or(b.close < s.least or b.close > s.most) as unlike
            from (select c.close from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts < s.first and c.ts >= s.near and c.ts < v_last and c.ts >= v_near
                  order by c.ts desc limit p_each) b) n
        where n.unlike
           or n.found < p_each
              and exists (select from (select c.close from market.candle c
                                       where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                                         and c.ts < s.first and c.ts < v_last
                                       order by c.ts desc limit p_each) b
                          where b.close < s.least or b.close > s.most)
           or exists (select from (select c.close from market.candle c
                                   where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                                     and c.ts > s.last and c.ts > v_first
                                   order by c.ts limit p_each) a
                      where a.close < s.least or a.close > s.most)
           or s.first < s.last
              and exists (select from market.candle c
                          where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                            and c.ts > s.first and c.ts < s.last and c.ts > v_first and c.ts < v_last
                            and (c.close < s.least or c.close > s.most)));
end
$$;

comment on function ingest.unlike_neighbours is 'The places in the arrays, from 1; null where there are none.';

-- What is stored beside and in stretches of time: the so many nearest before and after, and all between.
create function ingest.neighbours(
    p_feed text, p_symbol text[], p_timeframe text[], p_first timestamptz[], p_last timestamptz[], p_each integer)
    returns table (item integer, ts timestamptz, close numeric)
    language plpgsql
    stable
    set enable_seqscan = off
    set enable_bitmapscan = off
as
$$
#variable_conflict use_column
declare
    v_first timestamptz;
    v_last  timestamptz;
begin
    select min(f), max(l) into v_first, v_last from unnest(p_first, p_last) as u (f, l);
    return query
        select s.item::integer, n.ts, n.close
        from unnest(p_symbol, p_timeframe, p_first, p_last)
                 with ordinality as s (symbol, timeframe, first, last, item),
             lateral (
                 (select c.ts, c.close from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts < s.first and c.ts < v_last
                  order by c.ts desc limit p_each)
                 union all
                 (select c.ts, c.close from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts > s.last and c.ts > v_first
                  order by c.ts limit p_each)
                 union all
                 (select c.ts, c.close from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts >= s.first and c.ts <= s.last and c.ts >= v_first and c.ts <= v_last)) n;
end
$$;

-- Readers of market data see these too, where their role is there.
do $$
begin
    if exists (select from pg_roles where rolname = 'pregao_indicators') then
        grant usage on schema ingest to pregao_indicators;
        grant select on ingest.quarantine, ingest.conflict to pregao_indicators;
    end if;
end
$$;
