-- An event that fails again and again is set aside, so that it does not hold up the others.
alter table strategy.event
    add column attempts     integer not null default 0,
    add column failure      text,
    add column set_aside_at timestamptz;

comment on column strategy.event.failure is 'Why the last attempt to publish the event failed.';
comment on column strategy.event.set_aside_at is
    'Since when the event is not tried again. Set to null, and attempts to 0, to have it tried again.';
