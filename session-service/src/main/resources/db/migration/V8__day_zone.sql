-- The zone whose midnight starts the day of a feed.

alter table session.feed add column day_zone text not null default 'UTC';
