-- The instruments of each feed, so that their number is bounded also after a restart, and the decimals of their
-- prices, which tell what a point of a spread is worth.
create table ingest.instrument (
    feed       text collate "C" not null,
    symbol     text collate "C" not null,
    digits     integer check (digits between 0 and 8),
    first_seen timestamptz not null default clock_timestamp(),
    primary key (feed, symbol)
);

-- What was rejected, by feed and reason: enough to see which setting of an EA to change. One row for each reason.
create table ingest.rejection (
    feed     text collate "C" not null,
    item     text collate "C" not null check (item in ('candle', 'tick')),
    field    text collate "C" not null,
    reason   text collate "C" not null,
    count    bigint not null,
    symbol   text collate "C",
    example  text not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    primary key (feed, item, field, reason)
);

comment on table ingest.rejection is
    'How many items of a feed were rejected, by field and class of reason, with the last symbol and the last text.';

-- What other services may read.
create view ingest.rejection_by_reason as
select feed, item, field, reason, count, symbol, example, last_at from ingest.rejection;

comment on view ingest.rejection_by_reason is 'Rejected items of each feed by reason, for coverage.';

do $$
begin
    if exists (select from pg_roles where rolname = 'pregao_indicators') then
        grant usage on schema ingest to pregao_indicators;
        grant select on ingest.rejection_by_reason to pregao_indicators;
    end if;
end
$$;
