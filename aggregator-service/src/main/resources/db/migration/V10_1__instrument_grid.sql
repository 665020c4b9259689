-- For which day zone the stored M30 to D1 of an instrument are built. No row: UTC.
create table market.instrument_grid (
    feed       text collate "C" not null,
    symbol     text collate "C" not null,
    day_zone   text             not null,
    target     text,
    next_ts    timestamptz,
    changed_at timestamptz      not null default now(),
    primary key (feed, symbol)
);

comment on table market.instrument_grid is
    'The day zone of the stored M30 to D1 of an instrument, and while they are rebuilt the next one (target) and how far it is. Kept by aggregator-service.';

grant select on market.instrument_grid to pregao_indicators, pregao_strategy, pregao_ingest;

-- session-service asks whether a feed has candles before it changes what their values depend on.
grant usage on schema market to pregao_session;
grant select (feed) on market.candle to pregao_session;
