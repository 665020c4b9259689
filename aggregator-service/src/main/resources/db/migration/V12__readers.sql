-- What other roles read: columns that existing SQL knows, and no table that belongs to another service.

-- indicators-service keeps these in its own schema, and computes them again from market.candle and market.indicator.
drop table market.backfill_wish, market.indicator_state, market.series;

-- Which offsets are processed and what is to be refreshed concerns the owner only.
revoke select on market.aggregator_state, market.refresh_wish from pregao_ingest, pregao_indicators, pregao_strategy;

create or replace view market.market_data as
select c.symbol, c.timeframe, c.ts, c.open, c.high, c.low, c.close, c.volume, c.spread,
       i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower,
       c.created_at, c.feed, c.final, c.source, c.revision, c.volume as tick_volume, i.ts as indicator_ts
from market.candle c
left join market.indicator i
    on i.feed = c.feed and i.symbol = c.symbol and i.timeframe = c.timeframe and i.ts = c.ts;

comment on view market.market_data is
    'Candles of all timeframes with their indicators. Name one timeframe before you sum: M1 and M5 to D1 stand in one view, so a sum over all of them counts each minute up to seven times.';
comment on column market.market_data.timeframe is 'M1, M5, M15, M30, H1, H4 or D1. Name one before you sum.';
comment on column market.market_data.tick_volume is 'The same as volume, under the name MetaTrader has for it.';

-- Times whose M1 candles changed after a continuous aggregate may have passed them: the views market_data_m5 to
-- market_data_d1 compute these from M1 until they are refreshed. Called in the transaction that changes the candles.
-- What a retention policy dropped is left as it is in the aggregates.
create function market.request_refresh(p_days timestamptz[]) returns void
    language plpgsql
as
$$
begin
    if market.edition() <> 'full' then
        return;
    end if;
    insert into market.refresh_wish (from_ts, to_ts)
    select day, day + interval '24 hours'
    from (select distinct day from unnest(p_days) day) days
    where day > coalesce((select max(now() - (config ->> 'drop_after')::interval)
                          from timescaledb_information.jobs
                          where proc_name = 'policy_retention' and hypertable_schema = 'market'
                            and hypertable_name = 'candle'), '-infinity');
end
$$;

comment on function market.request_refresh is
    'Notes days (their starts, UTC) whose M1 candles changed behind the continuous aggregates.';
