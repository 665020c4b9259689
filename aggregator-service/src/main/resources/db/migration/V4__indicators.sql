-- Indicators beside their candles, in a table of their own: writing them must not touch a candle's row.

create table market.indicator (
    feed        text collate "C" not null,
    symbol      text collate "C" not null,
    timeframe   text collate "C" not null,
    ts          timestamptz      not null,
    rsi         double precision,
    macd        double precision,
    macd_signal double precision,
    macd_hist   double precision,
    atr         double precision,
    bb_upper    double precision,
    bb_middle   double precision,
    bb_lower    double precision,
    primary key (feed, symbol, timeframe, ts)
);

comment on table market.indicator is
    'RSI 14, MACD 12/26/9, ATR 14, Bollinger 20/2 in the convention of the installation; null where not defined yet.';

create table market.indicator_state (
    key     text collate "C" primary key,
    value   text not null,
    candles jsonb
);

comment on table market.indicator_state is
    'Next offset of each partition (key topic/partition) with the keys of what its last batch published; its convention (key convention/partition).';

create table market.series (
    feed      text collate "C" not null,
    symbol    text collate "C" not null,
    timeframe text collate "C" not null,
    first_ts  timestamptz      not null,
    last_ts   timestamptz      not null,
    primary key (feed, symbol, timeframe)
);

comment on table market.series is
    'What there is: one row for each timeframe of each instrument, with its first and last candle. Kept by indicators-service.';

create or replace view market.market_data as
select c.symbol, c.timeframe, c.ts, c.open, c.high, c.low, c.close, c.volume, c.spread,
       i.rsi, i.macd, i.macd_signal, i.macd_hist, i.atr, i.bb_upper, i.bb_middle, i.bb_lower,
       c.created_at, c.feed, c.final, c.source, c.revision
from market.candle c
left join market.indicator i using (feed, symbol, timeframe, ts);

comment on view market.market_data is 'Candles with their indicators, under the names older queries and panels know.';

grant select on market.indicator, market.indicator_state, market.series to pregao_indicators;
grant insert, update, delete on market.indicator, market.indicator_state, market.series to pregao_indicators;
grant select on market.indicator, market.series, market.market_data to pregao_ingest;
