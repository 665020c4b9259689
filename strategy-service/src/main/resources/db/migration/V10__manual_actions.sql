-- How far a kill switch goes: nothing is opened; and what is not sent is not sent any more; and all that is held is closed.
alter table strategy.kill_switch
    add column level text not null default 'block' check (level in ('block', 'cancel', 'flatten'));

-- What a person stopped or closed by hand. No reference to what it was done to: this stays known when that is forgotten.
create table strategy.manual_action (
    id     bigint      generated always as identity primary key,
    person uuid        not null,
    action text        not null,
    target text        not null,
    reason text        not null,
    at     timestamptz not null
);

create index manual_action_of_person on strategy.manual_action (person, at desc);
