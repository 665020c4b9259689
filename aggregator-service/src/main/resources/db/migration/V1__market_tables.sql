-- Market data: candles of every timeframe, ticks by minute, and where the aggregator is.
-- Text keys sort by their bytes ("C"), which is faster and the same on every installation.

create table market.candle (
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
    source      text collate "C" not null,
    final       boolean          not null,
    rank        smallint         not null,
    revision    integer          not null,
    created_at  timestamptz      not null default now(),
    updated_at  timestamptz,
    primary key (feed, symbol, timeframe, ts)
);

-- The few that still change: what a new owner has to take up again.
create index candle_forming on market.candle (feed, symbol, timeframe, ts) where not final;

comment on table market.candle is
    'Candles of all timeframes. Written only by market.put_candles, which checks what a column may hold.';
comment on column market.candle.rank is 'given final 4, built final 3, given forming 2, built forming 1';
comment on column market.candle.revision is '0 forming, 1 the first final, +1 at each later change of values';

create table market.market_data_raw (
    feed        text collate "C" not null,
    symbol      text collate "C" not null,
    minute      timestamptz      not null,
    part        integer          not null,
    data        jsonb            not null,
    ticks       integer          not null,
    received_at timestamptz      not null default now(),
    primary key (feed, symbol, minute, part)
);

create index market_data_raw_received on market.market_data_raw (received_at);

comment on table market.market_data_raw is
    'Ticks as JSON arrays. All parts of a minute in order of part hold each distinct tick once, in order.';

create table market.aggregator_state (
    key     text collate "C" primary key,
    value   text not null,
    candles jsonb
);

comment on table market.aggregator_state is
    'Next offset of each partition (key topic/partition), and the keys of the candles its last batch stored.';

-- A server built without lz4 compresses its own way; slower, not wrong.
do $$
begin
    alter table market.market_data_raw alter column data set compression lz4;
exception
    when feature_not_supported or invalid_parameter_value then
        raise notice 'this server has no lz4: market_data_raw keeps the default compression';
end
$$;
