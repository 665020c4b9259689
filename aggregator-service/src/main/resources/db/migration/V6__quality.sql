-- What tells how good the data is: the settings of feeds, crossed quotes, and what was asked for to fill gaps.

create table market.feed (
    feed           text collate "C" primary key,
    price_basis    text        not null,
    clock          text        not null,
    close_after_ms integer     not null,
    calendar       text        not null,
    event_time     boolean     not null,
    updated_at     timestamptz not null default now()
);

comment on table market.feed is
    'Settings of feeds as their topic says, for readers of SQL. Kept by aggregator-service; a feed without a row has the defaults.';

alter table market.market_data_raw
    add column crossed integer not null default 0,
    add column coarse boolean;

comment on column market.market_data_raw.crossed is 'How many quotes have the ask below the bid.';
comment on column market.market_data_raw.coarse is
    'Whether all times are whole seconds; null where nobody looked, which is before this column was there.';

create table market.backfill_wish (
    feed      text collate "C" not null,
    symbol    text collate "C" not null,
    timeframe text collate "C" not null,
    from_ts   timestamptz      not null,
    to_ts     timestamptz      not null,
    wished_at timestamptz      not null,
    times     integer          not null default 1,
    primary key (feed, symbol, timeframe, from_ts, to_ts)
);

create index backfill_wish_age on market.backfill_wish (wished_at);

comment on table market.backfill_wish is
    'Gaps that somebody was asked to fill, and how often. Kept by indicators-service.';

grant select on market.feed to pregao_indicators, pregao_ingest;
grant select, insert, update, delete on market.backfill_wish to pregao_indicators;
