-- What indicators-service keeps for itself, in its own schema. The values are in market.indicator.

create table indicator_state (
    key     text collate "C" primary key,
    value   text not null,
    candles jsonb
);

comment on table indicator_state is
    'Next offset of each partition (key topic/partition) with the keys of what its last batch published, and the convention of its values (key convention/partition).';

create table series (
    feed      text collate "C" not null,
    symbol    text collate "C" not null,
    timeframe text collate "C" not null,
    first_ts  timestamptz      not null,
    last_ts   timestamptz      not null,
    primary key (feed, symbol, timeframe)
);

comment on table series is
    'One row for each timeframe of each instrument, with the open times of its first and last candle.';

create table backfill_request (
    feed         text collate "C" not null,
    symbol       text collate "C" not null,
    timeframe    text collate "C" not null,
    from_ts      timestamptz      not null,
    to_ts        timestamptz      not null,
    requested_at timestamptz      not null,
    times        integer          not null default 1,
    primary key (feed, symbol, timeframe, from_ts, to_ts)
);

create index backfill_request_age on backfill_request (requested_at);

comment on table backfill_request is 'Gaps that a source of candles was asked to fill, and how often.';

-- strategy-service lists instruments by their candles.
grant usage on schema indicators to pregao_strategy;
grant select on series to pregao_strategy;
