-- What is stored in market.candle and not published yet. Empty most of the time.
create table ingest.outbox (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null default clock_timestamp(),
    messages   bytea       not null
);

-- Rows live for milliseconds: compressing them would cost more than it saves.
alter table ingest.outbox alter column messages set storage external;
