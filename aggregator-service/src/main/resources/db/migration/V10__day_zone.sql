-- The zone whose midnight starts the day of a feed.

alter table market.feed
    add column day_zone text not null default 'UTC',
    add column candles_changed_at timestamptz;

comment on column market.feed.day_zone is
    'A zone, or a zone plus shift. H4 and D1 (by its offset also H1 and M30) start with its local midnight.';
comment on column market.feed.candles_changed_at is
    'When a setting that changes the values of candles (price_basis, day_zone) last changed; null: never.';
