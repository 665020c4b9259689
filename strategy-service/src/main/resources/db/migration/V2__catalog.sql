-- The catalogue: patterns of one's own, what analyses were made of, which of them go on, and what was asked for.

create table strategy.pattern (
    person     uuid        not null,
    id         uuid        not null,
    name       text        not null,
    definition jsonb       not null,
    changed_at timestamptz not null,
    primary key (person, id),
    constraint pattern_name unique (person, name)
);

comment on table strategy.pattern is 'Patterns of people, by the same schema as those that everybody has.';

-- All numbers of an analysis come from these colours and the request, so that what was shown can be shown again
-- though the candles have changed since.
create table strategy.catalog_instrument (
    job      uuid             not null references strategy.job (id) on delete cascade,
    feed     text collate "C" not null,
    symbol   text collate "C" not null,
    from_ts  timestamptz      not null,
    places   integer          not null,
    colours  bytea            not null,
    as_of    timestamptz      not null,
    primary key (job, feed, symbol)
);

comment on column strategy.catalog_instrument.colours is
    'Two bits a candle from from_ts on, four candles a byte, the first in the lowest bits: 0 none, 1 green, 2 red, 3 doji.';
comment on column strategy.catalog_instrument.as_of is 'The moment as of which the colours are read.';

create table strategy.catalog_live (
    job     uuid        primary key references strategy.job (id) on delete cascade,
    person  uuid        not null,
    since   timestamptz not null,
    until   timestamptz,
    version bigint      not null default 1
);

create index catalog_live_of_person on strategy.catalog_live (person);

comment on table strategy.catalog_live is
    'Analyses that are kept up to date, or were until some time; version counts the changes.';

create table strategy.candle_wish (
    feed      text collate "C" not null,
    symbol    text collate "C" not null,
    from_ts   timestamptz      not null,
    to_ts     timestamptz      not null,
    wished_at timestamptz      not null,
    primary key (feed, symbol, from_ts, to_ts)
);

create index candle_wish_age on strategy.candle_wish (wished_at);

comment on table strategy.candle_wish is 'Missing candles that were asked for, so that nobody asks again too soon.';
