-- Candles in quarantine have odd numbers; ticks, which aggregator-service keeps, have the even ones.
alter table ingest.quarantine alter column id set increment by 2;

do $$
declare
    v_last   bigint;
    v_called boolean;
    v_name   text := pg_get_serial_sequence('ingest.quarantine', 'id');
begin
    execute format('select last_value, is_called from %s', v_name) into v_last, v_called;
    perform setval(v_name, v_last + 1 - v_last % 2, v_called);
end
$$;

-- Who released a candle: a user, or level_change where 20 consecutive consistent candles established a new level.
alter table ingest.quarantine add column if not exists released_by text;

comment on column ingest.quarantine.released_by is 'level_change, or the user who released it';

-- The candles beside and in stretches of time, stored or held, that may make a level together. Of the held ones of a
-- bucket, the last one that came.
create function ingest.level_candles(
    p_feed text, p_symbol text[], p_timeframe text[], p_first timestamptz[], p_last timestamptz[], p_each integer)
    returns table (item integer, ts timestamptz, low numeric, high numeric, held boolean)
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
        select s.item::integer, n.ts, n.low, n.high, n.held
        from unnest(p_symbol, p_timeframe, p_first, p_last)
                 with ordinality as s (symbol, timeframe, first, last, item),
             lateral (
                 (select c.ts, c.low, c.high, false as held from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts < s.first and c.ts < v_last
                  order by c.ts desc limit p_each)
                 union all
                 (select c.ts, c.low, c.high, false from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts > s.last and c.ts > v_first
                  order by c.ts limit p_each)
                 union all
                 (select c.ts, c.low, c.high, false from market.candle c
                  where c.feed = p_feed and c.symbol = s.symbol and c.timeframe = s.timeframe
                    and c.ts >= s.first and c.ts <= s.last and c.ts >= v_first and c.ts <= v_last)
                 union all
                 (select distinct on (q.ts) q.ts, q.low, q.high, true from ingest.quarantine q
                  where q.feed = p_feed and q.symbol = s.symbol and q.timeframe = s.timeframe
                    and q.ts < s.first and q.state = 'held'
                  order by q.ts desc, q.id desc limit p_each)
                 union all
                 (select distinct on (q.ts) q.ts, q.low, q.high, true from ingest.quarantine q
                  where q.feed = p_feed and q.symbol = s.symbol and q.timeframe = s.timeframe
                    and q.ts > s.last and q.state = 'held'
                  order by q.ts, q.id desc limit p_each)
                 union all
                 (select distinct on (q.ts) q.ts, q.low, q.high, true from ingest.quarantine q
                  where q.feed = p_feed and q.symbol = s.symbol and q.timeframe = s.timeframe
                    and q.ts >= s.first and q.ts <= s.last and q.state = 'held'
                  order by q.ts, q.id desc)) n;
end
$$;
