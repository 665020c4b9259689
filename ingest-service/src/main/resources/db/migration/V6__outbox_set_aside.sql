-- A row that fails again and again is set aside, so that it does not hold up the others.
alter table ingest.outbox
    add column attempts     integer not null default 0,
    add column failure      text,
    add column set_aside_at timestamptz;

comment on column ingest.outbox.failure is 'Why the last attempt to publish the row failed.';
comment on column ingest.outbox.set_aside_at is
    'Since when the row is not tried again. Set to null, and attempts to 0, to have it tried again.';
