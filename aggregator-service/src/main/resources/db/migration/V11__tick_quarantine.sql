-- Ticks that the rule for outliers holds beside market_data_raw, and those that were released from there.

create table market.tick_quarantine (
    -- Even numbers; candles in quarantine have the odd ones, so that a number names one item.
    id           bigint generated always as identity (start with 2 increment by 2) primary key,
    feed         text collate "C" not null,
    symbol       text collate "C" not null,
    ts           timestamptz      not null,
    seq          integer          not null,
    bid          numeric(20, 8)   not null,
    ask          numeric(20, 8)   not null,
    last         numeric(20, 8)   not null,
    volume       numeric(38, 8)   not null,
    flags        integer          not null,
    price        numeric(20, 8)   not null,
    median       numeric(20, 8)   not null,
    neighbors    integer          not null,
    state        text collate "C" not null check (state in ('held', 'released')),
    reason       text collate "C" not null default 'outlier',
    received_at  timestamptz      not null,
    held_at      timestamptz      not null default clock_timestamp(),
    released_at  timestamptz,
    released_by  text,
    undone_at    timestamptz,
    undone_by    text,
    constraint tick_quarantine_unique unique (feed, symbol, ts, seq, bid, ask, last, volume, flags)
);

create index tick_quarantine_list on market.tick_quarantine (feed, state, id);

comment on table market.tick_quarantine is
    'Acknowledged ticks more than 10 times off the median of their neighbors. A held one is not in market_data_raw, a released one is.';
comment on column market.tick_quarantine.price is 'the price that was judged, by the price basis of the feed';
comment on column market.tick_quarantine.released_by is 'level_change, or the user who released it';

grant select on market.tick_quarantine to pregao_ingest, pregao_indicators;
