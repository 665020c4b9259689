-- Conflicts are listed by number, and a person may accept one: each bucket has one open conflict at most.

alter table ingest.conflict
    drop constraint conflict_pkey,
    add column id          bigint generated always as identity primary key,
    add column accepted_at timestamptz,
    add column accepted_by text,
    add column revision    integer,
    add column state       text collate "C" not null
        generated always as (case when accepted_at is null then 'open' else 'accepted' end) stored;

create unique index conflict_open on ingest.conflict (feed, symbol, timeframe, ts) where accepted_at is null;
create index conflict_listed on ingest.conflict (feed, state, id);

comment on table ingest.conflict is
    'Final candles that came with other values than the final one that stood: the latest such values, until somebody accepts them.';
comment on column ingest.conflict.accepted_by is 'who accepted it: a user, or the owner of an API key';
comment on column ingest.conflict.revision is 'of the stored candle when it was accepted';
