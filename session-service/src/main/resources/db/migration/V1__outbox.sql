-- Which records of the topics key and feed are to be published. A row names the record, not its value: whoever
-- publishes reads the newest value, so that what was written last is published last.
create table session.outbox (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null default clock_timestamp(),
    topic      text        not null check (topic in ('key', 'feed')),
    name       text        not null
);
