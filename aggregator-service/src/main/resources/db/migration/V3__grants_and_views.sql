-- What others may see and do.

create view market.market_data as
select c.symbol, c.timeframe, c.ts, c.open, c.high, c.low, c.close, c.volume, c.spread,
       null::double precision as rsi,
       null::double precision as macd, null::double precision as macd_signal, null::double precision as macd_hist,
       null::double precision as atr,
       null::double precision as bb_upper, null::double precision as bb_middle, null::double precision as bb_lower,
       c.created_at, c.feed, c.final, c.source, c.revision
from market.candle c;

comment on view market.market_data is 'Candles under the names older queries and panels know.';

do $$
declare
    v_timeframe text;
begin
    foreach v_timeframe in array array['M5', 'M15', 'M30', 'H1', 'H4', 'D1'] loop
        execute format(
            'create view market.%I as
             select c.symbol, c.timeframe, c.ts, c.open, c.high, c.low, c.close, c.volume, c.spread, c.feed, c.final
             from market.candle c
             where c.timeframe = %L', 'market_data_' || lower(v_timeframe), v_timeframe);
    end loop;
end
$$;

revoke all on function market.put_candles from public;

grant usage on schema market to pregao_ingest, pregao_indicators;
grant execute on function market.put_candles to pregao_ingest;
grant select on market.candle, market.market_data_raw, market.market_data, market.market_data_m5,
    market.market_data_m15, market.market_data_m30, market.market_data_h1, market.market_data_h4,
    market.market_data_d1 to pregao_ingest;
grant select on all tables in schema market to pregao_indicators;
