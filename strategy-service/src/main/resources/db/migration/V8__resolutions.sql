-- What a person saw at the broker of an order whose outcome was not certain. No reference to the order: this stays known
-- when the order is forgotten.
create table strategy.order_resolution (
    order_id uuid        primary key,
    person   uuid        not null,
    outcome  jsonb       not null,
    reason   text        not null,
    at       timestamptz not null
);

create index order_resolution_of_person on strategy.order_resolution (person, at desc);

-- The state to which a bot returns when what halted it is resolved.
alter table strategy.bot add column halted_from text check (halted_from in ('running', 'stopping'));
